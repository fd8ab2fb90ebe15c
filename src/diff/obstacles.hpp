// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>

#include "checked_point.hpp"
#include "gradus/core/random.hpp"
#include "gradus/diff/gradient_check.hpp"

namespace gradus {

/// What a function and a claimed gradient show before anything is compared.
struct Obstacles {
  std::optional<CheckReason> reason;  // why no verdict is possible, if none is
  bool is_staircase = false;          // the function takes only a few values, like an accuracy
};

/// Calls both twice at x, and the function at points around it.
[[nodiscard]] Obstacles find_obstacles(const ValueFunction& f, const GradientFunction& gradient,
                                       std::span<const double> x, Random& random);

}  // namespace gradus

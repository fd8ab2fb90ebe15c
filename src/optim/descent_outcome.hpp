// SPDX-License-Identifier: MIT
#pragma once

#include <span>

#include "gradus/optim/gradient_descent.hpp"

namespace gradus {

/// How a descent ended, judged by its path alone.
/// @param path  at least one point
[[nodiscard]] DescentOutcome judge_descent(std::span<const DescentPoint> path,
                                           const DescentOptions& options);

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "gradus/core/random.hpp"

namespace gradus {

using ValueFunction = std::function<double(std::span<const double>)>;
using GradientFunction = std::function<std::vector<double>(std::span<const double>)>;

/// A point, the claimed gradient there, and how far rounding alone moves it.
class CheckedPoint {
 public:
  CheckedPoint(const ValueFunction& f, const GradientFunction& gradient, std::span<const double> x,
               Random& random);

  [[nodiscard]] std::span<const double> x() const noexcept { return x_; }
  [[nodiscard]] double value() const noexcept { return value_; }
  [[nodiscard]] std::span<const double> g() const noexcept { return g_; }

  /// The claimed derivative along a direction, g.direction.
  [[nodiscard]] double claimed_along(std::span<const double> direction) const;

  /// How far that may be off because of rounding: of the product, and of the gradient, seen by
  /// moving the point by some units in the last place.
  [[nodiscard]] double rounding_along(std::span<const double> direction) const;

 private:
  std::vector<double> x_;
  double value_;
  std::vector<double> g_;
  std::array<std::vector<double>, 6> moved_gradients_;
};

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <limits>
#include <vector>

namespace gradus {

/// The values of a function on an evenly spaced line of places around x.
struct ValuesOnLine {
  double first;    // the first place
  double spacing;  // between places
  std::vector<double> values;

  [[nodiscard]] double place(std::size_t i) const {
    return first + static_cast<double>(i) * spacing;
  }
  [[nodiscard]] double largest() const;  // |value|
};

/// A function of which nothing is known, and what its values show about its rounding.
class ObservedFunction {
 public:
  explicit ObservedFunction(const std::function<double(double)>& f) : f_(f) {}

  double operator()(double x);

  [[nodiscard]] std::size_t num_evaluations() const noexcept { return num_evaluations_; }

  /// The last binary digit that was ever used: all values seen are multiples of it. Infinite while
  /// they are all the same, which says nothing.
  [[nodiscard]] double lattice() const noexcept;

  /// 2 * half + 1 values, symmetric about x.
  [[nodiscard]] ValuesOnLine line(double x, double spacing, int half);

  /// The largest jump found by searching the line by halves, where its values rise most and least.
  /// 0 when what is left in the end is a slope and no jump.
  [[nodiscard]] double largest_jump(const ValuesOnLine& line);

 private:
  double jump_between(double a, double b, double f_a, double f_b, double slope);

  const std::function<double(double)>& f_;
  std::size_t num_evaluations_ = 0;
  double lattice_ = std::numeric_limits<double>::infinity();
  double first_value_ = 0;
  bool has_varied_ = false;
};

/// The noise in values of a smooth function, from differences of `lowest_order` and more: those of
/// the smooth part vanish, those of noise do not.
/// Source  More, Wild, "Estimating computational noise" (2011), equation 2.5.
[[nodiscard]] double noise_of(const ValuesOnLine& line, std::size_t lowest_order);

/// The distance from |x| to the next larger number.
[[nodiscard]] double unit_in_the_last_place(double x);

}  // namespace gradus

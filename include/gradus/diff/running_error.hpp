// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include "gradus/diff/elementary.hpp"

namespace gradus {

/// A number and a bound of the rounding error it has gathered on the way.
///
/// Every operation adds its own rounding, half a unit in the last place (one or two for functions
/// of the mathematics library), to what its arguments bring along:
///
///   c = a + b   error_c = error_a + error_b + u |c|
///   c = f(a)    error_c = error_a * (steepest slope of f within error_a of a) + 2 ulps_f u |c|
///
/// and a product or function that is too small for a full double adds the smallest double. The
/// value is that of plain double arithmetic, to the bit. The error is a bound and not an estimate,
/// up to the roundings in it; it is infinite where an argument may be beyond a pole or undefined.
///
/// Source  Wilkinson's running error analysis; Higham, "Accuracy and Stability of Numerical
///         Algorithms" (2002), section 3.3.
struct RunningError {
  double value;
  double error = 0;

  /// An exact number.
  RunningError(double exact = 0) : value(exact) {}  // NOLINT: numbers mix freely
  RunningError(double value_, double error_)
      : value(value_), error(std::isnan(error_) ? elementary::unbounded : error_) {}

  /// u: the relative error of one operation.
  static constexpr double unit = std::numeric_limits<double>::epsilon() / 2;

  template <class Rule>
  [[nodiscard]] RunningError apply() const {
    const double y = Rule::value(value);
    const bool is_exact = Rule::ulps == 0 || (y == 0 && value == 0);
    return {y,
            times(error, Rule::steepest(value, error)) + (is_exact ? 0 : of_result(y, Rule::ulps))};
  }

  friend RunningError operator+(const RunningError& a) { return a; }
  friend RunningError operator-(const RunningError& a) { return {-a.value, a.error}; }
  friend RunningError operator+(const RunningError& a, const RunningError& b) {
    return rounded(a.value + b.value, a.error + b.error);
  }
  friend RunningError operator-(const RunningError& a, const RunningError& b) {
    return rounded(a.value - b.value, a.error + b.error);
  }
  friend RunningError operator*(const RunningError& a, const RunningError& b) {
    const double product = a.value * b.value;
    const double rounding = a.value == 0 || b.value == 0 ? 0 : of_result(product, 0.5);
    return {product,
            times(a.error, b.value) + times(b.error, a.value) + times(a.error, b.error) + rounding};
  }
  friend RunningError operator/(const RunningError& a, const RunningError& b) {
    const double quotient = a.value / b.value;
    if (!(b.error < std::abs(b.value))) {
      return {quotient, elementary::unbounded};
    }
    return {quotient, times(a.error + times(b.error, quotient), 1 / (std::abs(b.value) - b.error)) +
                          (a.value == 0 ? 0 : of_result(quotient, 0.5))};
  }
  RunningError& operator+=(const RunningError& b) { return *this = *this + b; }
  RunningError& operator-=(const RunningError& b) { return *this = *this - b; }
  RunningError& operator*=(const RunningError& b) { return *this = *this * b; }
  RunningError& operator/=(const RunningError& b) { return *this = *this / b; }

  /// The smaller one may be the other one in truth; it is off by no more than either.
  friend RunningError lesser(const RunningError& a, const RunningError& b) {
    return {lesser(a.value, b.value), std::max(a.error, b.error)};
  }

  /// x^n for a constant n.
  friend RunningError pow(const RunningError& x, double n) {
    const double y = std::pow(x.value, n);
    if (n == 0 || (y == 0 && x.value == 0 && x.error == 0)) {
      return y;
    }
    if (x.value < x.error && std::trunc(n) != n) {
      return {y, elementary::unbounded};
    }
    // The slope |n| |x|^(n-1) is steepest at one end of the interval.
    const double end = n >= 1 ? std::abs(x.value) + x.error : std::abs(x.value) - x.error;
    const double change = end > 0       ? times(times(x.error / end, n), std::pow(end, n))
                          : x.error > 0 ? elementary::unbounded
                                        : 0;
    return {y, change + of_result(y, 1)};
  }

  /// a^b for a > 0, as exp(b log a).
  friend RunningError pow(const RunningError& a, const RunningError& b) {
    const double y = std::pow(a.value, b.value);
    const RunningError exponent = b * a.apply<elementary::Log>();
    const double spread = b.error == 0 && a.error == 0 ? 0 : std::expm1(exponent.error);
    return {y, times(spread, y) + of_result(y, 1)};
  }

 private:
  static constexpr double smallest = std::numeric_limits<double>::denorm_min();

  // 0 * infinity is 0 here: an exact number stays exact, whatever it meets. And an error never
  // becomes 0 because it is small: what it is multiplied with next may be large.
  static double times(double error, double factor) {
    return error == 0 || factor == 0 ? 0 : std::max(error * std::abs(factor), smallest);
  }
  // What the rounding of a result adds, `ulps` units in its last place.
  static double of_result(double y, double ulps) {
    const bool is_full = std::abs(y) >= std::numeric_limits<double>::min();
    return 2 * ulps * unit * std::abs(y) + (is_full ? 0 : smallest);
  }
  // Sums are exact where they are too small for a full double.
  static RunningError rounded(double value, double error) {
    return {value, error + unit * std::abs(value)};
  }
};

[[nodiscard]] inline double primal(const RunningError& x) noexcept {
  return x.value;
}
[[nodiscard]] inline double reach_of(const RunningError& x) noexcept {
  return x.error;
}
[[nodiscard]] inline RunningError unclear(const RunningError& x,
                                          const RunningError& jump) noexcept {
  return {x.value, jump.value == 0 && jump.error == 0 ? x.error : elementary::unbounded};
}

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <limits>

#include "gradus/diff/elementary.hpp"

namespace gradus {

/// A number and a bound of the rounding error it has gathered on the way.
///
/// Every operation adds its own rounding, half a unit in the last place (a whole one for functions
/// of the mathematics library), to what its arguments bring along:
///
///   c = a + b   error_c = error_a + error_b + u |c|
///   c = f(a)    error_c = error_a * (steepest slope of f within error_a of a) + 2 u |c|
///
/// The value is that of plain double arithmetic, to the bit. The error is a bound and not an
/// estimate, up to the roundings in it; it is infinite where an argument may be beyond a pole.
///
/// Source  Wilkinson's running error analysis; Higham, "Accuracy and Stability of Numerical
///         Algorithms" (2002), section 3.3.
struct RunningError {
  double value;
  double error = 0;

  /// An exact number.
  RunningError(double exact = 0) : value(exact) {}  // NOLINT: numbers mix freely
  RunningError(double value_, double error_) : value(value_), error(error_) {}

  /// u: the relative error of one operation.
  static constexpr double unit = std::numeric_limits<double>::epsilon() / 2;

  template <class Rule>
  [[nodiscard]] RunningError apply() const {
    const double y = Rule::value(value);
    return {y, times(error, Rule::steepest(value, error)) + 2 * unit * std::abs(y)};
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
    return rounded(a.value * b.value,
                   times(a.error, b.value) + times(b.error, a.value) + times(a.error, b.error));
  }
  friend RunningError operator/(const RunningError& a, const RunningError& b) {
    const double quotient = a.value / b.value;
    if (!(b.error < std::abs(b.value))) {
      return {quotient, elementary::unbounded};
    }
    return rounded(quotient, (a.error + times(b.error, quotient)) / (std::abs(b.value) - b.error));
  }
  RunningError& operator+=(const RunningError& b) { return *this = *this + b; }
  RunningError& operator-=(const RunningError& b) { return *this = *this - b; }
  RunningError& operator*=(const RunningError& b) { return *this = *this * b; }
  RunningError& operator/=(const RunningError& b) { return *this = *this / b; }

  /// x^n for a constant n.
  friend RunningError pow(const RunningError& x, double n) {
    // The slope |n| |x|^(n-1) is steepest at one end of the interval.
    const double end = n >= 1 ? std::abs(x.value) + x.error : std::abs(x.value) - x.error;
    const double steepest = end > 0 ? std::abs(n) * std::pow(end, n - 1) : elementary::unbounded;
    const double y = std::pow(x.value, n);
    return {y, times(x.error, n == 0 ? 0 : steepest) + 2 * unit * std::abs(y)};
  }

  /// a^b for a > 0, as exp(b log a).
  friend RunningError pow(const RunningError& a, const RunningError& b) {
    const double y = std::pow(a.value, b.value);
    const RunningError exponent = b * a.apply<elementary::Log>();
    const double spread = b.error == 0 && a.error == 0 ? 0 : std::expm1(exponent.error);
    return {y, times(spread, y) + 2 * unit * std::abs(y)};
  }

 private:
  // 0 * infinity is 0 here: an exact number stays exact, whatever it meets.
  static double times(double error, double factor) {
    return error == 0 || factor == 0 ? 0 : error * std::abs(factor);
  }
  static RunningError rounded(double value, double error) {
    return {value, error + unit * std::abs(value)};
  }
};

[[nodiscard]] inline double primal(const RunningError& x) noexcept {
  return x.value;
}

}  // namespace gradus

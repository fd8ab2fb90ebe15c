// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>

namespace gradus {

/// The real number behind a scalar of any kind: what a comparison looks at.
[[nodiscard]] inline double primal(double x) noexcept {
  return x;
}
[[nodiscard]] inline double primal(const std::complex<double>& x) noexcept {
  return x.real();
}

/// How far the true number may be from primal(x): 0 but for a kind that knows better.
template <class T>
[[nodiscard]] double reach_of(const T& /*x*/) noexcept {
  return 0;
}

/// x, which may jump by some multiple of `jump`: if its kind has errors the error is infinite,
/// unless the jump is exactly 0.
template <class T>
[[nodiscard]] T unclear(const T& x, const T& /*jump*/) {
  return x;
}

/// The smaller one, the first where they are equal; NaN where either is.
template <class T>
[[nodiscard]] T lesser(const T& a, const T& b) {
  const double left = primal(a);
  const double right = primal(b);
  return left < right ? a : right < left ? b : left == right ? a : a + b;
}

namespace elementary {

inline constexpr double unbounded = std::numeric_limits<double>::infinity();

/// Where bell-shaped slopes are steepest: the place within `reach` of x that is nearest to 0.
inline double nearest_to_zero(double x, double reach) {
  return std::max(0.0, std::abs(x) - reach);
}

/// Whether the true number may be 0: the error reaches that far.
template <class T>
bool may_be_zero(const T& x) {
  return std::abs(primal(x)) <= reach_of(x);
}

/// A constant that is rounded to double: of a kind that knows its errors, with that of half a unit
/// in its last place, which the product is given.
template <class T>
T rounded(double constant) {
  return T(constant) * T(1);
}

}  // namespace elementary
}  // namespace gradus

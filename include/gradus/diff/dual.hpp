// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/diff/elementary.hpp"

namespace gradus {

/// The derivative of y = x^n for a constant n.
template <class T>
[[nodiscard]] T slope_of_power(const T& x, double n, const T& y) {
  using std::pow;
  if (n == 0) {
    return T(0);
  }
  // From 1 on n - 1 is exact, as far as doubles tell whole numbers apart. Elsewhere its rounding,
  // times log(x), would be an error of the power; and below 1, y is never too small for its slope.
  const bool is_exact = n >= 1 && n <= 0x1p53;
  return is_exact || primal(x) == 0 ? T(n) * pow(x, n - 1) : T(n) * y / x;
}

/// A number and its derivative along one direction: forward-mode differentiation.
///
///   (a, a') * (b, b') = (a b, a' b + a b')      and so on, by the rules of the textbook
///
/// Exact up to rounding: there is no step to choose. T is double, another Dual for second
/// derivatives, or RunningError for a derivative with a bound of its rounding error.
///
/// Source  Griewank, Walther, "Evaluating Derivatives" (2008), chapter 3.
template <class T>
struct Dual {
  T value;
  T derivative;

  /// A constant.
  Dual(double constant = 0) : value(constant), derivative(0) {}  // NOLINT: numbers mix freely
  Dual(const T& value_, const T& derivative_) : value(value_), derivative(derivative_) {}

  template <class Rule>
  [[nodiscard]] Dual apply() const {
    const T y = Rule::value(value);
    return {y, Rule::slope(value, y) * derivative};
  }

  friend Dual operator+(const Dual& a) { return a; }
  friend Dual operator-(const Dual& a) { return {-a.value, -a.derivative}; }
  friend Dual operator+(const Dual& a, const Dual& b) {
    return {a.value + b.value, a.derivative + b.derivative};
  }
  friend Dual operator-(const Dual& a, const Dual& b) {
    return {a.value - b.value, a.derivative - b.derivative};
  }
  friend Dual operator*(const Dual& a, const Dual& b) {
    return {a.value * b.value, a.derivative * b.value + a.value * b.derivative};
  }
  friend Dual operator/(const Dual& a, const Dual& b) {
    const T quotient = a.value / b.value;
    return {quotient, (a.derivative - quotient * b.derivative) / b.value};
  }
  Dual& operator+=(const Dual& b) { return *this = *this + b; }
  Dual& operator-=(const Dual& b) { return *this = *this - b; }
  Dual& operator*=(const Dual& b) { return *this = *this * b; }
  Dual& operator/=(const Dual& b) { return *this = *this / b; }

  friend Dual lesser(const Dual& a, const Dual& b) {
    const T gap = a.value - b.value;
    const T& d_lesser = primal(gap) > 0 ? b.derivative : a.derivative;
    return {lesser(a.value, b.value), elementary::may_be_zero(gap)
                                          ? unclear(d_lesser, a.derivative - b.derivative)
                                          : d_lesser};
  }

  /// x^n for a constant n; x may be negative when n is whole.
  friend Dual pow(const Dual& x, double n) {
    using std::pow;
    const T y = pow(x.value, n);
    return {y, slope_of_power(x.value, n, y) * x.derivative};
  }

  /// a^b for a > 0.
  friend Dual pow(const Dual& a, const Dual& b) {
    using std::log;
    using std::pow;
    const T y = pow(a.value, b.value);
    const T slope_a = b.value * pow(a.value, b.value - T(1));
    const bool is_zero = primal(y) == 0 && reach_of(y) == 0;
    const T slope_b = is_zero ? T(0) : y * log(a.value);
    return {y, slope_a * a.derivative + slope_b * b.derivative};
  }
};

template <class T>
[[nodiscard]] double primal(const Dual<T>& x) {
  return primal(x.value);
}
template <class T>
[[nodiscard]] double reach_of(const Dual<T>& x) noexcept {
  return reach_of(x.value);
}
template <class T>
[[nodiscard]] Dual<T> unclear(const Dual<T>& x, const Dual<T>& jump) {
  return {unclear(x.value, jump.value),
          unclear(unclear(x.derivative, jump.derivative), jump.value)};
}

/// df/dx.
/// @param f  callable with Dual<double>, returns one
/// Cost      one call of f, with about twice its arithmetic.
template <class F>
[[nodiscard]] double dual_derivative(F&& f, double x) {
  return f(Dual<double>(x, 1)).derivative;
}

/// d^2 f / dx^2, by duals of duals.
template <class F>
[[nodiscard]] double dual_second_derivative(F&& f, double x) {
  using Inner = Dual<double>;
  return f(Dual<Inner>(Inner(x, 1), Inner(1))).derivative.derivative;
}

/// The derivative of f along `direction`: the sum over i of df/dx[i] direction[i].
/// @param f          callable with std::span<const Dual<double>>, returns a Dual<double>
/// @param x          (P)
/// @param direction  (P)
/// @throws ShapeError
template <class F>
[[nodiscard]] double dual_directional(F&& f, std::span<const double> x,
                                      std::span<const double> direction) {
  if (direction.size() != x.size()) {
    throw ShapeError("dual_directional: the direction has " + std::to_string(direction.size()) +
                     " numbers, the point has " + std::to_string(x.size()));
  }
  std::vector<Dual<double>> point;
  point.reserve(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) {
    point.emplace_back(x[i], direction[i]);
  }
  return f(std::span<const Dual<double>>(point)).derivative;
}

/// All partial derivatives of f at x, one direction at a time.
/// Cost  P calls of f; for more than a few variables use gradient() of tape.hpp, which needs one.
template <class F>
[[nodiscard]] std::vector<double> dual_gradient(F&& f, std::span<const double> x) {
  std::vector<Dual<double>> point(x.begin(), x.end());
  std::vector<double> gradient(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) {
    point[i].derivative = 1;
    gradient[i] = f(std::span<const Dual<double>>(point)).derivative;
    point[i].derivative = 0;
  }
  return gradient;
}

}  // namespace gradus

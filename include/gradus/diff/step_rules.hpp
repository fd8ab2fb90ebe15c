// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <string_view>

#include "gradus/diff/scalar.hpp"

namespace gradus::elementary {

// Rules of functions that have a kink or a jump; elementary.hpp says what a rule is.

/// The slope at the kink is 0, as it is for relu, and its error infinite.
struct Abs {
  static constexpr std::string_view id = "abs";
  static constexpr double ulps = 0;
  template <class T>
  static T value(const T& x) {
    return primal(x) < 0 ? T(-x) : x;
  }
  template <class T>
  static T slope(const T& x, const T& /*y*/) {
    const T sign(primal(x) < 0 ? -1.0 : primal(x) > 0 ? 1.0 : 0.0);
    return may_be_zero(x) ? unclear(sign, T(1)) : sign;
  }
  static double steepest(double /*x*/, double /*reach*/) { return 1; }
};

struct Relu {
  static constexpr std::string_view id = "relu";
  static constexpr double ulps = 0;
  template <class T>
  static T value(const T& x) {
    return primal(x) < 0 ? T(0) : x;
  }
  template <class T>
  static T slope(const T& x, const T& /*y*/) {
    const T step(primal(x) > 0 ? 1.0 : 0.0);
    return may_be_zero(x) ? unclear(step, T(1)) : step;
  }
  static double steepest(double x, double reach) { return x + reach <= 0 ? 0 : 1; }
};

/// -1, 0 or 1. At 0 it jumps, and has no slope.
struct Sign {
  static constexpr std::string_view id = "sign";
  static constexpr double ulps = 0;
  template <class T>
  static T value(const T& x) {
    const double at = primal(x);
    return std::isnan(at) ? x : T(at < 0 ? -1.0 : at > 0 ? 1.0 : 0.0);
  }
  template <class T>
  static T slope(const T& x, const T& /*y*/) {
    return may_be_zero(x) ? unclear(T(0), T(1)) : T(0);
  }
  static double steepest(double x, double reach) { return std::abs(x) > reach ? 0 : unbounded; }
};

/// The largest whole number that is not above x. It jumps at whole numbers, and has no slope there.
struct Floor {
  static constexpr std::string_view id = "floor";
  static constexpr double ulps = 0;
  template <class T>
  static T value(const T& x) {
    return std::isnan(primal(x)) ? x : T(std::floor(primal(x)));
  }
  template <class T>
  static T slope(const T& x, const T& /*y*/) {
    const double at = primal(x);
    return std::ceil(at - reach_of(x)) > at + reach_of(x) ? T(0) : unclear(T(0), T(1));
  }
  static double steepest(double x, double reach) {
    return std::floor(x - reach) == std::floor(x + reach) ? 0 : unbounded;
  }
};

}  // namespace gradus::elementary

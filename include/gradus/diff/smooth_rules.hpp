// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>
#include <numbers>
#include <string_view>
#include <type_traits>

#include "gradus/core/real.hpp"
#include "gradus/diff/scalar.hpp"
#include "gradus/math/sigmoid.hpp"

namespace gradus::elementary {

/// erf of a complex number whose imaginary part is at most 5, to about 1e-15.
/// Source  Abramowitz and Stegun, "Handbook of Mathematical Functions" (1964), 7.1.29.
[[nodiscard]] std::complex<double> complex_erf(const std::complex<double>& z);

// Rules of functions that are smooth where they are defined; elementary.hpp says what a rule is.

struct Exp {
  static constexpr std::string_view id = "exp";
  static constexpr double ulps = 1;
  template <class T>
  static T value(const T& x) {
    using std::exp;
    return exp(x);
  }
  template <class T>
  static T slope(const T& /*x*/, const T& y) {
    return y;
  }
  static double steepest(double x, double reach) { return std::exp(x + reach); }
};

struct Log {
  static constexpr std::string_view id = "log";
  static constexpr double ulps = 1;
  template <class T>
  static T value(const T& x) {
    using std::log;
    return log(x);
  }
  template <class T>
  static T slope(const T& x, const T& /*y*/) {
    return T(1) / x;
  }
  static double steepest(double x, double reach) { return x > reach ? 1 / (x - reach) : unbounded; }
};

struct Log10 {
  static constexpr std::string_view id = "log10";
  static constexpr double ulps = 2;
  template <class T>
  static T value(const T& x) {
    using std::log10;
    return log10(x);
  }
  template <class T>
  static T slope(const T& x, const T& /*y*/) {
    return rounded<T>(std::numbers::log10e) / x;
  }
  static double steepest(double x, double reach) {
    return std::numbers::log10e * Log::steepest(x, reach);
  }
};

struct Log2 {
  static constexpr std::string_view id = "log2";
  static constexpr double ulps = 1;
  template <class T>
  static T value(const T& x) {
    if constexpr (std::is_same_v<T, std::complex<double>>) {
      return std::log(x) / std::numbers::ln2;
    } else {
      using std::log2;
      return log2(x);
    }
  }
  template <class T>
  static T slope(const T& x, const T& /*y*/) {
    return rounded<T>(std::numbers::log2e) / x;
  }
  static double steepest(double x, double reach) {
    return std::numbers::log2e * Log::steepest(x, reach);
  }
};

struct Sqrt {
  static constexpr std::string_view id = "sqrt";
  static constexpr double ulps = 0.5;
  template <class T>
  static T value(const T& x) {
    using std::sqrt;
    return sqrt(x);
  }
  template <class T>
  static T slope(const T& /*x*/, const T& y) {
    return T(0.5) / y;
  }
  static double steepest(double x, double reach) {
    return x > reach ? 0.5 / std::sqrt(x - reach) : unbounded;
  }
};

struct Sin {
  static constexpr std::string_view id = "sin";
  static constexpr double ulps = 1;
  template <class T>
  static T value(const T& x) {
    using std::sin;
    return sin(x);
  }
  template <class T>
  static T slope(const T& x, const T& /*y*/) {
    using std::cos;
    return cos(x);
  }
  static double steepest(double x, double reach) {
    return std::min(1.0, std::abs(std::cos(x)) + reach);
  }
};

struct Cos {
  static constexpr std::string_view id = "cos";
  static constexpr double ulps = 1;
  template <class T>
  static T value(const T& x) {
    using std::cos;
    return cos(x);
  }
  template <class T>
  static T slope(const T& x, const T& /*y*/) {
    using std::sin;
    return -sin(x);
  }
  static double steepest(double x, double reach) {
    return std::min(1.0, std::abs(std::sin(x)) + reach);
  }
};

struct Tan {
  static constexpr std::string_view id = "tan";
  static constexpr double ulps = 1;
  template <class T>
  static T value(const T& x) {
    using std::tan;
    return tan(x);
  }
  template <class T>
  static T slope(const T& /*x*/, const T& y) {
    return T(1) + y * y;
  }
  static double steepest(double x, double reach) {
    const double least_cos = std::abs(std::cos(x)) - reach;
    return least_cos > 0 ? 1 / (least_cos * least_cos) : unbounded;
  }
};

struct Asin {
  static constexpr std::string_view id = "asin";
  static constexpr double ulps = 1;
  template <class T>
  static T value(const T& x) {
    using std::asin;
    return asin(x);
  }
  template <class T>
  static T slope(const T& x, const T& /*y*/) {
    using std::sqrt;
    return T(1) / sqrt((T(1) - x) * (T(1) + x));
  }
  static double steepest(double x, double reach) {
    const double farthest = std::abs(x) + reach;
    return farthest < 1 ? 1 / std::sqrt((1 - farthest) * (1 + farthest)) : unbounded;
  }
};

struct Acos {
  static constexpr std::string_view id = "acos";
  static constexpr double ulps = 1;
  template <class T>
  static T value(const T& x) {
    using std::acos;
    return acos(x);
  }
  template <class T>
  static T slope(const T& x, const T& y) {
    return -Asin::slope(x, y);
  }
  static double steepest(double x, double reach) { return Asin::steepest(x, reach); }
};

struct Atan {
  static constexpr std::string_view id = "atan";
  static constexpr double ulps = 1;
  template <class T>
  static T value(const T& x) {
    using std::atan;
    return atan(x);
  }
  template <class T>
  static T slope(const T& x, const T& /*y*/) {
    if (std::abs(primal(x)) <= 1) {
      return T(1) / (T(1) + x * x);
    }
    const T inverse = T(1) / x;  // the square of x may overflow
    const T square = inverse * inverse;
    return square / (T(1) + square);
  }
  static double steepest(double x, double reach) { return slope(nearest_to_zero(x, reach), 0.0); }
};

struct Sinh {
  static constexpr std::string_view id = "sinh";
  static constexpr double ulps = 2;
  template <class T>
  static T value(const T& x) {
    using std::sinh;
    return sinh(x);
  }
  template <class T>
  static T slope(const T& x, const T& /*y*/) {
    using std::cosh;
    return cosh(x);
  }
  static double steepest(double x, double reach) { return std::cosh(std::abs(x) + reach); }
};

struct Cosh {
  static constexpr std::string_view id = "cosh";
  static constexpr double ulps = 2;
  template <class T>
  static T value(const T& x) {
    using std::cosh;
    return cosh(x);
  }
  template <class T>
  static T slope(const T& x, const T& /*y*/) {
    using std::sinh;
    return sinh(x);
  }
  static double steepest(double x, double reach) { return std::sinh(std::abs(x) + reach); }
};

struct Tanh {
  static constexpr std::string_view id = "tanh";
  static constexpr double ulps = 2;
  template <class T>
  static T value(const T& x) {
    using std::tanh;
    return tanh(x);
  }
  // 1 - y^2 would lose every digit where tanh is nearly 1. There it is 1 / cosh(x)^2, by an
  // exponential that does not overflow.
  template <class T>
  static T slope(const T& x, const T& y) {
    using std::exp;
    if (std::abs(primal(x)) < 1) {
      return T(1) - y * y;
    }
    const T e = exp(primal(x) > 0 ? T(-x) : x);
    const T inverse_cosh = (e + e) / (T(1) + e * e);
    return inverse_cosh * inverse_cosh;
  }
  static double steepest(double x, double reach) {
    const double nearest = nearest_to_zero(x, reach);
    return slope(nearest, value(nearest));
  }
};

struct Asinh {
  static constexpr std::string_view id = "asinh";
  static constexpr double ulps = 2;
  template <class T>
  static T value(const T& x) {
    using std::asinh;
    return asinh(x);
  }
  template <class T>
  static T slope(const T& x, const T& /*y*/) {
    using std::sqrt;
    if (std::abs(primal(x)) <= 1) {
      return T(1) / sqrt(T(1) + x * x);
    }
    const T inverse = T(1) / x;  // the square of x may overflow
    const T size = primal(x) < 0 ? T(-inverse) : inverse;
    return size / sqrt(T(1) + inverse * inverse);
  }
  static double steepest(double x, double reach) { return slope(nearest_to_zero(x, reach), 0.0); }
};

struct Acosh {
  static constexpr std::string_view id = "acosh";
  static constexpr double ulps = 2;
  template <class T>
  static T value(const T& x) {
    using std::acosh;
    return acosh(x);
  }
  template <class T>
  static T slope(const T& x, const T& /*y*/) {
    using std::sqrt;
    return T(1) / (sqrt(x - T(1)) * sqrt(x + T(1)));
  }
  static double steepest(double x, double reach) {
    constexpr double rounding = 4 * std::numeric_limits<double>::epsilon();
    const double nearest = (x - reach) * (1 - rounding);
    return nearest > 1 ? slope(nearest, 0.0) : unbounded;
  }
};

struct Atanh {
  static constexpr std::string_view id = "atanh";
  static constexpr double ulps = 2;
  template <class T>
  static T value(const T& x) {
    using std::atanh;
    return atanh(x);
  }
  template <class T>
  static T slope(const T& x, const T& /*y*/) {
    return T(1) / ((T(1) - x) * (T(1) + x));
  }
  static double steepest(double x, double reach) {
    const double farthest = std::abs(x) + reach;
    return farthest < 1 ? slope(farthest, 0.0) : unbounded;
  }
};

/// The error function, 2 / sqrt(pi) times the integral of exp(-t^2) from 0 to x.
struct Erf {
  static constexpr std::string_view id = "erf";
  static constexpr double ulps = 1;
  template <class T>
  static T value(const T& x) {
    if constexpr (std::is_same_v<T, std::complex<double>>) {
      return complex_erf(x);
    } else {
      using std::erf;
      return erf(x);
    }
  }
  template <class T>
  static T slope(const T& x, const T& /*y*/) {
    using std::exp;
    return rounded<T>(2 * std::numbers::inv_sqrtpi) * exp(T(-(x * x)));
  }
  static double steepest(double x, double reach) { return slope(nearest_to_zero(x, reach), 0.0); }
};

struct Sigmoid {
  static constexpr std::string_view id = "sigmoid";
  static constexpr double ulps = 2;
  template <class T>
  static T value(const T& x) {
    if constexpr (Real<T>) {
      return gradus::sigmoid(x);
    } else {  // the same for any scalar
      using std::exp;
      const T e = exp(primal(x) >= 0 ? T(-x) : x);
      return primal(x) >= 0 ? T(1) / (T(1) + e) : e / (T(1) + e);
    }
  }
  // y (1 - y), with 1 - sigmoid(x) = sigmoid(-x), which keeps its digits where y is nearly 1.
  template <class T>
  static T slope(const T& x, const T& y) {
    return y * value(T(-x));
  }
  static double steepest(double x, double reach) {
    const double nearest = nearest_to_zero(x, reach);
    return slope(nearest, value(nearest));
  }
};

}  // namespace gradus::elementary

// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>
#include <string_view>
#include <tuple>

#include "gradus/core/real.hpp"
#include "gradus/math/sigmoid.hpp"

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

/// The rules of differentiation, one struct for each function of one variable.
///
///   value(x)            the function
///   ulps                how many units in the last place value(x) may be off for an exact double
///   slope(x, y)         its derivative at x, where y = value(x)
///   steepest(x, reach)  a bound of |slope| within `reach` of x: an x that is off by up to `reach`
///                       changes the value by at most reach * steepest
///
/// The ulps are what the GNU C library allows its functions to be off. The rules work for any
/// scalar: double, std::complex, and the kinds in this folder that carry a derivative or an error
/// bound. Adding a function is a struct, a line in ElementaryFunctions and one under "Functions of
/// scalars" below.
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

}  // namespace elementary

/// All of them: what an expression can call by name.
using ElementaryFunctions =
    std::tuple<elementary::Exp, elementary::Log, elementary::Sqrt, elementary::Sin, elementary::Cos,
               elementary::Tan, elementary::Asin, elementary::Acos, elementary::Atan,
               elementary::Sinh, elementary::Cosh, elementary::Tanh, elementary::Sigmoid,
               elementary::Abs, elementary::Relu>;

/// A scalar that carries more than a number and knows how a rule changes what it carries.
template <class T>
concept Carrier = requires(const T& x) {
  {x.template apply<elementary::Exp>()};
};

// Functions of scalars, found by argument-dependent lookup: in code for any scalar write
// `using std::exp; exp(x)`.
// clang-format off
template <Carrier T> [[nodiscard]] T exp(const T& x) { return x.template apply<elementary::Exp>(); }
template <Carrier T> [[nodiscard]] T log(const T& x) { return x.template apply<elementary::Log>(); }
template <Carrier T> [[nodiscard]] T sqrt(const T& x) { return x.template apply<elementary::Sqrt>(); }
template <Carrier T> [[nodiscard]] T sin(const T& x) { return x.template apply<elementary::Sin>(); }
template <Carrier T> [[nodiscard]] T cos(const T& x) { return x.template apply<elementary::Cos>(); }
template <Carrier T> [[nodiscard]] T tan(const T& x) { return x.template apply<elementary::Tan>(); }
template <Carrier T> [[nodiscard]] T asin(const T& x) { return x.template apply<elementary::Asin>(); }
template <Carrier T> [[nodiscard]] T acos(const T& x) { return x.template apply<elementary::Acos>(); }
template <Carrier T> [[nodiscard]] T atan(const T& x) { return x.template apply<elementary::Atan>(); }
template <Carrier T> [[nodiscard]] T sinh(const T& x) { return x.template apply<elementary::Sinh>(); }
template <Carrier T> [[nodiscard]] T cosh(const T& x) { return x.template apply<elementary::Cosh>(); }
template <Carrier T> [[nodiscard]] T tanh(const T& x) { return x.template apply<elementary::Tanh>(); }
template <Carrier T> [[nodiscard]] T abs(const T& x) { return x.template apply<elementary::Abs>(); }
// clang-format on

/// 1 / (1 + exp(-x)), without overflow for any x.
template <class T>
requires(!Real<T>) [[nodiscard]] T sigmoid(const T& x) {
  if constexpr (Carrier<T>) {
    return x.template apply<elementary::Sigmoid>();
  } else {
    return elementary::Sigmoid::value(x);
  }
}

/// max(x, 0).
template <class T>
[[nodiscard]] T relu(const T& x) {
  if constexpr (Carrier<T>) {
    return x.template apply<elementary::Relu>();
  } else {
    return elementary::Relu::value(x);
  }
}

}  // namespace gradus

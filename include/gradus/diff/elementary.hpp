// SPDX-License-Identifier: MIT
#pragma once

#include <tuple>

#include "gradus/core/real.hpp"
#include "gradus/diff/scalar.hpp"
#include "gradus/diff/smooth_rules.hpp"
#include "gradus/diff/step_rules.hpp"

namespace gradus {

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
/// bound. Adding a function is a struct in smooth_rules.hpp or step_rules.hpp, a line in
/// ElementaryFunctions and one under "Functions of scalars" below.
///
/// All of them: what an expression can call by name.
using ElementaryFunctions =
    std::tuple<elementary::Exp, elementary::Log, elementary::Log10, elementary::Log2,
               elementary::Sqrt, elementary::Sin, elementary::Cos, elementary::Tan,
               elementary::Asin, elementary::Acos, elementary::Atan, elementary::Sinh,
               elementary::Cosh, elementary::Tanh, elementary::Asinh, elementary::Acosh,
               elementary::Atanh, elementary::Erf, elementary::Sigmoid, elementary::Abs,
               elementary::Relu, elementary::Sign, elementary::Floor>;

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
template <Carrier T> [[nodiscard]] T log10(const T& x) { return x.template apply<elementary::Log10>(); }
template <Carrier T> [[nodiscard]] T log2(const T& x) { return x.template apply<elementary::Log2>(); }
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
template <Carrier T> [[nodiscard]] T asinh(const T& x) { return x.template apply<elementary::Asinh>(); }
template <Carrier T> [[nodiscard]] T acosh(const T& x) { return x.template apply<elementary::Acosh>(); }
template <Carrier T> [[nodiscard]] T atanh(const T& x) { return x.template apply<elementary::Atanh>(); }
template <Carrier T> [[nodiscard]] T erf(const T& x) { return x.template apply<elementary::Erf>(); }
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

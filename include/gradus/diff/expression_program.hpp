// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cmath>
#include <complex>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "gradus/diff/elementary.hpp"

namespace gradus {

/// A scalar that takes the numbers of an expression as they are typed: its 0.1 is a tenth.
template <class T>
concept ReadsDecimals = requires(std::string_view text) {
  {T::of_decimal(text)};
  {T::takes_numbers_as_typed()};
};

/// What an Expression has become: steps of a machine with a stack, in one flat list.
///
/// A step takes its arguments from the stack and leaves its result there, so that running them
/// needs no recursion. A reduction is the same for every coordinate of another one around it; so
/// each is worked out once, inner ones first, and the steps of the expression itself come last.
struct ExpressionProgram {
  enum class Operation : std::uint8_t {
    number,          // constants[index]
    coordinate,      // x[index]
    element,         // inside a reduction: each coordinate in turn
    reduction,       // the result of reductions[index]
    function,        // ElementaryFunctions[index]
    constant_power,  // to the power exponents[index]
    negate,
    add,
    subtract,
    multiply,
    divide,
    power,
    minimum,
    maximum,
  };

  struct Step {
    Operation operation;
    std::uint32_t index = 0;
  };

  /// A number in the text.
  struct Constant {
    double value;
    std::string text;  // as it was typed, or pi, or e
  };

  /// An exponent without coordinates.
  struct Exponent {
    double value;             // worked out in double
    std::vector<Step> steps;  // that it was worked out by
  };

  /// The sum or mean, over all coordinates, of what steps [begin, end) give.
  struct Reduction {
    std::size_t begin;
    std::size_t end;
    bool is_mean;
  };

  std::vector<Step> steps;
  std::vector<Reduction> reductions;
  std::vector<Constant> constants;
  std::vector<Exponent> exponents;

  /// @param x  (P) all coordinates that the steps name, and at least one for a mean
  template <class T>
  [[nodiscard]] T run(std::span<const T> x) const {
    State<T> state{x, {}, {}};
    std::size_t begin = 0;
    for (const Reduction& reduction : reductions) {
      T sum(0);
      for (const T& element : x) {
        sum = sum + run(part(reduction.begin, reduction.end), element, state);
      }
      state.reduced.push_back(reduction.is_mean ? sum / T(static_cast<double>(x.size())) : sum);
      begin = reduction.end;
    }
    return run(part(begin, steps.size()), T(0), state);
  }

  /// What steps without coordinates and reductions come to.
  template <class T>
  [[nodiscard]] T run_constant(std::span<const Step> part) const {
    State<T> state{{}, {}, {}};
    return run(part, T(0), state);
  }

 private:
  template <class T>
  struct State {
    std::span<const T> x;
    std::vector<T> reduced;
    std::vector<T> stack;
  };

  [[nodiscard]] std::span<const Step> part(std::size_t begin, std::size_t end) const {
    return std::span(steps).subspan(begin, end - begin);
  }

  template <class T>
  T run(std::span<const Step> part, const T& element, State<T>& state) const {
    std::vector<T>& stack = state.stack;
    for (const Step& step : part) {
      switch (step.operation) {
        case Operation::number:
          stack.push_back(number<T>(constants[step.index]));
          break;
        case Operation::coordinate:
          stack.push_back(state.x[step.index]);
          break;
        case Operation::element:
          stack.push_back(element);
          break;
        case Operation::reduction:
          stack.push_back(state.reduced[step.index]);
          break;
        case Operation::function:
          stack.back() = function_of(step.index, stack.back());
          break;
        case Operation::constant_power:
          raise_last(exponents[step.index], state);
          break;
        case Operation::negate:
          stack.back() = -stack.back();
          break;
        default: {
          const T right = std::move(stack.back());
          stack.pop_back();
          stack.back() = combined(step.operation, stack.back(), right);
        }
      }
    }
    T result = std::move(stack.back());
    stack.pop_back();
    return result;
  }

  template <class T>
  static T number(const Constant& constant) {
    if constexpr (ReadsDecimals<T>) {
      return T::takes_numbers_as_typed() ? T::of_decimal(constant.text) : T(constant.value);
    } else {
      return T(constant.value);
    }
  }

  /// Takes the last number to the power of the exponent.
  template <class T>
  void raise_last(const Exponent& exponent, State<T>& state) const {
    if constexpr (ReadsDecimals<T>) {
      const T number =
          T::takes_numbers_as_typed() ? run(exponent.steps, T(0), state) : T(exponent.value);
      state.stack.back() = pow(state.stack.back(), number);
    } else {
      state.stack.back() = constant_power(state.stack.back(), exponent.value);
    }
  }

  template <class T>
  static T combined(Operation operation, const T& a, const T& b) {
    using std::pow;
    switch (operation) {
      case Operation::add:
        return a + b;
      case Operation::subtract:
        return a - b;
      case Operation::multiply:
        return a * b;
      case Operation::divide:
        return a / b;
      case Operation::minimum:
        return lesser(a, b);
      case Operation::maximum:
        return -lesser(T(-a), T(-b));
      default:
        return pow(a, b);
    }
  }

  template <class T>
  static T constant_power(const T& x, double n) {
    using std::pow;
    return pow(x, n);
  }

  // The library's power takes a logarithm, and beside its pi for a negative x the tiny imaginary
  // part that carries a derivative is lost.
  static std::complex<double> constant_power(const std::complex<double>& x, double n) {
    if (std::trunc(n) != n || std::abs(n) > 1e9) {
      return std::pow(x, n);
    }
    std::complex<double> result = 1;
    std::complex<double> square = x;
    for (auto rest = static_cast<std::uint32_t>(std::abs(n)); rest > 0; rest /= 2) {
      result = rest % 2 == 1 ? result * square : result;
      square *= square;
    }
    return n < 0 ? 1.0 / result : result;
  }

  template <class Rule, class T>
  static T value_of(const T& x) {
    if constexpr (Carrier<T>) {
      return x.template apply<Rule>();
    } else {
      return Rule::value(x);
    }
  }

  template <class T>
  static T function_of(std::size_t index, const T& x) {
    constexpr std::size_t count = std::tuple_size_v<ElementaryFunctions>;
    static constexpr auto table = []<std::size_t... i>(std::index_sequence<i...>) {
      return std::array<T (*)(const T&), count>{
          value_of<std::tuple_element_t<i, ElementaryFunctions>, T>...};
    }
    (std::make_index_sequence<count>());
    return table[index](x);
  }
};

}  // namespace gradus

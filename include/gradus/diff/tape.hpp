// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/diff/dual.hpp"
#include "gradus/diff/elementary.hpp"

namespace gradus {

template <class T>
class Variable;

/// What was computed, in the order it was computed: reverse-mode differentiation.
///
/// Each operation is one entry: which entries it read, and its slope with respect to each. Walking
/// the entries backwards once, by the chain rule, gives the derivatives of a result with respect to
/// everything before it. An entry that is read many times is still one entry, and nothing recurses:
/// time and memory grow with the number of operations, and a chain of a million is no problem.
///
/// T is double, or Dual<double> for second derivatives. Memory: 24 bytes an operation for double.
/// Source  Griewank, Walther, "Evaluating Derivatives" (2008), chapters 3.2 and 4.
template <class T>
class Tape {
 public:
  Tape() = default;
  Tape(const Tape&) = delete;  // its variables point to it
  Tape& operator=(const Tape&) = delete;

  /// A new input.
  [[nodiscard]] Variable<T> variable(const T& value) { return {this, append(Entry{}), value}; }

  [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }

  /// The derivatives of y with respect to the first `num_inputs` entries, which are inputs when
  /// they were made first. All 0 when y is a constant.
  [[nodiscard]] std::vector<T> gradient(const Variable<T>& y, std::size_t num_inputs) const {
    std::vector<T> d(entries_.size(), T(0));  // d[i] is dy/d(entry i)
    if (!y.is_constant()) {
      d[y.index()] = T(1);
      for (std::size_t i = y.index() + std::size_t{1}; i-- > num_inputs;) {
        const Entry& entry = entries_[i];
        for (int argument = 0; argument < 2; ++argument) {
          if (entry.argument[argument] != none) {
            T& d_argument = d[entry.argument[argument]];
            d_argument = d_argument + d[i] * entry.slope[argument];
          }
        }
      }
    }
    d.resize(num_inputs, T(0));
    return d;
  }

 private:
  friend class Variable<T>;
  static constexpr std::uint32_t none = UINT32_MAX;

  struct Entry {
    std::uint32_t argument[2] = {none, none};
    T slope[2] = {T(0), T(0)};
  };

  std::uint32_t append(const Entry& entry) {
    if (entries_.size() == none) {
      throw StateError("Tape: more than " + std::to_string(none) + " operations");
    }
    entries_.push_back(entry);
    return static_cast<std::uint32_t>(entries_.size() - 1);
  }

  std::vector<Entry> entries_;
};

/// A number whose history is on a tape; a constant has none. Small: copy it freely. It must not
/// outlive its tape, and variables of two tapes must not meet.
template <class T>
class Variable {
 public:
  /// A constant.
  Variable(double constant = 0) : value_(constant) {}  // NOLINT: numbers mix freely

  [[nodiscard]] const T& value() const noexcept { return value_; }
  [[nodiscard]] bool is_constant() const noexcept { return tape_ == nullptr; }
  [[nodiscard]] std::uint32_t index() const noexcept { return index_; }

  template <class Rule>
  [[nodiscard]] Variable apply() const {
    const T y = Rule::value(value_);
    return is_constant() ? constant(y) : record(y, *this, Rule::slope(value_, y));
  }

  friend Variable operator+(const Variable& a) { return a; }
  friend Variable operator-(const Variable& a) { return record(-a.value_, a, T(-1)); }
  friend Variable operator+(const Variable& a, const Variable& b) {
    return record(a.value_ + b.value_, a, T(1), b, T(1));
  }
  friend Variable operator-(const Variable& a, const Variable& b) {
    return record(a.value_ - b.value_, a, T(1), b, T(-1));
  }
  friend Variable operator*(const Variable& a, const Variable& b) {
    return record(a.value_ * b.value_, a, b.value_, b, a.value_);
  }
  friend Variable operator/(const Variable& a, const Variable& b) {
    const T quotient = a.value_ / b.value_;
    return record(quotient, a, T(1) / b.value_, b, -quotient / b.value_);
  }
  Variable& operator+=(const Variable& b) { return *this = *this + b; }
  Variable& operator-=(const Variable& b) { return *this = *this - b; }
  Variable& operator*=(const Variable& b) { return *this = *this * b; }
  Variable& operator/=(const Variable& b) { return *this = *this / b; }

  /// x^n for a constant n; x may be negative when n is whole.
  friend Variable pow(const Variable& x, double n) {
    using std::pow;
    const T y = pow(x.value_, n);
    return record(y, x, slope_of_power(x.value_, n, y));
  }

  /// a^b for a > 0.
  friend Variable pow(const Variable& a, const Variable& b) {
    using std::log;
    using std::pow;
    const T y = pow(a.value_, b.value_);
    const T slope_a = b.value_ * pow(a.value_, b.value_ - T(1));
    const T slope_b = primal(y) == 0 ? T(0) : y * log(a.value_);
    return record(y, a, slope_a, b, slope_b);
  }

 private:
  friend class Tape<T>;
  Variable(Tape<T>* tape, std::uint32_t index, const T& value)
      : tape_(tape), index_(index), value_(value) {}

  static Variable constant(const T& value) { return {nullptr, Tape<T>::none, value}; }

  static Variable record(const T& value, const Variable& a, const T& slope_a,
                         const Variable& b = Variable(), const T& slope_b = T(0)) {
    Tape<T>* const tape = a.is_constant() ? b.tape_ : a.tape_;
    if (tape == nullptr) {
      return constant(value);
    }
    return {tape, tape->append({{a.index_, b.index_}, {slope_a, slope_b}}), value};
  }

  Tape<T>* tape_ = nullptr;
  std::uint32_t index_ = Tape<T>::none;
  T value_;
};

template <class T>
[[nodiscard]] double primal(const Variable<T>& x) {
  return primal(x.value());
}

/// f(x), and all its partial derivatives.
///
/// @param f         callable with std::span<const Variable<double>>, returns a Variable<double>
/// @param x         (P)
/// @param gradient  (P) out, overwritten
/// @returns         f(x)
/// @throws ShapeError
/// Cost  one call of f with about three times its arithmetic, however large P is.
template <class F>
double value_and_gradient(F&& f, std::span<const double> x, std::span<double> gradient) {
  if (gradient.size() != x.size()) {
    throw ShapeError("value_and_gradient: room for " + std::to_string(gradient.size()) +
                     " derivatives, the point has " + std::to_string(x.size()) + " numbers");
  }
  Tape<double> tape;
  std::vector<Variable<double>> point;
  point.reserve(x.size());
  for (const double number : x) {
    point.push_back(tape.variable(number));
  }
  const Variable<double> y = f(std::span<const Variable<double>>(point));
  const std::vector<double> d = tape.gradient(y, x.size());
  std::copy(d.begin(), d.end(), gradient.begin());
  return y.value();
}

/// All partial derivatives of f at x: see value_and_gradient().
template <class F>
[[nodiscard]] std::vector<double> gradient(F&& f, std::span<const double> x) {
  std::vector<double> d(x.size());
  value_and_gradient(f, x, d);
  return d;
}

/// The matrix of second derivatives times a vector, without the matrix: duals on a tape.
///
/// @param f          callable with std::span<const Variable<Dual<double>>>, returns one
/// @param x          (P)
/// @param direction  (P)
/// @returns          (P) the sum over j of d^2 f / dx[i] dx[j] * direction[j]
/// @throws ShapeError
/// Cost  one call of f with about six times its arithmetic.
template <class F>
[[nodiscard]] std::vector<double> hessian_vector_product(F&& f, std::span<const double> x,
                                                         std::span<const double> direction) {
  if (direction.size() != x.size()) {
    throw ShapeError("hessian_vector_product: the direction has " +
                     std::to_string(direction.size()) + " numbers, the point has " +
                     std::to_string(x.size()));
  }
  using Scalar = Variable<Dual<double>>;
  Tape<Dual<double>> tape;
  std::vector<Scalar> point;
  point.reserve(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) {
    point.push_back(tape.variable({x[i], direction[i]}));
  }
  const Scalar y = f(std::span<const Scalar>(point));
  std::vector<double> product(x.size());
  const std::vector<Dual<double>> d = tape.gradient(y, x.size());
  std::transform(d.begin(), d.end(), product.begin(),
                 [](const Dual<double>& d_x) { return d_x.derivative; });
  return product;
}

}  // namespace gradus

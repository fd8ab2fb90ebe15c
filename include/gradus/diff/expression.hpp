// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gradus/diff/expression_program.hpp"

namespace gradus {

/// Part of a text that could be read in two ways, and how it was: 1/2x as (1/2)*x.
struct ExpressionReading {
  std::string typed;
  std::string meant;
};

/// A function as a person types it: x0^2 + x1^2, or sin(x)/x, or mean((x - mean(x))^2).
///
///   numbers      1, .5, 1e-4; pi, e
///   + - * /      as usual; a missing sign is *, and binds like it: 2pi x, (x+1)(x-1); so 1/2x is
///                half of x
///   ^            or **: the power; before a sign, from the right: -x^2 is -(x^2), 2^3^2 is 2^9
///   functions    exp log (or ln) log10 log2 sqrt; sin cos tan cot sec csc asin acos atan (or
///                arcsin ...); sinh cosh tanh asinh acosh atanh; erf sigmoid abs relu sign floor;
///                pow(a, b); min max hypot of two and more
///   |x|, √x      abs(x), sqrt(x); a root takes the one number, name or parenthesis behind it
///   coordinates  x0, x1, ...; x, y, z are the first three, x alone only of a point that has no
///                other or beside another
///   sum, mean    over all coordinates, each of which is x inside: sum(x^2) is x0^2 + x1^2 + ...
///
/// Also as pasted from a text: − – · × ÷ π, x₀²+x₁², e^{-x}, and the wide characters of East Asian
/// fonts.
///
/// It is read once and then evaluated for any scalar: double, std::complex<double>, and the kinds
/// that carry a derivative or an error bound. It is itself the f that they are computed of:
///
///   const Expression f("x0^2 + x1^2");
///   gradient(f, std::vector<double>{3, 4});  // {6, 8}
///
/// Its numbers are doubles, unless a scalar takes them as typed, and an exponent without
/// coordinates, as in x^(1/3), is worked out once; so a base may be negative when the exponent is
/// whole. Where both arguments of min
/// or max are equal, the derivative is that of the first.
///
/// Immutable: may be used from several threads.
class Expression {
 public:
  /// @throws ValueError  not an expression, longer than 100,000 bytes or nested deeper than 200;
  ///                     the message says at which column
  explicit Expression(std::string_view text);

  /// The value at x.
  /// @param x  (P)
  /// @throws ValueError  x has fewer coordinates than are named; or several while the expression
  ///                     says only x
  /// Cost      linear in the length of the text; times P for what is in a sum or mean.
  template <class T>
  [[nodiscard]] T evaluate(std::span<const T> x) const {
    check_point(x.size());
    return program_.run(x);
  }

  template <class T>
  [[nodiscard]] T operator()(std::span<const T> x) const {
    return evaluate(x);
  }

  /// As it was typed.
  [[nodiscard]] const std::string& text() const noexcept { return text_; }

  /// The first of the places where it could have been read in another way; mostly there is none.
  [[nodiscard]] const std::vector<ExpressionReading>& readings() const noexcept {
    return readings_;
  }

  /// Whether it is a function of one variable that is called x.
  [[nodiscard]] bool is_of_x() const noexcept { return is_x_alone_; }

  /// How many coordinates a point must have at least: 2 for x0 + x1, 1 for sum(x), 0 for 2pi.
  [[nodiscard]] std::size_t num_variables() const noexcept { return num_variables_; }

  /// Whether the value depends on coordinate i.
  [[nodiscard]] bool uses(std::size_t i) const;

  /// Throws what evaluate() promises.
  void check_point(std::size_t num_coordinates) const;

 private:
  std::string text_;
  ExpressionProgram program_;
  std::vector<ExpressionReading> readings_;
  std::size_t num_variables_ = 0;
  bool is_x_alone_ = false;  // outside of sums, and no second coordinate is named
  bool uses_all_ = false;    // in a sum or mean
};

}  // namespace gradus

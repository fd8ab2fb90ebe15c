// SPDX-License-Identifier: MIT
#pragma once

#include <arb_poly.h>

#include <string_view>

#include "proof/ball.hpp"

namespace gradus::proof {

/// What the numbers in an expression are taken for.
enum class Numbers {
  as_typed,    // 0.1 is a tenth, pi is pi
  as_doubles,  // the nearest doubles, with which the other methods work
};

/// How jets are computed.
struct Precision {
  slong bits = 128;
  slong num_terms = 2;  // 1: values alone, 2: with first derivatives, 3: with second ones
  Numbers numbers = Numbers::as_typed;
};

/// A function of one variable t near t = 0: its value and its derivatives there, as the first terms
/// of its power series, each of them a ball. One more kind of number for an Expression.
///
/// Derivatives come from the arithmetic of power series, not from the rules of diff/elementary, so
/// the one can check the other. Where a function has a kink, or may have one as abs of a ball that
/// contains 0, the first derivative is a ball around the slopes of both sides; where it may jump,
/// and for second derivatives at a kink, the term is NaN. So a first derivative that is told to
/// many digits is there: a function whose generalized gradient is one number is differentiable.
///
/// Source  Johansson (2017), section 7; Brent and Kung, "Fast algorithms for manipulating formal
///         power series" (1978); Clarke, "Optimization and Nonsmooth Analysis" (1983), section 2.3.
class Jet {
 public:
  /// While it lives, jets of this thread are computed so.
  class Scope {
   public:
    explicit Scope(const Precision& precision);
    ~Scope();
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    Precision before_;
  };

  Jet(double exact = 0);  // NOLINT: numbers mix freely
  /// The function at + slope t.
  Jet(const Ball& at, double slope);
  Jet(const Jet& other);
  Jet(Jet&& other) noexcept;
  Jet& operator=(const Jet& other);
  Jet& operator=(Jet&& other) noexcept;
  ~Jet() { arb_poly_clear(series_); }

  /// What Expression asks of numbers that need its text.
  [[nodiscard]] static bool takes_numbers_as_typed();
  [[nodiscard]] static Jet of_decimal(std::string_view text);

  /// The term of t^k: the k-th derivative over k!.
  [[nodiscard]] Ball term(slong k) const;

  template <class Rule>
  [[nodiscard]] Jet apply() const {
    return applied(Rule::id);
  }

  friend Jet operator-(const Jet& a);
  friend Jet operator+(const Jet& a, const Jet& b);
  friend Jet operator-(const Jet& a, const Jet& b);
  friend Jet operator*(const Jet& a, const Jet& b);
  friend Jet operator/(const Jet& a, const Jet& b);
  friend Jet lesser(const Jet& a, const Jet& b);
  /// a^b: for a > 0, or a constant whole b.
  friend Jet pow(const Jet& a, const Jet& b);

 private:
  [[nodiscard]] Jet applied(std::string_view function) const;
  [[nodiscard]] bool is_constant() const;

  arb_poly_t series_;
};

}  // namespace gradus::proof

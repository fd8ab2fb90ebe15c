// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gradus/core/registry.hpp"
#include "gradus/diff/derivative_estimate.hpp"
#include "gradus/diff/expression.hpp"

namespace gradus {

/// A way to differentiate an expression.
struct DerivativeMethod {
  std::string_view id;
  std::string_view summary;
};

/// All of them: the difference formulas, complex_step, dual and tape.
[[nodiscard]] const Registry<DerivativeMethod>& derivative_methods();

/// The partial derivatives by one method.
struct MethodResult {
  std::string method;
  std::vector<DerivativeEstimate> gradient;  // (P)
  std::size_t num_evaluations = 0;           // of f by the method, with its own kind of numbers
};

/// The partial derivatives of f at x by one method, each with an error that holds.
///
/// dual carries the rounding errors of its own derivative, and complex_step and tape are compared
/// with it: |value - dual| + the error of dual. For the difference formulas see
/// derivative_estimate.hpp; where their bound and that of dual exclude each other, they are
/// refused.
/// @param x     (P)
/// @param step  of the difference formulas and complex_step; chosen when not given
/// @throws ValueError  an unknown method, a step that is not above 0, or a point f does not take
/// Cost  P derivatives by dual numbers for the comparison, besides the method's own.
[[nodiscard]] MethodResult differentiate(const Expression& f, std::string_view method,
                                         std::span<const double> x,
                                         std::optional<double> step = {});

/// Why f has no gradient at x: its value or a partial derivative is not known there, at a kink
/// above all. Nothing where it has one.
/// @param x  (P)
/// @throws ValueError  a point f does not take
/// Cost  P derivatives by dual numbers.
[[nodiscard]] std::optional<Refusal> refusal_at(const Expression& f, std::span<const double> x);

/// The gradient by the chain rule, with NaN for each partial derivative that f does not have: the
/// chain rule itself takes a number at a kink too, by convention.
/// @param x  (P)
/// @throws ValueError  a point f does not take
/// Cost  one gradient, and P derivatives by dual numbers.
[[nodiscard]] std::vector<double> gradient_unless_refused(const Expression& f,
                                                          std::span<const double> x);

/// The forward and the central difference with one step.
struct StepError {
  double step = 0;
  double forward = 0;
  double forward_error = 0;  // |forward - f'|
  double central = 0;
  double central_error = 0;
};

/// The errors of fixed steps from 1e-1 to 1e-16: large steps cut the curve short, small ones drown
/// in rounding, and in between is the bottom of a U. An error is NaN where f has no derivative, or
/// no value at the end of a step.
/// @throws ValueError  see Expression; or i >= P
/// Cost  65 calls of f.
[[nodiscard]] std::vector<StepError> sweep_steps(const Expression& f, std::span<const double> x,
                                                 std::size_t i);

}  // namespace gradus

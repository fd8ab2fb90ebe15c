// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <limits>
#include <optional>
#include <string_view>

#include "gradus/diff/difference.hpp"
#include "gradus/diff/running_error.hpp"

namespace gradus {

/// Why there is no derivative, or no bound of its error. texts/refusal_text.hpp has the sentences.
enum class Refusal {
  not_defined,            // the function is not a finite number at x
  not_defined_beside,     // at no distance on both sides of x
  formula_leaves_domain,  // the formula reaches to where the function is not a finite number
  not_smooth,             // no two steps agree
  kink,                   // the slope jumps at x, as that of |x| at 0
  not_differentiable,     // or rounding hides on which side of a kink x is
  too_fast,               // the function changes faster than steps of doubles can see
};

[[nodiscard]] std::string_view to_string(Refusal refusal) noexcept;

/// A derivative computed from values of the function, and how far it may be off.
struct DerivativeEstimate {
  double value = std::numeric_limits<double>::quiet_NaN();

  /// |value - f'(x)| is at most this; infinite when nothing can be promised.
  double error = std::numeric_limits<double>::infinity();

  double step = 0;  // h of the difference
  std::size_t num_evaluations = 0;
  std::optional<Refusal> refusal = {};  // why there is no value and no bound
};

// The derivative of a function of one variable, without a step to choose.
//
// Central differences are computed over a sweep of steps, each 8 times the last. The error of one
// is the sum of two parts:
//
//   truncation  the formula is wrong by about h^2: what the difference to the next two steps shows
//   noise       f is rounded: its error, divided by h
//
// The step with the smallest sum is taken, under one rule: every smaller step must agree with it
// within its own noise. Without the rule a step that skips over a wiggle of f looks perfect.
//
// A kink at x itself is recognised by the second differences, which fall with the step elsewhere:
// central differences alone would call the slope of |x| at 0 a perfect 0.
//
// Another formula, or a step that is given, has no bound of its own: its value is computed beside
// that of the sweep, and its error is how far the two are apart plus the error of the sweep.
//
// Measured coverage, overestimates and failures: docs/derivatives.md.

/// For a function that carries the rounding error of its own values.
///
/// @param f      returns f(x) with a bound of its error
/// @param scale  the size of x: how far away f may change its character; |x|, or of a vector its
///               largest number
/// @throws ValueError  see check_difference()
/// Cost  at most 40 calls of f, and those of the formula when it is another one.
[[nodiscard]] DerivativeEstimate estimate_derivative_of(
    const std::function<RunningError(double)>& f, double x, double scale,
    const DifferenceOptions& options = {});

/// For a function of which nothing is known: the noise is found by looking at its values.
///
/// Differences of high order of neighbouring values show what is not smooth; the last digit that
/// ever changes shows a lattice; and a search by halves finds jumps, which many small steps would
/// otherwise take for a flat place. No such estimate can be a bound for every function: one that
/// was made to deceive it does.
/// Cost  mostly about 100 calls of f, at most 1,000.
[[nodiscard]] DerivativeEstimate estimate_derivative_of_black_box(
    const std::function<double(double)>& f, double x, double scale,
    const DifferenceOptions& options = {});

}  // namespace gradus

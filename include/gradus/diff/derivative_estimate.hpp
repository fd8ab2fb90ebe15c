// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <limits>
#include <string_view>

#include "gradus/diff/difference.hpp"
#include "gradus/diff/running_error.hpp"

namespace gradus {

/// A derivative computed from values of the function, and how far it may be off.
struct DerivativeEstimate {
  double value = std::numeric_limits<double>::quiet_NaN();

  /// |value - f'(x)| is at most this; infinite when nothing can be promised.
  double error = std::numeric_limits<double>::infinity();

  double step = 0;  // h of the difference
  std::size_t num_evaluations = 0;
  std::string_view refusal = {};  // why there is no value and no bound, in words; else empty
  bool is_kink = false;           // refused because the slope jumps at x, as that of |x| at 0
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
// A kink at x itself is told from the second differences, which fall with the step elsewhere:
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

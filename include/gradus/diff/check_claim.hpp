// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <vector>

#include "gradus/diff/derivative_estimate.hpp"
#include "gradus/diff/expression.hpp"
#include "gradus/diff/gradient_check.hpp"

namespace gradus {

/// Whether someone's derivative is that of f.
struct ClaimCheck {
  Verdict verdict = Verdict::cannot_tell;
  double claimed = 0;         // at `place`
  DerivativeEstimate exact;   // by dual numbers, at `place`
  double gap = 0;             // |claimed - exact|
  double tolerance = 0;       // how large a gap rounding explains
  std::vector<double> place;  // where: x, or a place beside it when only that tells them apart
  bool is_beside = false;     // x itself agrees
};

/// Compares a claimed partial derivative with the exact one: at x and, when the claim is a formula
/// and not a number, at places around x, for two formulas may agree at one place by chance.
///
/// Wrong only where the two differ by more than both of their rounding errors. A decimal number is
/// right when it is the exact one rounded to its digits. Where f has no derivative, the verdict is
/// that it cannot be told.
/// @param claim  df/dx[i] as a formula of the same coordinates
/// @param x      (P)
/// @throws ValueError  a point that f or the claim does not take; i >= P
/// Cost  five evaluations of both.
[[nodiscard]] ClaimCheck check_claim(const Expression& f, const Expression& claim,
                                     std::span<const double> x, std::size_t i);

}  // namespace gradus

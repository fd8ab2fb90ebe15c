// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <vector>

#include "gradus/diff/differentiate.hpp"
#include "gradus/diff/expression.hpp"

namespace gradus {

/// The second derivatives of f at x, by three methods, each with an error that holds:
///
///   dual_dual   dual numbers of dual numbers, which carry their rounding errors
///   dual_tape   dual numbers on a tape: a gradient and how it changes along a direction at once
///   difference  the central difference of first derivatives by dual numbers, its step chosen
///
/// The errors of the last two are found by comparison with the first, as in differentiate().
/// @param x  (P)
/// @returns  each with P * P derivatives, d^2 f / dx[i] dx[j] at i * P + j; those of i and j are
///           computed both ways
/// @throws ValueError  a point f does not take
/// Cost      P^2 evaluations by duals of duals; P by dual numbers on a tape, each with about eight
///           times the arithmetic of f; some 40 P^2 by dual numbers for the differences.
[[nodiscard]] std::vector<MethodResult> second_derivatives(const Expression& f,
                                                           std::span<const double> x);

/// The first of these alone: d^2 f / dx[i] dx[j] at i * P + j, by dual numbers of dual numbers.
[[nodiscard]] std::vector<DerivativeEstimate> hessian(const Expression& f,
                                                      std::span<const double> x);

/// How f changes along a direction v, to first and to second order.
struct AlongDirection {
  DerivativeEstimate slope;                // v . grad f
  DerivativeEstimate curvature;            // v . H v
  std::vector<DerivativeEstimate> change;  // (P) H v: how the gradient changes
};

/// By dual numbers of dual numbers that carry their rounding errors.
/// @param x, v  (P)
/// @throws ValueError  a point f does not take; v has another number of coordinates
/// Cost  P + 1 evaluations.
[[nodiscard]] AlongDirection along_direction(const Expression& f, std::span<const double> x,
                                             std::span<const double> v);

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "gradus/core/registry.hpp"

namespace gradus {

using PlanePoint = std::array<double, 2>;

/// The kinds of places where the gradient is 0.
enum class CriticalKind {
  minimum,        // f is nowhere smaller
  local_minimum,  // f is smaller elsewhere
  saddle,         // it goes down one way and up another
  maximum,        // at least of what is near
};

/// minimum, local_minimum, saddle, maximum.
[[nodiscard]] std::string_view to_string(CriticalKind kind) noexcept;

struct CriticalPoint {
  PlanePoint x;  // to the precision of double
  CriticalKind kind;
};

/// A function of two variables that is known well enough to judge optimizers by it.
struct Problem {
  std::string_view id;
  std::string_view function;  // of x0 and x1, as Expression reads it
  PlanePoint start;           // where to begin, by custom
  double reach;               // the square from -reach to reach along both axes shows what it is
  /// All places in that square where the gradient is 0. The first is a minimum.
  std::span<const CriticalPoint> critical_points;
};

/// Easy ones first:
///
///   bowl        twenty times steeper one way than the other (the textbook's)
///   two-wells   a shallow well on the way, a deeper one behind
///   saddle      a pass between two minima; the start lies almost on its ridge
///   plateau     a hollow in a plain, as a saturated sigmoid has it
///   himmelblau  four equal minima around a maximum
///   rosenbrock  a long, narrow, bent valley
///   beale       nearly flat around the minimum, steep at the corners
///
/// Source  rosenbrock: Rosenbrock, "An automatic method for finding the greatest or least value of
///         a function" (1960); himmelblau: Himmelblau, "Applied nonlinear programming" (1972);
///         beale: Beale, "On an iterative method for finding a local minimum of a function of more
///         than one variable" (1958); starts: Moré, Garbow, Hillstrom, "Testing unconstrained
///         optimization software" (1981).
[[nodiscard]] const Registry<Problem>& problems();

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace gradus {

class Expression;

/// What a place without a slope is.
enum class PlaceKind {
  unknown,  // second derivatives are not known there
  minimum,
  maximum,
  saddle,  // a minimum in one direction, a maximum in another
  flat,    // second derivatives that may be 0: any of these, or a plateau
};

[[nodiscard]] std::string_view to_string(PlaceKind kind) noexcept;

/// How a function bends at a place: the ends of the eigenvalues of its Hessian, which are its
/// second derivatives along the directions where it bends least and most.
struct Curvature {
  double least = 0;
  double most = 0;
  double error = 0;  // either is off by at most this

  [[nodiscard]] PlaceKind kind() const noexcept;

  /// The learning rate 2 / most above which each step of plain gradient descent overshoots farther
  /// than the one before, near a place where f bends so; infinite when f nowhere bends upward.
  /// Source  a step multiplies the distance along an eigenvector by 1 - rate * eigenvalue.
  [[nodiscard]] double rate_limit() const noexcept;

  /// The rate that comes nearest to a minimum in every direction, 2 / (least + most); with one
  /// variable, and a function that bends the same everywhere, it reaches it in one step.
  [[nodiscard]] double best_rate() const noexcept;
};

/// Hessians of more coordinates are not computed.
inline constexpr std::size_t max_curved_coordinates = 20;

/// @param x  (P)
/// @returns  nothing where f has no second derivatives that are known, or x has too many
///           coordinates
/// @throws ValueError  a point f does not take
/// Cost  P^2 evaluations of f by dual numbers of dual numbers, and some ten P^3 operations.
[[nodiscard]] std::optional<Curvature> curvature_at(const Expression& f, std::span<const double> x);

}  // namespace gradus

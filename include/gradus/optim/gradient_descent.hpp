// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gradus/optim/optimizer.hpp"

namespace gradus {

/// A function and a way to differentiate it: returns f(x) and writes the gradient, (P) as x.
using ValueAndGradient =
    std::function<double(std::span<const double> x, std::span<double> gradient)>;

struct DescentOptions {
  OptimizerOptions optimizer{};
  double learning_rate = 0.01;
  std::size_t num_steps = 100;
  bool is_maximizing = false;  // go up instead
  /// The h of a gradient by central differences, so that a gradient that is 0 only because h
  /// vanishes beside x can be told from a true one; 0 for exact gradients.
  double difference_step = 0;
};

/// How a descent ended.
enum class DescentEnd {
  converged,    // the gradient is nearly 0
  moving,       // out of steps on the way
  stuck,        // steps so small that it would take millions
  oscillating,  // to and fro, and f does not fall
  diverged,     // the value or the point grows without bound
  frozen,       // x + h == x: the numerical gradient is 0 whatever the slope
  undefined,    // where f or its gradient is no number
};

[[nodiscard]] std::string_view to_string(DescentEnd end) noexcept;

struct DescentOutcome {
  DescentEnd end;
  std::size_t since;        // the step from which on it was so
  std::string explanation;  // in words
  std::string advice;       // what to try; may be empty
};

struct DescentPoint {
  std::vector<double> x;
  double value;
  std::vector<double> gradient;
};

struct DescentResult {
  std::vector<DescentPoint> path;  // from the start, with num_steps + 1 points
  DescentOutcome outcome;
};

/// Goes from `start` against the gradient, step by step, and says how that ended.
///
///   const Expression f("x0^2 + x1^2");
///   const auto descent = gradient_descent(
///       [&](auto x, auto gradient) { return value_and_gradient(f, x, gradient); },
///       std::vector<double>{-3, 4}, {.learning_rate = 0.1});
///
/// The path ends early at a point where f is NaN, or a coordinate or a derivative is not finite; an
/// infinite value with a finite gradient does not end it.
///
/// @param start        (P) copied, never changed
/// @throws ValueError  unknown optimizer; no coordinates, or one that is not finite; a learning
///                     rate that is not finite and above 0; no steps
/// Cost                one call of f for each point; keeps 2 P + 1 numbers of each.
[[nodiscard]] DescentResult gradient_descent(const ValueAndGradient& f,
                                             std::span<const double> start,
                                             const DescentOptions& options);

}  // namespace gradus

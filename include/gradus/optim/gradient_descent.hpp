// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "gradus/optim/curvature.hpp"
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
  /// The h of a gradient by central differences; 0 for exact gradients. With it a gradient that is
  /// 0 only because h vanishes beside x is recognised.
  double difference_step = 0;
};

/// How a descent ended.
enum class DescentEnd {
  converged,    // the gradient is nearly 0, and steps no longer move
  moving,       // out of steps on the way
  stuck,        // steps so small that it would take millions
  oscillating,  // to and fro, and f does not fall
  diverged,     // the value or the point grows without bound
  frozen,       // x + h == x: the numerical gradient is 0 whatever the slope
  undefined,    // where f or its gradient is no number
  kink,         // the gradient is 0 by convention only: f has none there
};

[[nodiscard]] std::string_view to_string(DescentEnd end) noexcept;

/// The observation that decided how a descent ended; behind each the end.
enum class DescentReason {
  no_slope_at_start,       // converged: the gradient is 0 at the start already
  no_slope,                // converged: it is 0 at the end
  little_slope,            // converged: it is small beside the largest on the path
  on_the_way,              // moving
  tiny_steps,              // stuck: steps of the mean length `move`
  plateau,                 // stuck: and there is next to no slope
  to_and_fro,              // oscillating: over a minimum, or a maximum
  overshooting,            // diverged: each step overshoots farther than the one before
  overshot_all_numbers,    // diverged: as above, until the point or the gradient was infinite
  no_bound,                // diverged: f falls without end, or rises where that is wanted
  ran_beyond_all_numbers,  // diverged: the point is infinite, and f had not been before
  ran_out_of_numbers,      // diverged: far away f or its gradient is no number, as in inf - inf
  step_vanishes,           // frozen
  step_vanishes_far_away,  // frozen: after it had diverged
  undefined_at_start,      // undefined
  undefined_on_the_way,    // undefined
  kink_at_start,           // kink
  kink_on_the_way,         // kink
};

[[nodiscard]] std::string_view to_string(DescentReason reason) noexcept;

/// The parts of a point that can be infinite or not a number.
enum class DescentPart { value, gradient, point };

/// How a descent ended, as facts; texts/descent_text.hpp has the sentences.
struct DescentOutcome {
  DescentEnd end = DescentEnd::moving;
  DescentReason reason = DescentReason::on_the_way;
  std::size_t since = 0;  // the step since which it was so

  bool is_maximizing = false;
  std::size_t last_step = 0;
  double first_value = 0;  // f at the start
  double last_value = 0;
  double distance = 0;  // |x| at the last point
  double gradient = 0;  // |gradient| at the last point
  double largest_gradient = 0;

  /// What of the last point is infinite or not a number: of a descent that ended there.
  DescentPart lost = DescentPart::value;

  double move = 0;  // mean length of a step: of one that is stuck

  // Of one that is frozen: beside x of this coordinate h vanishes.
  std::size_t coordinate = 0;
  double x = 0;
  double h = 0;

  double last_change = 0;  // |change of f| of the last step

  /// A learning rate to try; 0 where that is not what helps. Of an expression it has been tried:
  /// with it the descent does not diverge, and does not go to and fro.
  double smaller_rate = 0;

  // Of an expression only.
  PlaceKind place = PlaceKind::unknown;  // what one that converged has come to

  /// How f, or -f when it is to become large, bends at the last point, or at the best one of a
  /// descent that went astray. Of plain gradient descent, where it limits the learning rate.
  std::optional<Curvature> curvature = {};
  bool is_one_step_enough = false;  // with the best rate, from the start: of a parabola, say
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

/// The same for an expression, which needs no gradient of the caller's: it is computed by the chain
/// rule, or, with a difference step, by central differences. The outcome also says what kind of
/// place it came to, and how large a learning rate may be there.
///
///   const auto descent =
///       gradient_descent(Expression("x0^2 + x1^2"), std::vector<double>{-3, 4}, {});
///
/// @throws ValueError  also when the expression has other variables than the start
[[nodiscard]] DescentResult gradient_descent(const Expression& f, std::span<const double> start,
                                             const DescentOptions& options);

}  // namespace gradus

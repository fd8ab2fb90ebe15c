// SPDX-License-Identifier: MIT
#include "descent_place.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "gradus/diff/differentiate.hpp"
#include "gradus/math/finite.hpp"

namespace gradus {
namespace {

bool is_usable(const DescentPoint& point) {
  return std::isfinite(point.value) && are_finite<double>(point.x);
}

/// Where the descent was best: the last point, unless it went astray.
const DescentPoint* place_to_look_at(std::span<const DescentPoint> path,
                                     const DescentOptions& options, DescentEnd end) {
  if (end != DescentEnd::diverged && end != DescentEnd::frozen && end != DescentEnd::undefined) {
    return &path.back();
  }
  const DescentPoint* best = nullptr;
  for (const DescentPoint& point : path) {
    if (is_usable(point) &&
        (best == nullptr ||
         (options.is_maximizing ? point.value > best->value : point.value < best->value))) {
      best = &point;
    }
  }
  return best;
}

/// As seen by one that goes down: of -f when f is to become large.
Curvature turned(const Curvature& curvature) {
  return {.least = -curvature.most, .most = -curvature.least, .error = curvature.error};
}

/// Whether one step with this rate leads from the start to where there is no slope.
bool is_one_step_enough(double rate, const DescentOptions& options,
                        const std::function<DescentOutcome(const DescentOptions&)>& again) {
  constexpr double negligible = 1e-9;
  DescentOptions one_step = options;
  one_step.learning_rate = rate;
  one_step.num_steps = 1;
  const DescentOutcome outcome = again(one_step);
  return outcome.last_step == 1 && outcome.gradient <= negligible * outcome.largest_gradient;
}

/// A rate with which the descent neither diverges nor goes to and fro.
double tried_rate(double rate, const DescentOptions& options,
                  const std::function<DescentOutcome(const DescentOptions&)>& again) {
  constexpr int most_trials = 12;
  constexpr std::size_t most_steps = 1000;
  DescentOptions trial = options;
  trial.num_steps = std::min(options.num_steps, most_steps);
  for (int i = 0; i < most_trials; ++i, rate /= 2) {
    trial.learning_rate = rate;
    const DescentEnd end = again(trial).end;
    if (end == DescentEnd::converged || end == DescentEnd::moving || end == DescentEnd::kink) {
      return rate;
    }
  }
  return 0;
}

}  // namespace

void look_at_place(const Expression& f, std::span<const DescentPoint> path,
                   const DescentOptions& options,
                   const std::function<DescentOutcome(const DescentOptions&)>& again,
                   DescentOutcome& outcome) {
  const DescentPoint* const place = place_to_look_at(path, options, outcome.end);
  if (place == nullptr || !is_usable(*place)) {
    return;
  }
  const bool has_converged = outcome.end == DescentEnd::converged;
  if (has_converged && refusal_at(f, place->x)) {
    outcome.end = DescentEnd::kink;
    outcome.reason =
        outcome.since == 0 ? DescentReason::kink_at_start : DescentReason::kink_on_the_way;
    return;
  }
  const std::optional<Curvature> curvature = curvature_at(f, place->x);
  if (curvature && has_converged) {
    outcome.place = curvature->kind();
  }
  const bool is_plain = options.optimizer.id == "sgd";
  if (curvature && is_plain) {
    outcome.curvature = options.is_maximizing ? turned(*curvature) : *curvature;
    outcome.is_one_step_enough = outcome.curvature->kind() == PlaceKind::minimum &&
                                 is_one_step_enough(outcome.curvature->best_rate(), options, again);
  }
  if (outcome.smaller_rate > 0) {
    const double best = outcome.curvature ? outcome.curvature->best_rate() : outcome.smaller_rate;
    outcome.smaller_rate = tried_rate(std::min(best, outcome.smaller_rate), options, again);
  }
}

}  // namespace gradus

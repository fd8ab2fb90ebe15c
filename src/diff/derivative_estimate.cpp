// SPDX-License-Identifier: MIT
#include "gradus/diff/derivative_estimate.hpp"

#include <algorithm>
#include <cmath>

#include "difference_sweep.hpp"
#include "noise.hpp"
#include "rounded_up.hpp"

namespace gradus {
namespace {

/// The noise of an unknown function's values, and the search for more of it than was seen at first.
class NoiseSearch {
 public:
  NoiseSearch(ObservedFunction& f, double x, double f_x, double scale, double least_noise)
      : f_(f), x_(x) {
    const double smallest = std::numeric_limits<double>::min();
    const double unit =
        std::max({unit_in_the_last_place(x), unit_in_the_last_place(scale), smallest});
    constexpr int half = 3;  // seven values, so close that only rounding tells them apart
    const double spacing = 8 * unit;
    noise_ = std::max(
        {unit_in_the_last_place(f_x) / 2, noise_of(f.line(x, spacing, half), 3), least_noise});
  }

  /// Of one value of f.
  [[nodiscard]] double noise() const {
    return std::isfinite(f_.lattice()) ? std::max(noise_, f_.lattice() / 2) : noise_;
  }

  /// Looks for noise on lines of `width` to both sides of x.
  /// @param is_at_the_step  whether differences with a chosen step would suffer from it
  /// @returns  whether more was found; noise() has grown then
  bool look(double width, bool is_at_the_step) {
    const ValuesOnLine line = f_.line(x_, width / 4, 4);
    const double largest = line.largest();
    const double expected = std::max(noise(), 2 * machine_epsilon * largest);
    const double seen = noise_of(line, 5);
    if (!std::isfinite(seen) || !(seen > 2 * expected)) {
      return false;
    }
    // A jump as large as the values themselves is a pole or a corner of f, and not its rounding.
    const double jump = f_.largest_jump(line);
    if (jump > 2 * expected && jump < 0.1 * largest) {
      noise_ = jump / 2;
      return true;
    }
    // A shape of f that is as narrow as the line looks like noise too, but not on a narrower line.
    if (is_at_the_step && noise_of(f_.line(x_, width / 16, 4), 5) > seen / 4) {
      noise_ = seen;
      return true;
    }
    return false;
  }

 private:
  ObservedFunction& f_;
  double x_;
  double noise_;
};

/// Where to look for noise that would spoil the chosen step: around the step itself, some way
/// beyond it, and up to the step that only the rule of agreement forbids. If that one is right,
/// the small steps all stand on one tread of a staircase.
std::vector<double> widths_to_search(const DifferenceSweep& sweep,
                                     const DifferenceSweep::Choice& choice) {
  const double step = sweep.levels()[choice.level].step;
  std::vector<double> widths;
  for (const double factor : {0.25, 1.0, 8.0, 64.0, 512.0}) {
    widths.push_back(factor * step);
  }
  const double forbidden = sweep.levels()[choice.level_without_rule].step;
  for (double width = 4096 * step; width <= forbidden; width *= 8) {
    widths.push_back(width);
  }
  return widths;
}

/// What a sweep found, and the step that a one-sided difference should have.
struct SweepResult {
  DerivativeEstimate estimate;
  double one_sided_step;
};

/// What the options ask for, given what the sweep found.
DerivativeEstimate compare_with_sweep(const DifferenceOptions& options, const SweepResult& result,
                                      const std::function<double(double)>& f, double x) {
  const DerivativeEstimate& sweep = result.estimate;
  const DifferenceEntry& method = difference_methods().find(options.method);
  const bool is_the_sweep = options.method == "central" && !options.step;
  if (is_the_sweep || (!options.step && sweep.refusal)) {
    return sweep;
  }
  DerivativeEstimate estimate = sweep;
  const double chosen_step =
      method.order == 1 ? result.one_sided_step : method.relative_step * sweep.step;
  estimate.step = options.step.value_or(chosen_step);
  estimate.value = difference(method, f, x, estimate.step);
  if (!options.step && !std::isfinite(estimate.value)) {
    estimate.step = sweep.step;  // a wide formula may reach to where f is not defined
    estimate.value = difference(method, f, x, estimate.step);
  }
  estimate.num_evaluations += method.points.size();
  estimate.error = sum_rounded_up(sweep.error, std::abs(estimate.value - sweep.value));
  if (!std::isfinite(estimate.error)) {
    estimate.error = std::numeric_limits<double>::infinity();
    estimate.refusal = estimate.refusal.value_or(Refusal::formula_leaves_domain);
  }
  return estimate;
}

SweepResult sweep_with_bound(const std::function<RunningError(double)>& f, double x, double scale) {
  constexpr std::size_t max_evaluations = 40;
  DifferenceSweep sweep(f, x, scale);
  const auto noise = [&](std::size_t i) { return sweep.levels()[i].carried_error; };
  DifferenceSweep::Choice choice = sweep.choose(noise);
  while (sweep.num_evaluations() + 2 <= max_evaluations && sweep.may_gain_from_far_step(choice)) {
    sweep.add_far_step();
    choice = sweep.choose(noise);
  }
  return {sweep.result(choice, noise), sweep.one_sided_step(noise)};
}

SweepResult sweep_black_box(const std::function<double(double)>& f, double x, double scale,
                            double least_noise) {
  constexpr std::size_t max_evaluations = 800;  // a last search may still take it to 1,000
  constexpr int max_rounds = 12;
  constexpr std::size_t max_far_steps = 4;
  constexpr double safety = 4;  // the noise seen in some values against the worst in any

  ObservedFunction observed(f);
  const std::function<RunningError(double)> observe = [&](double t) {
    return RunningError(observed(t));
  };
  DifferenceSweep sweep(observe, x, scale);
  NoiseSearch search(observed, x, sweep.value_at_x(), scale, least_noise);
  const std::size_t num_near_levels = sweep.levels().size();
  const auto noise = [&](std::size_t i) {
    const DifferenceSweep::Level& level = sweep.levels()[i];
    // Half a last place is the least that any function rounds by; how much more this one does was
    // measured close to x. Far away it was not, and values have often gone through more there.
    const double rounding = (sweep.is_far(i) ? 2.0 : 0.5) * machine_epsilon * level.largest_value;
    return safety * std::max(search.noise(), rounding) / level.step;
  };

  DifferenceSweep::Choice choice = sweep.choose(noise);
  // Asked before the search, which would take a kink for noise.
  const bool is_kink = sweep.is_kink(noise);
  for (int round = 0; round < max_rounds && std::isfinite(choice.error) && !is_kink; ++round) {
    while (sweep.levels().size() < num_near_levels + max_far_steps &&
           sweep.may_gain_from_far_step(choice)) {
      sweep.add_far_step();
      choice = sweep.choose(noise);
    }
    const double step = sweep.levels()[choice.level].step;
    const std::vector<double> widths = widths_to_search(sweep, choice);
    const bool has_found_more = std::any_of(widths.begin(), widths.end(), [&](double width) {
      return observed.num_evaluations() < max_evaluations && search.look(width, width <= step);
    });
    choice = sweep.choose(noise);  // also without a find: the lattice may be finer now
    if (!has_found_more) {
      break;
    }
  }
  DerivativeEstimate estimate = sweep.result(choice, noise);
  estimate.num_evaluations = observed.num_evaluations();
  if (estimate.error == 0) {  // values alone never show that a function is straight, or constant
    const double rounding = unit_in_the_last_place(sweep.value_at_x()) / std::max(scale, 1.0);
    estimate.error = std::max(
        {unit_in_the_last_place(estimate.value), rounding, std::numeric_limits<double>::min()});
  }
  return {estimate, sweep.one_sided_step(noise)};
}

}  // namespace

std::string_view to_string(Refusal refusal) noexcept {
  switch (refusal) {
    case Refusal::not_defined:
      return "not_defined";
    case Refusal::not_defined_beside:
      return "not_defined_beside";
    case Refusal::formula_leaves_domain:
      return "formula_leaves_domain";
    case Refusal::not_smooth:
      return "not_smooth";
    case Refusal::kink:
      return "kink";
    case Refusal::not_differentiable:
      return "not_differentiable";
    case Refusal::too_fast:
      return "too_fast";
  }
  return "";
}

DerivativeEstimate estimate_derivative_of(const std::function<RunningError(double)>& f, double x,
                                          double scale, const DifferenceOptions& options) {
  check_difference(options);
  const auto value_of_f = [&](double t) { return f(t).value; };
  return compare_with_sweep(options, sweep_with_bound(f, x, scale), value_of_f, x);
}

DerivativeEstimate estimate_derivative_of_black_box(const std::function<double(double)>& f,
                                                    double x, double scale,
                                                    const DifferenceOptions& options) {
  check_difference(options);
  return compare_with_sweep(options, sweep_black_box(f, x, scale, options.least_noise), f, x);
}

}  // namespace gradus

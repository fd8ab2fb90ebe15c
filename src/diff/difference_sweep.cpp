// SPDX-License-Identifier: MIT
#include "difference_sweep.hpp"

#include <algorithm>
#include <cmath>

namespace gradus {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

constexpr double least_ratio = 8;
constexpr double far_ratio = 512;
constexpr std::size_t max_near_levels = 19;

// A step with all its digits in use. Steps that are powers of two, added to x, would leave the same
// digits to be rounded in every value: a rounding error that is always the same looks like none.
constexpr double first_mantissa = 1.3730841657;

// The truncation is that of a power series, which the next steps only nearly follow.
constexpr double truncation_safety = 2;

}  // namespace

DifferenceSweep::DifferenceSweep(const std::function<RunningError(double)>& f, double x,
                                 double scale)
    : f_(f), x_(x), f_x_(f(x)) {
  // Below 2e-13 of x there is only rounding. At 0 nothing says how far away f is another one; and
  // next to it the way from there to 1 is too long.
  constexpr double next_to_zero = 1e-25;
  const double smallest = scale < next_to_zero ? 1e-20 : 2e-13 * scale;
  const double largest = std::max(1.0, scale);
  // Beside a small x there is a long way to go until 1.
  const double ratio = std::max(
      least_ratio, std::pow(largest / smallest, 1.0 / static_cast<double>(max_near_levels - 1)));
  double step = first_mantissa * std::exp2(std::floor(std::log2(smallest)));
  while (levels_.size() < max_near_levels && (levels_.empty() || step < ratio * largest)) {
    add_level(step);
    step *= ratio;
  }
  num_near_levels_ = levels_.size();
}

void DifferenceSweep::add_far_step() {
  add_level(levels_.back().step * far_ratio);
}

void DifferenceSweep::add_level(double step) {
  const double above = x_ + step;
  const double below = x_ - (above - x_);  // at the same distance, as far as numbers allow
  const RunningError f_above = f_(above);
  const RunningError f_below = f_(below);
  const double distance = above - below;
  levels_.push_back(
      {.step = distance / 2,
       .slope = (f_above.value - f_below.value) / distance,
       .largest_value = std::max(std::abs(f_above.value), std::abs(f_below.value)),
       .bend = std::abs((f_above.value - f_x_.value) - (f_x_.value - f_below.value)) / distance,
       .carried_error = (f_above.error + f_below.error) / distance});
}

/// With steps h, r h and r s h, the error c h^2 of the first is (their difference) / (r^2 - 1). The
/// difference of the second and third says the same of c; two are not 0 by chance. And they say
/// whether the error falls with h^2 at all: where f is not smooth enough it falls more slowly.
double DifferenceSweep::truncation(std::size_t level, const NoiseOfLevel& noise) const {
  const auto squared_ratio = [&](std::size_t i) {
    const double r = levels_[i + 1].step / levels_[i].step;
    // Of a far step no more is expected than of the next one.
    return std::min(r * r, least_ratio * least_ratio);
  };
  const auto change = [&](std::size_t i) {
    return std::abs(levels_[i].slope - levels_[i + 1].slope);
  };
  const auto is_known = [&](std::size_t i) {
    return i < levels_.size() && std::isfinite(levels_[i].slope);
  };
  if (!is_known(level) || !is_known(level + 1)) {
    return infinity;
  }
  const double by_first = change(level) / (squared_ratio(level) - 1);
  if (!is_known(level + 2)) {
    return 4 * truncation_safety * by_first;
  }
  const double by_second =
      change(level + 1) / (squared_ratio(level) * (squared_ratio(level + 1) - 1));
  double error = truncation_safety * std::max(by_first, by_second);
  if (change(level) > 2 * (noise(level) + noise(level + 1))) {
    constexpr double least_growth = 1.5;  // below, the changes do not say where they would end
    const double growth = std::max(change(level + 1) / change(level), least_growth);
    error = std::max(
        error, truncation_safety * change(level) / (std::min(growth, squared_ratio(level)) - 1));
  }
  // Smooth functions bend 8 times less with each smaller step. Where they do not there are kinks
  // within reach, and the error is at most what the slopes to both sides differ by.
  const auto has_kink = [&](std::size_t i) {
    return levels_[i].bend > 2 * noise(i) && levels_[i].bend > 0.2 * levels_[i + 1].bend;
  };
  return has_kink(level) || has_kink(level + 1) ? std::max(error, levels_[level].bend) : error;
}

DifferenceSweep::Choice DifferenceSweep::choose(const NoiseOfLevel& noise) const {
  std::vector<double> noises(levels_.size());
  std::vector<double> errors(levels_.size());
  for (std::size_t i = 0; i < levels_.size(); ++i) {
    noises[i] = noise(i) + machine_epsilon * std::abs(levels_[i].slope);
    const double error = truncation(i, noise) + noises[i];
    // Far away a bounded function has differences that fall to 0, whatever its slope here: only a
    // straight line is believed there.
    const bool is_believed = i < num_near_levels_ || error < 1e-3 * std::abs(levels_[i].slope);
    errors[i] = std::isnan(error) || !is_believed ? infinity : error;
  }
  Choice choice;
  std::size_t num_allowed = levels_.size();
  while (num_allowed > 0) {
    const auto best =
        std::min_element(errors.begin(), errors.begin() + static_cast<std::ptrdiff_t>(num_allowed));
    const auto level = static_cast<std::size_t>(best - errors.begin());
    if (num_allowed == levels_.size()) {
      choice.level_without_rule = level;
    }
    bool agree = true;
    for (std::size_t smaller = 0; smaller < level; ++smaller) {
      const double gap = std::abs(levels_[smaller].slope - levels_[level].slope);
      agree = agree && !(gap > errors[level] + 2 * noises[smaller]);
    }
    if (agree) {
      choice.level = level;
      choice.error = *best;
      break;
    }
    num_allowed = level;  // this step skips over something: it and all larger ones are out
  }
  return choice;
}

bool DifferenceSweep::may_gain_from_far_step(const Choice& choice) const {
  constexpr double farthest = 1e100;
  const Level& last = levels_.back();
  return choice.level + 3 >= levels_.size() && std::isfinite(choice.error) &&
         choice.error > 4 * machine_epsilon * std::abs(levels_[choice.level].slope) &&
         std::isfinite(last.slope) && last.step < farthest;
}

bool DifferenceSweep::is_kink(const NoiseOfLevel& noise) const {
  // At a kink the bend stays as the step falls, down to the noise; at a cusp it grows a little.
  // Noise grows by 8.
  constexpr double clear_of_noise = 16;
  const auto is_clear = [&](std::size_t i) { return levels_[i].bend > clear_of_noise * noise(i); };
  const auto stays = [&](std::size_t i) {
    const double ratio_of_bends = levels_[i].bend / levels_[i + 1].bend;
    return ratio_of_bends > 0.85 && ratio_of_bends < 4;
  };
  std::size_t first = 0;
  while (first < levels_.size() && !is_clear(first)) {
    ++first;
  }
  if (first + 2 >= levels_.size() || !stays(first) || !stays(first + 1)) {
    return false;
  }
  // A kink beside x would have shown with the next smaller step too, were it at x.
  return first == 0 || levels_[first].bend < 2 * clear_of_noise * noise(first - 1);
}

double DifferenceSweep::one_sided_step(const NoiseOfLevel& noise) const {
  double best_step = levels_.front().step;
  double least_error = infinity;
  for (std::size_t i = 0; i < num_near_levels_; ++i) {
    const double error = levels_[i].bend + noise(i);
    if (error < least_error) {
      least_error = error;
      best_step = levels_[i].step;
    }
  }
  return best_step;
}

DerivativeEstimate DifferenceSweep::result(const Choice& choice, const NoiseOfLevel& noise) const {
  DerivativeEstimate estimate;
  estimate.num_evaluations = num_evaluations();
  if (!std::isfinite(f_x_.value)) {
    estimate.refusal = Refusal::not_defined;
  } else if (std::none_of(levels_.begin(), levels_.end(),
                          [](const Level& level) { return std::isfinite(level.slope); })) {
    estimate.refusal = Refusal::not_defined_beside;
  } else if (!std::isfinite(choice.error)) {
    estimate.refusal = Refusal::not_smooth;
  } else if (is_kink(noise)) {
    estimate.refusal = Refusal::kink;
  } else {
    estimate.value = levels_[choice.level].slope;
    estimate.error = choice.error;
    estimate.step = levels_[choice.level].step;
  }
  return estimate;
}

}  // namespace gradus

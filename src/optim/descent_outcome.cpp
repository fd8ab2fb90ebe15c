// SPDX-License-Identifier: MIT
#include "descent_outcome.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <optional>

#include "gradus/math/finite.hpp"
#include "gradus/math/norm.hpp"

namespace gradus {
namespace {

// A gradient this small beside the largest of the path counts as 0, a step this small beside the
// point as none: a million of them would be needed.
constexpr double negligible = 1e-6;

// How far beyond its start a point has to be to be far away.
constexpr double far_away = 1e6;

constexpr std::size_t num_quarters = 4;

std::vector<double> difference(std::span<const double> a, std::span<const double> b) {
  std::vector<double> d(a.size());
  std::transform(a.begin(), a.end(), b.begin(), d.begin(), std::minus<>());
  return d;
}

/// One descent; each function looks for one way to end and gives nothing when it was another.
class Judge {
 public:
  Judge(std::span<const DescentPoint> path, const DescentOptions& options)
      : path_(path), options_(options), last_(path.back()) {}

  [[nodiscard]] DescentOutcome outcome() const {
    using Look = std::optional<DescentOutcome> (Judge::*)() const;
    // The order matters: a frozen gradient looks converged too, and what grows may also go to and
    // fro.
    constexpr std::array<Look, 7> looks{&Judge::undefined,  &Judge::overflowed, &Judge::frozen,
                                        &Judge::converged,  &Judge::diverges,   &Judge::stuck,
                                        &Judge::oscillating};
    for (const Look look : looks) {
      if (const auto found = (this->*look)()) {
        return *found;
      }
    }
    return moving();
  }

 private:
  using Found = std::optional<DescentOutcome>;

  [[nodiscard]] std::size_t num_steps() const { return path_.size() - 1; }

  /// What is to become small.
  [[nodiscard]] double objective(std::size_t step) const {
    return options_.is_maximizing ? -path_[step].value : path_[step].value;
  }

  /// The first step from which on all points are such.
  template <class Predicate>
  [[nodiscard]] std::size_t since(const Predicate& is_such) const {
    std::size_t step = path_.size();
    while (step > 0 && is_such(path_[step - 1])) {
      --step;
    }
    return step;
  }

  /// With what is the same for all ends.
  [[nodiscard]] DescentOutcome ended(DescentEnd end, DescentReason reason,
                                     std::size_t since) const {
    return {.end = end,
            .reason = reason,
            .since = since,
            .is_maximizing = options_.is_maximizing,
            .last_step = num_steps(),
            .first_value = path_.front().value,
            .last_value = last_.value,
            .distance = euclidean_norm(last_.x),
            .gradient = euclidean_norm(last_.gradient),
            .largest_gradient = largest_gradient(),
            .last_change = last_change()};
  }

  [[nodiscard]] double last_change() const {
    return num_steps() == 0 ? 0 : std::abs(last_.value - path_[num_steps() - 1].value);
  }

  [[nodiscard]] double smaller_rate(double factor) const { return options_.learning_rate * factor; }

  [[nodiscard]] Found undefined() const {
    const bool is_value_lost = std::isnan(last_.value);
    const bool is_slope_lost = std::isfinite(last_.value) && !are_finite<double>(last_.gradient);
    if (!are_finite<double>(last_.x) || !(is_value_lost || is_slope_lost)) {
      return std::nullopt;
    }
    const DescentPart lost = is_value_lost ? DescentPart::value : DescentPart::gradient;
    if (is_far_away()) {  // where it may be defined and too large on the way, as in inf - inf
      return diverged(DescentReason::ran_out_of_numbers, num_steps(), lost);
    }
    const bool is_at_start = num_steps() == 0;
    DescentOutcome outcome =
        ended(DescentEnd::undefined,
              is_at_start ? DescentReason::undefined_at_start : DescentReason::undefined_on_the_way,
              num_steps());
    outcome.lost = lost;
    outcome.smaller_rate = is_at_start ? 0 : smaller_rate(0.1);
    return outcome;
  }

  [[nodiscard]] bool is_far_away() const {
    return euclidean_norm(last_.x) > far_away * std::max(1.0, euclidean_norm(path_.front().x));
  }

  [[nodiscard]] DescentOutcome diverged(DescentReason reason, std::size_t since,
                                        DescentPart lost = DescentPart::value) const {
    DescentOutcome outcome = ended(DescentEnd::diverged, reason, since);
    outcome.lost = lost;
    outcome.smaller_rate = reason == DescentReason::no_bound ? 0 : smaller_rate(0.1);
    return outcome;
  }

  [[nodiscard]] Found overflowed() const {
    if (are_finite<double>(last_.x) && are_finite<double>(last_.gradient)) {
      return std::nullopt;
    }
    const DescentPart lost =
        are_finite<double>(last_.x) ? DescentPart::gradient : DescentPart::point;
    const std::size_t first = since([](const DescentPoint& p) { return std::isinf(p.value); });
    if (first > num_steps()) {
      return diverged(DescentReason::ran_beyond_all_numbers, num_steps(), lost);
    }
    return objective(num_steps()) < objective(0)
               ? diverged(DescentReason::no_bound, first, lost)
               : diverged(DescentReason::overshot_all_numbers, first, lost);
  }

  [[nodiscard]] double largest_gradient() const {
    double largest = 0;
    for (const DescentPoint& point : path_) {
      largest = std::max(largest, euclidean_norm(point.gradient));
    }
    return largest;
  }

  /// The largest derivative on the path along coordinate i.
  [[nodiscard]] double largest_slope(std::size_t i) const {
    double largest = 0;
    for (const DescentPoint& point : path_) {
      largest = std::max(largest, std::abs(point.gradient[i]));
    }
    return largest;
  }

  /// All that could move stands still, some of it because h vanishes.
  [[nodiscard]] Found frozen() const {
    const double h = options_.difference_step;
    const auto is_frozen = [h](const DescentPoint& p, std::size_t i) {
      return p.gradient[i] == 0 && (p.x[i] + h == p.x[i] || p.x[i] - h == p.x[i]);
    };
    const bool is_flat = largest_gradient() == 0;
    std::optional<std::size_t> coordinate;
    for (std::size_t i = 0; h > 0 && i < last_.x.size(); ++i) {
      const double largest = largest_slope(i);
      if (std::abs(last_.gradient[i]) > negligible * largest) {
        return std::nullopt;
      }
      // One that never had a slope while others had may be one that f does not use.
      if (!coordinate && is_frozen(last_, i) && (largest > 0 || is_flat)) {
        coordinate = i;
      }
    }
    if (!coordinate) {
      return std::nullopt;
    }
    const std::size_t first =
        since([&](const DescentPoint& p) { return is_frozen(p, *coordinate); });
    const bool has_diverged = objective(num_steps()) > objective(0);
    DescentOutcome outcome = ended(
        DescentEnd::frozen,
        has_diverged ? DescentReason::step_vanishes_far_away : DescentReason::step_vanishes, first);
    outcome.coordinate = *coordinate;
    outcome.x = last_.x[*coordinate];
    outcome.h = h;
    outcome.smaller_rate = has_diverged ? smaller_rate(0.1) : 0;
    return outcome;
  }

  /// How far the last step went.
  [[nodiscard]] double last_move() const {
    return num_steps() == 0 ? 0 : euclidean_norm(difference(last_.x, path_[num_steps() - 1].x));
  }

  [[nodiscard]] Found converged() const {
    const double enough = negligible * largest_gradient();
    const auto is_small = [=](const DescentPoint& p) {
      return euclidean_norm(p.gradient) <= enough;
    };
    if (!is_small(last_) || !std::isfinite(last_.value) || objective(num_steps()) > objective(0) ||
        last_move() > negligible * std::max(1.0, euclidean_norm(last_.x))) {
      return std::nullopt;
    }
    const std::size_t first = since(is_small);
    const bool is_flat = euclidean_norm(last_.gradient) == 0;
    return ended(DescentEnd::converged,
                 first == 0 ? DescentReason::no_slope_at_start
                 : is_flat  ? DescentReason::no_slope
                            : DescentReason::little_slope,
                 first);
  }

  /// The largest objective in each quarter of the path.
  [[nodiscard]] std::array<double, num_quarters> quarters() const {
    std::array<double, num_quarters> largest;
    for (std::size_t quarter = 0; quarter < num_quarters; ++quarter) {
      const std::size_t begin = quarter * path_.size() / num_quarters;
      const std::size_t end = (quarter + 1) * path_.size() / num_quarters;
      largest[quarter] = objective(begin);
      for (std::size_t step = begin; step < end; ++step) {
        largest[quarter] = std::max(largest[quarter], objective(step));
      }
    }
    return largest;
  }

  [[nodiscard]] Found diverges() const {
    const auto largest = quarters();
    const double rise = largest.back() - largest.front();
    const bool rises = path_.size() >= num_quarters &&
                       std::is_sorted(largest.begin(), largest.end()) &&
                       rise > 1e-3 * std::abs(largest.front());
    // A minimum may lie far away: then f falls on the way there, and the gradient does not grow.
    const bool has_risen = objective(num_steps()) > objective(0);
    const bool grows = euclidean_norm(last_.gradient) > 2 * euclidean_norm(path_.front().gradient);
    if (!rises && !((has_risen || grows) && is_far_away())) {
      return std::nullopt;
    }
    return diverged(objective(num_steps()) < objective(0) ? DescentReason::no_bound
                                                          : DescentReason::overshooting,
                    0);
  }

  /// The mean length of the moves that `part` of a point makes from step to step.
  template <class Part>
  [[nodiscard]] double mean_move(const Part& part) const {
    double length = 0;
    for (std::size_t step = 1; step < path_.size(); ++step) {
      length += euclidean_norm(difference(part(path_[step]), part(path_[step - 1])));
    }
    return length / static_cast<double>(num_steps());
  }

  [[nodiscard]] Found stuck() const {
    const double move = mean_move([](const DescentPoint& p) -> const auto& { return p.x; });
    const double turn = mean_move([](const DescentPoint& p) -> const auto& { return p.gradient; });
    const double slope = euclidean_norm(last_.gradient);
    if (move > negligible * std::max(1.0, euclidean_norm(last_.x)) || turn > negligible * slope) {
      return std::nullopt;
    }
    DescentOutcome outcome =
        ended(DescentEnd::stuck,
              slope < negligible ? DescentReason::plateau : DescentReason::tiny_steps, 0);
    outcome.move = move;
    return outcome;
  }

  [[nodiscard]] Found oscillating() const {
    if (num_steps() < num_quarters) {
      return std::nullopt;
    }
    std::size_t num_turns = 0;
    const std::size_t half = path_.size() / 2;
    for (std::size_t step = half + 1; step < path_.size(); ++step) {
      const auto now = difference(path_[step].x, path_[step - 1].x);
      const auto before = difference(path_[step - 1].x, path_[step - 2].x);
      num_turns += std::inner_product(now.begin(), now.end(), before.begin(), 0.0) < 0 ? 1U : 0U;
    }
    const auto largest = quarters();
    const double fall = largest[2] - largest[3];
    const double fallen_before = std::abs(objective(0) - largest[2]);
    const bool falls = fall > 1e-3 * fallen_before + 1e-9 * std::abs(largest[2]);
    if (falls || 10 * num_turns < 9 * (path_.size() - half - 1)) {
      return std::nullopt;
    }
    DescentOutcome outcome = ended(DescentEnd::oscillating, DescentReason::to_and_fro, half);
    outcome.smaller_rate = smaller_rate(0.5);
    return outcome;
  }

  [[nodiscard]] DescentOutcome moving() const {
    return ended(DescentEnd::moving, DescentReason::on_the_way, 0);
  }

  std::span<const DescentPoint> path_;
  const DescentOptions& options_;
  const DescentPoint& last_;
};

}  // namespace

std::string_view to_string(DescentEnd end) noexcept {
  switch (end) {
    case DescentEnd::converged:
      return "converged";
    case DescentEnd::moving:
      return "moving";
    case DescentEnd::stuck:
      return "stuck";
    case DescentEnd::oscillating:
      return "oscillating";
    case DescentEnd::diverged:
      return "diverged";
    case DescentEnd::frozen:
      return "frozen";
    case DescentEnd::undefined:
      return "undefined";
    case DescentEnd::kink:
      return "kink";
  }
  return "";
}

std::string_view to_string(DescentReason reason) noexcept {
  switch (reason) {
    case DescentReason::no_slope_at_start:
      return "no_slope_at_start";
    case DescentReason::no_slope:
      return "no_slope";
    case DescentReason::little_slope:
      return "little_slope";
    case DescentReason::on_the_way:
      return "on_the_way";
    case DescentReason::tiny_steps:
      return "tiny_steps";
    case DescentReason::plateau:
      return "plateau";
    case DescentReason::to_and_fro:
      return "to_and_fro";
    case DescentReason::overshooting:
      return "overshooting";
    case DescentReason::overshot_all_numbers:
      return "overshot_all_numbers";
    case DescentReason::no_bound:
      return "no_bound";
    case DescentReason::ran_beyond_all_numbers:
      return "ran_beyond_all_numbers";
    case DescentReason::ran_out_of_numbers:
      return "ran_out_of_numbers";
    case DescentReason::step_vanishes:
      return "step_vanishes";
    case DescentReason::step_vanishes_far_away:
      return "step_vanishes_far_away";
    case DescentReason::undefined_at_start:
      return "undefined_at_start";
    case DescentReason::undefined_on_the_way:
      return "undefined_on_the_way";
    case DescentReason::kink_at_start:
      return "kink_at_start";
    case DescentReason::kink_on_the_way:
      return "kink_on_the_way";
  }
  return "";
}

DescentOutcome judge_descent(std::span<const DescentPoint> path, const DescentOptions& options) {
  return Judge(path, options).outcome();
}

}  // namespace gradus

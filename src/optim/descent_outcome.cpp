// SPDX-License-Identifier: MIT
#include "descent_outcome.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <optional>

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

bool is_finite(std::span<const double> x) {
  return std::isfinite(std::accumulate(x.begin(), x.end(), 0.0, [](double sum, double number) {
    return std::isfinite(number) ? sum : number;
  }));
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
                                        &Judge::converged,  &Judge::diverged,   &Judge::stuck,
                                        &Judge::oscillating};
    for (const Look look : looks) {
      if (auto found = (this->*look)()) {
        return *std::move(found);
      }
    }
    return moving();
  }

 private:
  using Found = std::optional<DescentOutcome>;

  [[nodiscard]] std::size_t num_steps() const { return path_.size() - 1; }
  [[nodiscard]] const char* goal() const { return options_.is_maximizing ? "maximum" : "minimum"; }

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

  [[nodiscard]] std::string smaller_rate(double factor) const {
    return fmt::format("a smaller learning rate, such as {:.3g}", options_.learning_rate * factor);
  }

  [[nodiscard]] Found undefined() const {
    const bool is_value_lost = std::isnan(last_.value);
    const bool is_slope_lost = std::isfinite(last_.value) && !is_finite(last_.gradient);
    if (!is_finite(last_.x) || !(is_value_lost || is_slope_lost)) {
      return std::nullopt;
    }
    const std::string where =
        num_steps() == 0 ? "at the start" : fmt::format("at step {}", num_steps());
    const std::string what = fmt::format(
        "{} {}", is_value_lost ? "f is not a number" : "the gradient is not finite", where);
    if (is_far_away()) {  // where it may be defined and too large on the way, as in inf - inf
      return ran_away(fmt::format("{}, where |x| is {:.3g}", what, euclidean_norm(last_.x)));
    }
    return DescentOutcome{
        DescentEnd::undefined, num_steps(), what + ": outside of where f is defined",
        num_steps() == 0 ? "another start" : "another start, or " + smaller_rate(0.1)};
  }

  [[nodiscard]] bool is_far_away() const {
    return euclidean_norm(last_.x) > far_away * std::max(1.0, euclidean_norm(path_.front().x));
  }

  [[nodiscard]] DescentOutcome ran_away(const std::string& how) const {
    return {DescentEnd::diverged, num_steps(), "the point ran away: " + how, smaller_rate(0.1)};
  }

  [[nodiscard]] DescentOutcome overshot(std::size_t since, const std::string& how) const {
    return {DescentEnd::diverged, since, "each step overshoots farther than the one before: " + how,
            smaller_rate(0.1)};
  }

  [[nodiscard]] DescentOutcome fell_without_end(std::size_t since) const {
    return {DescentEnd::diverged, since,
            fmt::format("f {} without end, to {:.3g}: it seems to have no {} this way",
                        options_.is_maximizing ? "rises" : "falls", last_.value, goal()),
            "the other direction, or another start"};
  }

  [[nodiscard]] Found overflowed() const {
    if (is_finite(last_.x) && is_finite(last_.gradient)) {
      return std::nullopt;
    }
    const std::size_t first = since([](const DescentPoint& p) { return std::isinf(p.value); });
    if (first > num_steps()) {
      return ran_away(fmt::format("at step {} it is beyond the largest number, where f is {:.3g}",
                                  num_steps(), last_.value));
    }
    if (objective(num_steps()) < objective(0)) {
      return fell_without_end(first);
    }
    const char* const what = is_finite(last_.x) ? "gradient" : "point";
    return overshot(first,
                    fmt::format("from step {} on f is beyond the largest number, and at step "
                                "{} so is the {}",
                                first, num_steps(), what));
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
    return DescentOutcome{
        DescentEnd::frozen, first,
        fmt::format("from step {0} on x{1} + h == x{1}: beside {2:.3g} the step h = {3} vanishes, "
                    "and the numerical gradient is 0",
                    first, *coordinate, last_.x[*coordinate], h),
        has_diverged ? smaller_rate(0.1) + "; before it froze, it diverged"
                     : "an exact gradient, or a larger h"};
  }

  [[nodiscard]] Found converged() const {
    const double enough = negligible * largest_gradient();
    const auto is_small = [=](const DescentPoint& p) {
      return euclidean_norm(p.gradient) <= enough;
    };
    if (!is_small(last_) || !std::isfinite(last_.value) || objective(num_steps()) > objective(0)) {
      return std::nullopt;
    }
    const std::size_t first = since(is_small);
    const bool is_flat = euclidean_norm(last_.gradient) == 0;
    return DescentOutcome{
        DescentEnd::converged, first,
        first == 0 ? fmt::format("the gradient is 0 at the start already: a {}, or a saddle or a "
                                 "plateau",
                                 goal())
                   : fmt::format(
                         "the gradient is {}: a {}, unless it is a saddle or a plateau",
                         is_flat ? "0"
                                 : fmt::format("{:.0e} of its largest",
                                               euclidean_norm(last_.gradient) / largest_gradient()),
                         goal()),
        first == 0 ? "another start" : ""};
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

  [[nodiscard]] Found diverged() const {
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
    if (objective(num_steps()) < objective(0)) {
      return fell_without_end(0);
    }
    return overshot(
        0, fmt::format("f {} from {:.3g} to {:.3g}", options_.is_maximizing ? "falls" : "rises",
                       path_.front().value, last_.value));
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
    return DescentOutcome{
        DescentEnd::stuck, 0,
        fmt::format(
            "a step moves by {:.1g} and would have to be made over a million times to get "
            "anywhere{}",
            move, slope < negligible ? fmt::format("; the slope here is only {:.1g}", slope) : ""),
        slope < negligible ? "another start, or a much larger learning rate"
                           : "a much larger learning rate"};
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
    return DescentOutcome{DescentEnd::oscillating, half,
                          fmt::format("the steps go to and fro over the {} and f gets no {}",
                                      goal(), options_.is_maximizing ? "higher" : "lower"),
                          smaller_rate(0.5)};
  }

  [[nodiscard]] DescentOutcome moving() const {
    const double largest = largest_gradient();
    return {
        DescentEnd::moving, 0,
        fmt::format("on the way when the steps ran out: the gradient is {:.2g} % of its largest",
                    100 * euclidean_norm(last_.gradient) / largest),
        "more steps, or a larger learning rate"};
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
  }
  return "";
}

DescentOutcome judge_descent(std::span<const DescentPoint> path, const DescentOptions& options) {
  return Judge(path, options).outcome();
}

}  // namespace gradus

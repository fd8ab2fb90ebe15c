// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <limits>
#include <vector>

#include "gradus/diff/derivative_estimate.hpp"
#include "gradus/diff/running_error.hpp"

namespace gradus {

/// The distance from 1 to the next double.
inline constexpr double machine_epsilon = std::numeric_limits<double>::epsilon();

/// Central differences of one function at one place, over many steps.
class DifferenceSweep {
 public:
  /// Evaluates f around x, from steps where rounding rules up to steps of the size of x.
  DifferenceSweep(const std::function<RunningError(double)>& f, double x, double scale);

  /// Adds a step far beyond the largest one. A function that is nearly a straight line has no
  /// truncation to fear there, and little noise.
  void add_far_step();

  /// What choose() found.
  struct Choice {
    std::size_t level = 0;
    double error = std::numeric_limits<double>::infinity();
    std::size_t level_without_rule = 0;  // before every smaller step had to agree
  };

  /// The noise of the difference on a level.
  using NoiseOfLevel = std::function<double(std::size_t)>;

  /// The level with the smallest truncation + noise that every smaller step agrees with.
  [[nodiscard]] Choice choose(const NoiseOfLevel& noise) const;

  /// Whether the slope jumps at x itself.
  [[nodiscard]] bool is_kink(const NoiseOfLevel& noise) const;

  /// Whether a larger step than there is might be better still than the chosen one.
  [[nodiscard]] bool may_gain_from_far_step(const Choice& choice) const;

  struct Level {
    double step;
    double slope;          // the central difference
    double largest_value;  // of |f| at both ends
    double
        bend;  // |f(x+h) - 2 f(x) + f(x-h)| / 2h: half of how far the slopes to both sides differ
    double carried_error;  // of the slope, from the errors that f carries
  };
  [[nodiscard]] const std::vector<Level>& levels() const noexcept { return levels_; }
  [[nodiscard]] bool is_far(std::size_t level) const noexcept { return level >= num_near_levels_; }
  [[nodiscard]] double value_at_x() const noexcept { return f_x_.value; }
  [[nodiscard]] std::size_t num_evaluations() const noexcept { return 1 + 2 * levels_.size(); }

  /// The step that suits a one-sided difference: its error is the bend plus the noise.
  [[nodiscard]] double one_sided_step(const NoiseOfLevel& noise) const;

  [[nodiscard]] DerivativeEstimate result(const Choice& choice, const NoiseOfLevel& noise) const;

 private:
  void add_level(double step);
  [[nodiscard]] double truncation(std::size_t level, const NoiseOfLevel& noise) const;

  const std::function<RunningError(double)>& f_;
  double x_;
  RunningError f_x_;
  std::vector<Level> levels_;
  std::size_t num_near_levels_ = 0;  // before the far ones
};

}  // namespace gradus

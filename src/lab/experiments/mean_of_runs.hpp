// SPDX-License-Identifier: MIT
#pragma once

#include <span>

namespace gradus {

/// What several runs came to that differ in their random numbers alone.
struct MeanOfRuns {
  double mean = 0;
  double error = 0;  // standard error of the mean; not a number for one run
  double lowest = 0;
  double highest = 0;
};

/// @param numbers  one of each run; not empty
[[nodiscard]] MeanOfRuns mean_of_runs(std::span<const double> numbers);

/// Whether a is above b by more than chance explains: on average by more than two standard errors
/// of that average.
/// @param a  one number of each run
/// @param b  of the same runs: what they have in common cancels
[[nodiscard]] bool is_clearly_above(std::span<const double> a, std::span<const double> b);

}  // namespace gradus

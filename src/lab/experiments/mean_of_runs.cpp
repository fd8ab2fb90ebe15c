// SPDX-License-Identifier: MIT
#include "mean_of_runs.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <numeric>
#include <vector>

namespace gradus {

MeanOfRuns mean_of_runs(std::span<const double> numbers) {
  const auto count = static_cast<double>(numbers.size());
  const auto [lowest, highest] = std::minmax_element(numbers.begin(), numbers.end());
  MeanOfRuns runs{.mean = std::accumulate(numbers.begin(), numbers.end(), 0.0) / count,
                  .lowest = *lowest,
                  .highest = *highest};
  double squares = 0;
  for (const double number : numbers) {
    squares += (number - runs.mean) * (number - runs.mean);
  }
  runs.error = std::sqrt(squares / ((count - 1) * count));
  return runs;
}

bool is_clearly_above(std::span<const double> a, std::span<const double> b) {
  std::vector<double> differences;
  std::transform(a.begin(), a.end(), b.begin(), std::back_inserter(differences), std::minus<>());
  const MeanOfRuns runs = mean_of_runs(differences);
  return runs.mean > 2 * runs.error;
}

}  // namespace gradus

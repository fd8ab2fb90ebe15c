// SPDX-License-Identifier: MIT
#include "best_line.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

namespace gradus {
namespace {

/// How far each point lies along a direction, with its class; sorted.
std::vector<std::pair<double, Label>> shadows(const Samples& samples, double cosine, double sine) {
  std::vector<std::pair<double, Label>> points;
  for (std::size_t n = 0; n < samples.labels.size(); ++n) {
    points.emplace_back(cosine * samples.values[2 * n] + sine * samples.values[2 * n + 1],
                        samples.labels[n]);
  }
  std::sort(points.begin(), points.end());
  return points;
}

}  // namespace

BestLine best_line(const Samples& samples, std::size_t num_directions) {
  const std::size_t count = samples.labels.size();
  const auto num_ones =
      static_cast<std::size_t>(std::count(samples.labels.begin(), samples.labels.end(), Label{1}));
  BestLine best{{1, 0, 0}, 0, 0};
  for (std::size_t i = 0; i < num_directions; ++i) {
    const double angle = std::numbers::pi * static_cast<double>(i) /
                         static_cast<double>(num_directions);  // half a turn: lines have two sides
    const double cosine = std::cos(angle);
    const double sine = std::sin(angle);
    const std::vector<std::pair<double, Label>> points = shadows(samples, cosine, sine);
    std::size_t ones_below = 0;
    for (std::size_t n = 0; n < count; ++n) {
      ones_below += points[n].second;
      const double next = n + 1 < count ? points[n + 1].first : points[n].first + 1;
      if (points[n].first == next) {
        continue;  // no line passes between them
      }
      ++best.num_lines;
      const std::size_t zeros_below = n + 1 - ones_below;
      const std::size_t correct = zeros_below + (num_ones - ones_below);
      const std::size_t most = std::max(correct, count - correct);
      if (most > best.num_correct) {
        best = {{cosine, sine, (points[n].first + next) / 2}, most, best.num_lines};
      }
    }
  }
  return best;
}

}  // namespace gradus

// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstddef>
#include <iterator>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "gradus/core/numbers_below.hpp"
#include "gradus/lab/run_figures.hpp"

namespace gradus {
namespace {

constexpr std::size_t max_points = 1000;

/// What is drawn of a target.
std::vector<Miss> shown_of(std::span<const Miss> misses, std::size_t target) {
  std::vector<Miss> own;
  std::copy_if(misses.begin(), misses.end(), std::back_inserter(own),
               [target](const Miss& miss) { return miss.target == target; });
  std::vector<Miss> shown;
  for (const std::size_t i : some_numbers_below<std::size_t>(own.size(), max_points)) {
    shown.push_back(own[i]);
  }
  return shown;
}

/// A straight line from the least to the greatest x.
Series guide_over(const std::vector<double>& x, double slope) {
  Series guide{.kind = SeriesKind::guide};
  if (!x.empty()) {
    const auto [least, greatest] = std::minmax_element(x.begin(), x.end());
    guide.x = {*least, *greatest};
    guide.y = {slope * *least, slope * *greatest};
  }
  return guide;
}

}  // namespace

Figure predictions_figure(std::span<const Miss> misses, std::size_t target,
                          const std::string& name) {
  Series points{.kind = SeriesKind::points};
  for (const Miss& miss : shown_of(misses, target)) {
    points.x.push_back(miss.truth);
    points.y.push_back(miss.answer);
  }
  Series equal = guide_over(points.x, 1);
  equal.label = "equal";
  return {.title = "predictions_figure",
          .values = {{"target", name}},
          .x = {"true_value"},
          .y = {"predicted_value"},
          .series = {std::move(equal), std::move(points)}};
}

Figure residuals_figure(std::span<const Miss> misses, std::size_t target, const std::string& name) {
  Series points{.kind = SeriesKind::points};
  for (const Miss& miss : shown_of(misses, target)) {
    points.x.push_back(miss.answer);
    points.y.push_back(miss.answer - miss.truth);
  }
  Series none = guide_over(points.x, 0);
  return {.title = "residuals_figure",
          .values = {{"target", name}},
          .x = {"predicted_value"},
          .y = {"difference"},
          .series = {std::move(none), std::move(points)}};
}

}  // namespace gradus

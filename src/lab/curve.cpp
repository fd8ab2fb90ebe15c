// SPDX-License-Identifier: MIT
#include "curve.hpp"

#include <array>
#include <span>
#include <utility>
#include <vector>

namespace gradus {

std::vector<double> evenly_spaced(double low, double high, std::size_t num_points) {
  std::vector<double> x;
  for (std::size_t i = 0; i < num_points; ++i) {
    const double share = static_cast<double>(i) / static_cast<double>(num_points - 1);
    x.push_back(low + share * (high - low));
  }
  return x;
}

double at(const Expression& f, double x) {
  return f(std::span<const double>(&x, 1));
}

Series curve(std::string label, const Expression& f, double low, double high,
             std::size_t num_points) {
  Series series{.kind = SeriesKind::line,
                .label = std::move(label),
                .x = evenly_spaced(low, high, num_points)};
  for (const double x : series.x) {
    series.y.push_back(at(f, x));
  }
  return series;
}

Series straight_line(std::string label, double x, double y, double slope, double low, double high) {
  return {.kind = SeriesKind::line,
          .label = std::move(label),
          .x = {low, high},
          .y = {y + slope * (low - x), y + slope * (high - x)}};
}

Series over_grid(SeriesKind kind, std::string label, const Expression& f, double low, double high,
                 std::size_t num_points) {
  return over_grid(kind, std::move(label), f, evenly_spaced(low, high, num_points));
}

Series over_grid(SeriesKind kind, std::string label, const Expression& f,
                 std::vector<double> places) {
  Series series{.kind = kind, .label = std::move(label), .x = places, .y = std::move(places)};
  for (const double x0 : series.x) {
    for (const double x1 : series.y) {
      series.z.push_back(f(std::span<const double>(std::array{x0, x1})));
    }
  }
  return series;
}

}  // namespace gradus

// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "curve.hpp"
#include "gradus/core/numbers_below.hpp"
#include "gradus/data/classes.hpp"
#include "gradus/lab/run_figures.hpp"
#include "gradus/train/plane_answers.hpp"

namespace gradus {
namespace {

constexpr std::size_t cells_across = 200;
constexpr std::size_t places_along = 400;
constexpr std::size_t max_points = 1000;  // of training samples, and as many test samples
constexpr double margin = 0.05;           // beyond the points, of their width

double feature_of(const Samples& samples, std::size_t sample, std::size_t column) {
  const std::size_t place = sample * samples.num_features + column;
  return samples.values.empty() ? samples.bytes[place] : static_cast<double>(samples.values[place]);
}

/// From a little below the least value of a column to a little above the greatest.
std::pair<double, double> range_of(const Dataset& dataset, std::size_t column) {
  double low = std::numeric_limits<double>::infinity();
  double high = -low;
  for (const Samples* samples : {&dataset.train, &dataset.test}) {
    for (std::size_t i = 0; i < samples->num_samples(); ++i) {
      low = std::min(low, feature_of(*samples, i, column));
      high = std::max(high, feature_of(*samples, i, column));
    }
  }
  const double width = high > low ? high - low : 1;
  return {low - margin * width, high + margin * width};
}

std::vector<double> spaced(std::pair<double, double> range, std::size_t count) {
  return evenly_spaced(range.first, range.second, count);
}

/// An axis that is called as a column of the table, or by its number.
Axis axis_of(const TableLayout& layout, std::size_t column) {
  const bool is_known = column < layout.features.size();
  if (is_known && !layout.features[column].name.empty()) {
    return {.label = "named_column", .values = {{"name", layout.features[column].name}}};
  }
  const std::size_t place = is_known ? layout.features[column].place : column;
  return {.label = "numbered_column", .values = {{"number", place + 1}}};
}

/// The lines between neighbouring cells of other classes: so regions are told apart in print, too.
Series edges_of(const Series& regions) {
  Series edges{.kind = SeriesKind::trace};
  const double gap = std::numeric_limits<double>::quiet_NaN();
  const double half_x = (regions.x[1] - regions.x[0]) / 2;
  const double half_y = (regions.y[1] - regions.y[0]) / 2;
  const std::size_t num_y = regions.y.size();
  for (std::size_t i = 0; i < regions.x.size(); ++i) {
    for (std::size_t j = 0; j < num_y; ++j) {
      const double x = regions.x[i];
      const double y = regions.y[j];
      const double here = regions.z[i * num_y + j];
      if (i + 1 < regions.x.size() && regions.z[(i + 1) * num_y + j] != here) {
        edges.x.insert(edges.x.end(), {x + half_x, x + half_x, gap});
        edges.y.insert(edges.y.end(), {y - half_y, y + half_y, gap});
      }
      if (j + 1 < num_y && regions.z[i * num_y + j + 1] != here) {
        edges.x.insert(edges.x.end(), {x - half_x, x + half_x, gap});
        edges.y.insert(edges.y.end(), {y + half_y, y + half_y, gap});
      }
    }
  }
  return edges;
}

/// The samples of one class, as points.
Series points_of(const Samples& samples, Label label) {
  Series series{.kind = SeriesKind::points, .group = label};
  for (const std::size_t i : some_numbers_below<std::size_t>(samples.num_samples(), max_points)) {
    if (samples.labels[i] == label) {
      series.x.push_back(feature_of(samples, i, 0));
      series.y.push_back(feature_of(samples, i, 1));
    }
  }
  return series;
}

/// The samples with one of the numbers that are learned of them, as points.
Series points_of(const Samples& samples, std::size_t target, std::string label) {
  Series series{.kind = SeriesKind::points, .label = std::move(label), .group = 0};
  for (const std::size_t i : some_numbers_below<std::size_t>(samples.num_samples(), max_points)) {
    series.x.push_back(feature_of(samples, i, 0));
    series.y.push_back(static_cast<double>(samples.targets[i * samples.num_targets + target]));
  }
  return series;
}

TableLayout layout_in(const AnyModel& model) {
  return std::visit([](const auto& typed) { return typed.layout; }, model);
}

}  // namespace

Figure regions_figure(const AnyModel& model, const Dataset& dataset) {
  Figure figure{.title = "regions_figure",
                .x = axis_of(layout_in(model), 0),
                .y = axis_of(layout_in(model), 1)};
  figure.x.range = range_of(dataset, 0);
  figure.y.range = range_of(dataset, 1);
  Series regions{.kind = SeriesKind::regions,
                 .x = spaced(*figure.x.range, cells_across),
                 .y = spaced(*figure.y.range, cells_across)};
  const std::vector<Label> classes = classes_over_grid(model, regions.x, regions.y);
  regions.z.assign(classes.begin(), classes.end());
  Series edges = edges_of(regions);
  figure.series.push_back(std::move(regions));
  figure.series.push_back(std::move(edges));
  for (Label c = 0; c < dataset.num_classes; ++c) {
    const std::vector<NamedValue> values{{"class", class_name(dataset.class_names, c)}};
    Series train = points_of(dataset.train, c);
    train.kind = SeriesKind::hollow_points;
    train.label = "class_training";
    Series test = points_of(dataset.test, c);
    test.label = "class_test";
    for (Series* const series : {&train, &test}) {
      series->values = values;
      figure.series.push_back(std::move(*series));
    }
  }
  return figure;
}

Figure curve_figure(const AnyModel& model, const Dataset& dataset, std::size_t target) {
  Figure figure{.title = "curve_figure",
                .x = axis_of(layout_in(model), 0),
                .y = {.label = "named_column", .values = {{"name", target_name(model, target)}}}};
  figure.x.range = range_of(dataset, 0);
  Series curve{.kind = SeriesKind::line,
               .label = "learned_curve",
               .x = spaced(*figure.x.range, places_along),
               .group = 1};
  curve.y = answers_along(model, curve.x, target);
  Series train = points_of(dataset.train, target, "training_samples");
  train.kind = SeriesKind::hollow_points;
  figure.series = {std::move(train), points_of(dataset.test, target, "test_samples"),
                   std::move(curve)};
  return figure;
}

std::vector<Figure> plane_figures(const AnyModel& model, const Dataset& dataset) {
  std::vector<Figure> figures;
  if (has_regions(model)) {
    figures.push_back(regions_figure(model, dataset));
  }
  if (has_curves(model)) {
    for (std::size_t k = 0; k < dataset.num_outputs(); ++k) {
      figures.push_back(curve_figure(model, dataset, k));
    }
  }
  return figures;
}

}  // namespace gradus

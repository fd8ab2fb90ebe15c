// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "every_experiment.hpp"
#include "lab/curve.hpp"
#include "plane_parameters.hpp"

namespace gradus {
namespace surface_lab {
namespace {

constexpr std::size_t most_points = 100;  // a side

constexpr std::array<std::string_view, 4> functions{"x0^2/20 + x1^2", "x0^2 - x1^2",
                                                    "sin(x0) * cos(x1)", "(x0^2 - 2)^2 + x1^2"};
constexpr std::array<std::string_view, 2> lows{"-2", "1"};
constexpr std::array<std::string_view, 2> highs{"2", "3.25"};
constexpr std::array<std::string_view, 2> steps{"0.5", "0.1"};
constexpr std::array parameters{
    function_of_plane(functions),
    Parameter{.id = "low",
              .kind = ParameterKind::real,
              .initial = "-3",
              .tries = lows,
              .minimum = -largest_coordinate,
              .maximum = largest_coordinate},
    Parameter{.id = "high",
              .kind = ParameterKind::real,
              .initial = "3",
              .tries = highs,
              .minimum = -largest_coordinate,
              .maximum = largest_coordinate},
    Parameter{.id = "step",
              .kind = ParameterKind::real,
              .initial = "0.25",
              .tries = steps,
              .minimum = 1e-6,
              .maximum = largest_coordinate},
};

/// low, low + step, low + 2 step, ... below high, as NumPy's arange has them.
std::vector<double> places(const Settings& given) {
  const double low = given.real("low");
  const double step = given.real("step");
  const double count = std::ceil((given.real("high") - low) / step);
  if (count < 2) {
    given.refuse("high", "more than low + step");
  }
  if (count > most_points) {
    given.refuse("step", "a step that makes at most " + std::to_string(most_points) +
                             " points from low to high");
  }
  std::vector<double> found;
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
    found.push_back(low + static_cast<double>(i) * step);
  }
  return found;
}

struct Place {
  double x0;
  double x1;
  double value;
  bool is_at_edge;
};

/// The places where f is a number, the lowest first; of equally low ones in the order of the grid.
std::vector<Place> by_height(const Series& grid) {
  std::vector<Place> found;
  for (std::size_t i = 0; i < grid.z.size(); ++i) {
    const std::size_t row = i / grid.y.size();
    const std::size_t column = i % grid.y.size();
    const bool is_at_edge =
        row == 0 || column == 0 || row + 1 == grid.x.size() || column + 1 == grid.y.size();
    if (std::isfinite(grid.z[i])) {
      found.push_back({grid.x[row], grid.y[column], grid.z[i], is_at_edge});
    }
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Place& a, const Place& b) { return a.value < b.value; });
  return found;
}

/// What can be said of the lowest and the highest place.
void explain(Result& result, const std::vector<Place>& found) {
  const Place& lowest = found.front();
  const Place& highest = found.back();
  const std::vector<NamedValue> facts{
      {"x0", lowest.x0}, {"x1", lowest.x1}, {"f", lowest.value}, {"highest", highest.value}};
  const auto num_lowest = std::count_if(
      found.begin(), found.end(), [&](const Place& place) { return place.value == lowest.value; });
  if (lowest.value == highest.value) {
    result.find("level", facts);
  } else if (lowest.is_at_edge) {
    result.find("lowest_at_the_edge", facts);
  } else if (num_lowest > 1) {
    result.find("several_lowest",
                {{"count", num_lowest}, {"x0", lowest.x0}, {"x1", lowest.x1}, {"f", lowest.value}});
  } else {
    result.find("lowest_inside", facts);
  }
}

Result run(const Settings& given) {
  const Expression& f = given.function("f");
  const Series surface = over_grid(SeriesKind::surface, "", f, places(given));
  Series contour = surface;
  contour.kind = SeriesKind::contour;
  const auto count = static_cast<double>(surface.x.size());
  const std::vector<Place> found = by_height(surface);

  Result result;
  result.scalars = {{"points_a_side", count},
                    {"points", count * count},
                    {"first", surface.x.front()},
                    {"last", surface.x.back()}};
  Figure map{.title = "contour_figure",
             .x = {.label = "x0", .range = std::pair{surface.x.front(), surface.x.back()}},
             .y = {.label = "x1", .range = std::pair{surface.x.front(), surface.x.back()}},
             .series = {contour},
             .has_equal_scales = true};
  if (found.empty()) {
    result.warn("no_values");
  } else {
    const Place& lowest = found.front();
    const Place& highest = found.back();
    result.tables.push_back({"extremes",
                             {{"place"}, {"x0"}, {"x1"}, {"f_value"}},
                             {{TextId{"lowest"}, lowest.x0, lowest.x1, lowest.value},
                              {TextId{"highest"}, highest.x0, highest.x1, highest.value}}});
    map.series.push_back(
        {.kind = SeriesKind::points, .label = "lowest", .x = {lowest.x0}, .y = {lowest.x1}});
    if (found.size() < surface.z.size()) {
      result.warn("gaps", {{"count", surface.z.size() - found.size()}});
    }
    explain(result, found);
  }
  result.figures = {{.title = "surface_figure",
                     .x = {"x0"},
                     .y = {"x1"},
                     .z = Axis{"f_value"},
                     .series = {surface}},
                    std::move(map)};
  result.find("contours");
  result.find("arange", {{"count", count},
                         {"low", given.real("low")},
                         {"high", given.real("high")},
                         {"step", given.real("step")},
                         {"last", surface.x.back()}});
  result.mistake("empty_picture");
  return result;
}

}  // namespace
}  // namespace surface_lab

constinit const Experiment surface_experiment{"surface", "4.4", surface_lab::parameters,
                                              surface_lab::run};

}  // namespace gradus

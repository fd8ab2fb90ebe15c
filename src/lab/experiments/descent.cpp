// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "every_experiment.hpp"
#include "gradus/core/numbers_below.hpp"
#include "gradus/math/norm.hpp"
#include "gradus/optim/gradient_descent.hpp"
#include "lab/curve.hpp"
#include "plane_descent.hpp"
#include "plane_parameters.hpp"

namespace gradus {
namespace descent_lab {
namespace {

constexpr std::array<std::string_view, 2> functions{"x0^2/20 + x1^2", "x0^2 - x1^2"};
constexpr std::array<std::string_view, 2> starts{"-3,3", "3,0"};
constexpr std::array<std::string_view, 5> rates{"0.01", "0.5", "1", "10", "1e-10"};
constexpr std::array<std::string_view, 1> step_counts{"100"};
constexpr std::array parameters{
    function_of_plane(functions),
    place_in_plane("start", "-3,4", starts),
    Parameter{.id = "lr",
              .kind = ParameterKind::real,
              .initial = "0.1",
              .tries = rates,
              .minimum = 1e-300,
              .maximum = largest_coordinate},
    number_of_steps("20", step_counts),
    way_to_differentiate(),
};

/// 0 to 10, then every tenth, and the last.
Table path_table(const std::vector<DescentPoint>& path) {
  Table table{"path",
              {{"step"}, {"x0", all_digits}, {"x1", all_digits}, {"f_value"}, {"gradient_length"}},
              {}};
  for (std::size_t step = 0; step < path.size(); ++step) {
    if (step <= 10 || step % 10 == 0 || step + 1 == path.size()) {
      const DescentPoint& point = path[step];
      table.rows.push_back(
          {step, point.x[0], point.x[1], point.value, euclidean_norm(point.gradient)});
    }
  }
  return table;
}

Figure map_figure(const Expression& f, const std::vector<DescentPoint>& path) {
  Series way{.kind = SeriesKind::line, .label = "way"};
  Series points{.kind = SeriesKind::points, .label = "points"};
  double reach = 0;
  for (const DescentPoint& point : path) {
    way.x.push_back(point.x[0]);
    way.y.push_back(point.x[1]);
    // A path that leaves the map is followed only as long as the map can show it.
    const double away = std::max(std::abs(point.x[0]), std::abs(point.x[1]));
    reach = away <= largest_coordinate ? std::max(reach, away) : reach;
  }
  points.x = way.x;
  points.y = way.y;
  const double edge = reach == 0 ? 1 : 1.15 * reach;
  return {.title = "map_figure",
          .x = {.label = "x0", .range = std::pair{-edge, edge}},
          .y = {.label = "x1", .range = std::pair{-edge, edge}},
          .series = {over_grid(SeriesKind::contour, "", f, -edge, edge, 60), way, points},
          .has_equal_scales = true};
}

Figure fall_figure(const std::vector<DescentPoint>& path) {
  Series fall{
      .kind = SeriesKind::line, .label = "f_value", .x = numbers_below<double>(path.size())};
  bool is_positive = true;
  for (const DescentPoint& point : path) {
    fall.y.push_back(point.value);
    is_positive = is_positive && point.value > 0;
  }
  return {.title = "fall_figure", .x = {"step"}, .y = {"f_value", is_positive}, .series = {fall}};
}

Result run(const Settings& given) {
  const DescentResult descent =
      descend(given, given.real("lr"), given.choice("gradient") == "numerical");
  const std::vector<DescentPoint>& path = descent.path;
  const DescentPoint& last = path.back();
  Result result;
  result.scalars = {{"x0", last.x[0]},
                    {"x1", last.x[1]},
                    {"f_value", last.value},
                    {"gradient_length", euclidean_norm(last.gradient)}};
  result.tables.push_back(path_table(path));
  result.figures = {map_figure(given.function("f"), path), fall_figure(path)};

  const std::vector<NamedValue> facts{{"lr", given.real("lr")},
                                      {"since", descent.outcome.since},
                                      {"steps", path.size() - 1},
                                      {"from", path.front().value},
                                      {"to", last.value}};
  result.find("end_" + std::string(to_string(descent.outcome.end)), facts);
  if (path.size() > 1) {
    result.find("one_step", {{"lr", given.real("lr")},
                             {"x0", path[0].x[0]},
                             {"slope", path[0].gradient[0]},
                             {"next", path[1].x[0]}});
    result.find("points_counted", {{"points", path.size()}, {"steps", path.size() - 1}});
  }
  result.mistake("learning_rate_not_gradient");
  result.mistake("zero_gradient_is_not_all");
  result.mistake("one_coordinate_stays");
  result.mistake("start_is_overwritten");
  result.mistake("two_of_the_same_name");
  return result;
}

}  // namespace
}  // namespace descent_lab

constinit const Experiment descent_experiment{"descent", "4.4", descent_lab::parameters,
                                              descent_lab::run};

}  // namespace gradus

// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "every_experiment.hpp"
#include "gradus/core/numbers_below.hpp"
#include "gradus/math/norm.hpp"
#include "gradus/optim/curvature.hpp"
#include "gradus/optim/gradient_descent.hpp"
#include "lab/curve.hpp"
#include "plane_descent.hpp"
#include "plane_parameters.hpp"

namespace gradus {
namespace learning_rate_lab {
namespace {

constexpr std::array<std::string_view, 3> functions{"x0^2/20 + x1^2", "x0^2 - x1^2",
                                                    "abs(x0) + x1^2"};
constexpr std::array<std::string_view, 2> starts{"-3,3", "3,1"};
constexpr std::array<std::string_view, 3> step_counts{"5", "20", "300"};
constexpr std::array<std::string_view, 2> rate_lists{"0.1,0.001", "0.9,0.99,1.01,1.1"};
constexpr std::array parameters{
    function_of_plane(functions),
    place_in_plane("start", "-3,4", starts),
    number_of_steps("100", step_counts),
    Parameter{.id = "rates",
              .kind = ParameterKind::numbers,
              .initial = "10,1,0.5,0.1,0.01,1e-10",
              .tries = rate_lists,
              .minimum = 1e-300,
              .maximum = largest_coordinate,
              .max_count = 7},
    way_to_differentiate(),
};

/// One descent, and what explains it.
struct Walk {
  double rate;
  DescentResult descent;
  double second_step;  // as a multiple of the first
  DescentResult exact;

  [[nodiscard]] const DescentPoint& start() const { return descent.path.front(); }
  [[nodiscard]] const DescentPoint& last() const { return descent.path.back(); }
  [[nodiscard]] DescentEnd end() const { return descent.outcome.end; }
};

double distance(const DescentPoint& a, const DescentPoint& b) {
  return euclidean_norm(std::array{a.x[0] - b.x[0], a.x[1] - b.x[1]});
}

Walk walk(const Settings& given, double rate) {
  Walk made{rate, descend(given, rate, given.choice("gradient") == "numerical"),
            std::numeric_limits<double>::quiet_NaN(), descend(given, rate, false)};
  const std::vector<DescentPoint>& path = made.descent.path;
  if (path.size() > 2 && distance(path[0], path[1]) > 0) {
    made.second_step = distance(path[1], path[2]) / distance(path[0], path[1]);
  }
  return made;
}

Table ends_table(const std::vector<Walk>& walks) {
  Table table{
      "ends", {{"rate"}, {"x0"}, {"x1"}, {"f_value"}, {"second_step", 3}, {"happened"}}, {}};
  for (const Walk& each : walks) {
    table.rows.push_back({each.rate, each.last().x[0], each.last().x[1], each.last().value,
                          each.second_step, TextId{std::string(to_string(each.end()))}});
  }
  return table;
}

/// Beyond these multiples of f at the start a curve leaves the figure.
constexpr double lowest_shown = 1e-15;
constexpr double highest_shown = 1e30;

Figure fall_figure(const std::vector<Walk>& walks) {
  Figure figure{.title = "fall_figure", .x = {"step"}, .y = {"f_value", true}};
  double lowest = std::numeric_limits<double>::infinity();
  double highest = -lowest;
  for (const Walk& each : walks) {
    Series fall{.kind = SeriesKind::line,
                .label = "rate_label",
                .values = {{"rate", each.rate}},
                .x = numbers_below<double>(each.descent.path.size())};
    for (const DescentPoint& point : each.descent.path) {
      fall.y.push_back(point.value);
      lowest = std::isfinite(point.value) ? std::min(lowest, point.value) : lowest;
      highest = std::isfinite(point.value) ? std::max(highest, point.value) : highest;
    }
    figure.series.push_back(std::move(fall));
  }
  const double first = walks.front().start().value;
  figure.y.is_log = lowest >= 0 && first > 0;
  if (figure.y.is_log) {
    figure.y.range = {std::max(lowest, lowest_shown * first) / 10,
                      10 * std::min(highest, highest_shown * first)};
  } else if (lowest < highest) {
    const double reach = 3 * std::max(1.0, std::abs(first));
    const double low = std::max(lowest, -reach);
    const double high = std::min(highest, reach);
    figure.y.range = {low - 0.05 * (high - low), high + 0.05 * (high - low)};
  }
  return figure;
}

Figure map_figure(const Settings& given, const std::vector<Walk>& walks) {
  const std::vector<double>& start = given.numbers("start");
  const double reach = std::max(std::abs(start[0]), std::abs(start[1]));
  const double edge = reach == 0 ? 1 : 1.5 * reach;
  Figure figure{
      .title = "map_figure",
      .x = {.label = "x0", .range = std::pair{-edge, edge}},
      .y = {.label = "x1", .range = std::pair{-edge, edge}},
      .series = {over_grid(SeriesKind::contour, "", given.function("f"), -edge, edge, 60)},
      .has_equal_scales = true};
  for (const Walk& each : walks) {
    Series way{.kind = SeriesKind::line, .label = "rate_label", .values = {{"rate", each.rate}}};
    for (const DescentPoint& point : each.descent.path) {
      way.x.push_back(point.x[0]);
      way.y.push_back(point.x[1]);
    }
    figure.series.push_back(std::move(way));
  }
  return figure;
}

std::size_t first_infinite(const std::vector<DescentPoint>& path) {
  const auto first = std::find_if(path.begin(), path.end(),
                                  [](const DescentPoint& p) { return std::isinf(p.value); });
  return static_cast<std::size_t>(first - path.begin());
}

/// What the exact gradient makes of a walk that the numerical one froze.
void tell_true_course(Result& result, const Walk& frozen) {
  const DescentPoint& last = frozen.exact.path.back();
  const std::vector<NamedValue> facts{{"rate", frozen.rate},
                                      {"steps", frozen.exact.path.size() - 1},
                                      {"f_step", first_infinite(frozen.exact.path)},
                                      {"x0", last.x[0]},
                                      {"x1", last.x[1]},
                                      {"f", last.value}};
  result.find(std::isfinite(last.value) ? "true_course" : "true_overflow", facts);
}

void explain(Result& result, const Walk& each) {
  const std::vector<DescentPoint>& path = each.descent.path;
  const bool has_left = each.end() == DescentEnd::diverged || each.end() == DescentEnd::frozen;
  const bool has_overflowed = first_infinite(path) < path.size();
  const std::string happened(to_string(each.end()));
  result.find("rate_" + (has_left && each.last().value < each.start().value ? "bottomless"
                         : has_left && has_overflowed                       ? "overflowed"
                                                                            : happened),
              {{"rate", each.rate},
               {"steps", path.size() - 1},
               {"f_step", first_infinite(path)},
               {"since", each.descent.outcome.since},
               {"from", each.start().value},
               {"to", each.last().value},
               {"second_step", each.second_step},
               {"moved", distance(each.start(), each.last())},
               {"x0", each.last().x[0]},
               {"x1", each.last().x[1]}});
  if (each.end() == DescentEnd::frozen) {
    tell_true_course(result, each);
  }
}

/// The rate limit at the lowest point that any walk reached.
void tell_how_large(Result& result, const Expression& f, const std::vector<Walk>& walks) {
  const DescentPoint* lowest = nullptr;
  for (const Walk& each : walks) {
    for (const DescentPoint& point : each.exact.path) {
      if (std::isfinite(point.value) && (lowest == nullptr || point.value < lowest->value)) {
        lowest = &point;
      }
    }
  }
  const std::optional<Curvature> curvature =
      lowest == nullptr ? std::nullopt : curvature_at(f, lowest->x);
  if (curvature && curvature->kind() == PlaceKind::minimum) {
    result.find("how_large", {{"x0", lowest->x[0]},
                              {"x1", lowest->x[1]},
                              {"least", curvature->least},
                              {"most", curvature->most},
                              {"limit", curvature->rate_limit()},
                              {"best", curvature->best_rate()}});
  }
}

Result run(const Settings& given) {
  std::vector<Walk> walks;
  for (const double rate : given.numbers("rates")) {
    walks.push_back(walk(given, rate));
  }
  Result result;
  result.tables.push_back(ends_table(walks));
  result.figures = {fall_figure(walks), map_figure(given, walks)};
  for (const Walk& each : walks) {
    explain(result, each);
  }
  tell_how_large(result, given.function("f"), walks);
  result.mistake("rate_not_gradient");
  result.mistake("small_does_not_grow");
  result.mistake("small_does_not_end");
  result.mistake("frozen_is_no_end");
  return result;
}

}  // namespace
}  // namespace learning_rate_lab

constinit const Experiment learning_rate_experiment{
    "learning-rate", "4.4", learning_rate_lab::parameters, learning_rate_lab::run};

}  // namespace gradus

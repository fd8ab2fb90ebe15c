// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "every_experiment.hpp"
#include "gradus/diff/differentiate.hpp"
#include "gradus/diff/numerical.hpp"
#include "gradus/math/norm.hpp"
#include "lab/curve.hpp"
#include "plane_parameters.hpp"

namespace gradus {
namespace gradient_field_lab {
namespace {

constexpr std::array<std::string_view, 3> functions{"x0^2/20 + x1^2", "x0^2 - x1^2",
                                                    "sin(x0) + cos(x1)"};
constexpr std::array<std::string_view, 2> places{"0,2", "3,0"};
constexpr std::array<std::string_view, 1> lows{"-3"};
constexpr std::array<std::string_view, 1> highs{"3"};
constexpr std::array<std::string_view, 2> counts{"9", "24"};
constexpr std::array parameters{
    function_of_plane(functions),
    place_in_plane("at", "3,4", places),
    Parameter{.id = "low",
              .kind = ParameterKind::real,
              .initial = "-2",
              .tries = lows,
              .minimum = -largest_coordinate,
              .maximum = largest_coordinate},
    Parameter{.id = "high",
              .kind = ParameterKind::real,
              .initial = "2.25",
              .tries = highs,
              .minimum = -largest_coordinate,
              .maximum = largest_coordinate},
    Parameter{.id = "count",
              .kind = ParameterKind::integer,
              .initial = "18",
              .tries = counts,
              .minimum = 2,
              .maximum = 50},
};

/// Minus the gradient at each place of a grid, drawn so that the longest arrow spans a cell.
Series arrows_over(const Expression& f, double low, double high, std::size_t count) {
  Series arrows{.kind = SeriesKind::arrows, .label = "minus_gradient"};
  const double cell = (high - low) / static_cast<double>(count - 1);
  double longest = 0;
  for (std::size_t i = 0; i < count * count; ++i) {
    std::array x{low + cell * static_cast<double>(i / count),
                 low + cell * static_cast<double>(i % count)};
    if (refusal_at(f, x)) {  // at a kink there is no arrow to draw
      continue;
    }
    const std::vector<double> slope = numerical_gradient(f, std::span(x));
    arrows.x.push_back(x[0]);
    arrows.y.push_back(x[1]);
    arrows.dx.push_back(-slope[0]);
    arrows.dy.push_back(-slope[1]);
    const double length = euclidean_norm(slope);
    longest = std::isfinite(length) ? std::max(longest, length) : longest;
  }
  for (std::size_t i = 0; i < arrows.dx.size() && longest > 0; ++i) {
    arrows.dx[i] *= cell / longest;
    arrows.dy[i] *= cell / longest;
  }
  return arrows;
}

std::vector<Value> row(const Expression& f, std::vector<double> x) {
  const std::vector<double> numerical = numerical_gradient(f, std::span(x));
  const std::vector<double> exact = gradient_unless_refused(f, x);
  return {x[0], x[1], numerical[0], numerical[1], exact[0], exact[1], euclidean_norm(numerical)};
}

Result run(const Settings& given) {
  const Expression& f = given.function("f");
  const double low = given.real("low");
  const double high = given.real("high");
  if (high <= low) {
    given.refuse("high", "more than low");
  }
  const std::vector<double>& x = given.numbers("at");
  const std::vector<double> slope = gradient_unless_refused(f, x);
  const double length = euclidean_norm(slope);

  Result result;
  Table table{"gradients",
              {{"x0"},
               {"x1"},
               {"numerical_0", all_digits},
               {"numerical_1", all_digits},
               {"exact_0"},
               {"exact_1"},
               {"length"}},
              {row(f, x)}};
  for (const std::vector<double>& place :
       {std::vector{3.0, 4.0}, std::vector{0.0, 2.0}, std::vector{3.0, 0.0}}) {
    if (place != x) {
      table.rows.push_back(row(f, place));
    }
  }
  result.tables.push_back(std::move(table));
  const std::size_t count = given.integer("count");
  Series arrows = arrows_over(f, low, high, count);
  const std::size_t num_arrows = arrows.x.size();
  result.figures.push_back(
      {.title = "figure",
       .x = {"x0"},
       .y = {"x1"},
       .series = {over_grid(SeriesKind::contour, "", f, low, high, 60), std::move(arrows)},
       .has_equal_scales = true});

  result.find("arrows", {{"count", num_arrows}});
  if (length > 0 && std::isfinite(length)) {
    // A small step each way, to see rather than to believe which of them goes down.
    constexpr double step = 1e-3;
    std::array with = {x[0] + step * slope[0] / length, x[1] + step * slope[1] / length};
    std::array against = {x[0] - step * slope[0] / length, x[1] - step * slope[1] / length};
    result.find("up_and_down", {{"x0", x[0]},
                                {"x1", x[1]},
                                {"step", step},
                                {"f", f(std::span<const double>(x))},
                                {"with", f(std::span<const double>(with))},
                                {"against", f(std::span<const double>(against))}});
  } else if (length == 0) {
    result.find("no_direction", {{"x0", x[0]}, {"x1", x[1]}});
  } else {
    result.warn("no_derivative", {{"at", given.text("at")}});
  }
  result.mistake("gradient_points_up");
  result.mistake("not_to_the_minimum");
  return result;
}

}  // namespace
}  // namespace gradient_field_lab

constinit const Experiment gradient_field_experiment{
    "gradient-field", "4.4", gradient_field_lab::parameters, gradient_field_lab::run};

}  // namespace gradus

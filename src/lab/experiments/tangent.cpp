// SPDX-License-Identifier: MIT
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "every_experiment.hpp"
#include "gradus/diff/differentiate.hpp"
#include "gradus/diff/numerical.hpp"
#include "lab/curve.hpp"

namespace gradus {
namespace tangent_lab {
namespace {

constexpr std::array<std::string_view, 2> functions{"0.05x^2 - x", "sin(x)"};
constexpr std::array<std::string_view, 2> places{"2", "0,10,20"};
constexpr std::array<std::string_view, 1> lows{"-10"};
constexpr std::array<std::string_view, 1> highs{"12"};
constexpr std::array<std::string_view, 1> steps{"1"};
constexpr double largest = 1e6;
constexpr std::array parameters{
    Parameter{.id = "f",
              .kind = ParameterKind::function,
              .initial = "0.01x^2 + 0.1x",
              .tries = functions},
    Parameter{.id = "at",
              .kind = ParameterKind::numbers,
              .initial = "5,10",
              .tries = places,
              .minimum = -largest,
              .maximum = largest,
              .max_count = 4},
    Parameter{.id = "low",
              .kind = ParameterKind::real,
              .initial = "0",
              .tries = lows,
              .minimum = -largest,
              .maximum = largest},
    Parameter{.id = "high",
              .kind = ParameterKind::real,
              .initial = "20",
              .tries = highs,
              .minimum = -largest,
              .maximum = largest},
    Parameter{.id = "h",
              .kind = ParameterKind::real,
              .initial = "1e-4",
              .tries = steps,
              .minimum = 1e-12,
              .maximum = 1e3},
};

Figure panel(const Expression& f, double x, double slope, double low, double high) {
  const double y = at(f, x);
  const Series line = curve("f_of_x", f, low, high);
  const double floor = std::min(0.0, *std::min_element(line.y.begin(), line.y.end()));
  return {.title = "figure",
          .values = {{"at", x}, {"slope", slope}},
          .x = {.label = "x", .range = std::pair{low, high}},
          .y = {"f_of_x"},
          .series = {line,
                     straight_line("tangent", x, y, slope, low, high),
                     {.kind = SeriesKind::guide, .x = {x, x}, .y = {floor, y}},
                     {.kind = SeriesKind::guide, .x = {low, x}, .y = {y, y}},
                     {.kind = SeriesKind::points, .label = "touching", .x = {x}, .y = {y}}}};
}

Result run(const Settings& given) {
  const Expression& f = given.function("f");
  const double low = given.real("low");
  const double high = given.real("high");
  const double h = given.real("h");
  if (high <= low) {
    given.refuse("high", "more than low");
  }
  Result result;
  Table table{"tangents",
              {{"x"},
               {"f_of_x"},
               {"numerical", all_digits},
               {"exact", all_digits},
               {"error", 2},
               {"intercept"}},
              {}};
  double largest_error = 0;
  for (const double x : given.numbers("at")) {
    const double slope = numerical_diff([&f](double place) { return at(f, place); }, x, h);
    const double exact = gradient_unless_refused(f, std::array{x}).front();
    const double y = at(f, x);
    table.rows.push_back({x, y, slope, exact, std::abs(slope - exact), y - slope * x});
    if (!std::isfinite(exact) || !std::isfinite(y) || !std::isfinite(slope)) {
      result.warn("no_derivative", {{"at", x}});
      continue;
    }
    largest_error = std::max(largest_error, std::abs(slope - exact));
    result.figures.push_back(panel(f, x, slope, low, high));
    result.find("line", {{"at", x}, {"slope", slope}, {"intercept", y - slope * x}});
  }
  result.tables.push_back(std::move(table));
  if (!result.figures.empty()) {
    result.find("numerical_is_close", {{"h", h}, {"error", largest_error}});
  }
  result.mistake("tenths");
  result.mistake("f_is_overwritten");
  return result;
}

}  // namespace
}  // namespace tangent_lab

constinit const Experiment tangent_experiment{"tangent", "4.3", tangent_lab::parameters,
                                              tangent_lab::run};

}  // namespace gradus

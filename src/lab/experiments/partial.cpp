// SPDX-License-Identifier: MIT
#include <fmt/core.h>

#include <array>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "every_experiment.hpp"
#include "gradus/diff/differentiate.hpp"
#include "gradus/diff/numerical.hpp"
#include "lab/curve.hpp"
#include "plane_parameters.hpp"

namespace gradus {
namespace partial_lab {
namespace {

constexpr std::array<std::string_view, 2> functions{"x0^2 - x1^2", "x0 x1"};
constexpr std::array<std::string_view, 2> places{"0,2", "3,0"};
constexpr std::array<std::string_view, 2> steps{"0.5", "1e-8"};
constexpr std::array parameters{
    function_of_plane(functions),
    place_in_plane("at", "3,4", places),
    Parameter{.id = "h",
              .kind = ParameterKind::real,
              .initial = "1e-4",
              .tries = steps,
              .minimum = 1e-12,
              .maximum = 1e3},
};

/// What the numerical gradient becomes when the point is kept in whole numbers, as an array of
/// integers does: every place is cut off before f sees it.
std::vector<double> gradient_of_integers(const Expression& f, std::span<const double> x, double h) {
  std::vector<double> gradient(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) {
    std::vector<double> moved;
    for (const double coordinate : x) {
      moved.push_back(std::trunc(coordinate));
    }
    const double old = moved[i];
    moved[i] = std::trunc(old + h);
    const double above = f(std::span<const double>(moved));
    moved[i] = std::trunc(old - h);
    gradient[i] = std::trunc((above - f(std::span<const double>(moved))) / (2 * h));
  }
  return gradient;
}

Figure slice(const Expression& f, const std::vector<double>& x, std::size_t i, double slope) {
  Series line{.kind = SeriesKind::line, .label = "f_alone"};
  const double reach = 2 + std::abs(x[i]);
  std::vector<double> moved = x;
  for (int step = -100; step <= 100; ++step) {
    moved[i] = x[i] + reach * step / 100;
    line.x.push_back(moved[i]);
    line.y.push_back(f(std::span<const double>(moved)));
  }
  const double y = f(std::span<const double>(x));
  return {.title = "slice_figure",
          .values = {{"moving", fmt::format("x{}", i)},
                     {"fixed", fmt::format("x{}", 1 - i)},
                     {"value", x[1 - i]}},
          .x = {i == 0 ? "x0" : "x1"},
          .y = {"f_value"},
          .series = {line,
                     straight_line("tangent", x[i], y, slope, x[i] - reach, x[i] + reach),
                     {.kind = SeriesKind::points, .label = "point", .x = {x[i]}, .y = {y}}}};
}

Result run(const Settings& given) {
  const Expression& f = given.function("f");
  const double h = given.real("h");
  std::vector<double> x = given.numbers("at");
  const std::vector<double> numerical = numerical_gradient(f, std::span(x), h);
  const std::vector<double> exact = gradient_unless_refused(f, x);
  const std::vector<double> of_integers = gradient_of_integers(f, x, h);

  Result result;
  result.scalars = {{"f_value", f(std::span<const double>(x))},
                    {"df_dx0", numerical[0]},
                    {"df_dx1", numerical[1]}};
  Table table{"partials",
              {{"variable"},
               {"place"},
               {"numerical", all_digits},
               {"exact", all_digits},
               {"error", 2},
               {"of_integers"}},
              {}};
  for (std::size_t i = 0; i < 2; ++i) {
    table.rows.push_back({fmt::format("x{}", i), x[i], numerical[i], exact[i],
                          std::abs(numerical[i] - exact[i]), of_integers[i]});
  }
  result.tables.push_back(std::move(table));
  result.figures = {{.title = "surface_figure",
                     .x = {"x0"},
                     .y = {"x1"},
                     .z = Axis{"f_value"},
                     .series = {over_grid(SeriesKind::surface, "", f, -3, 2.75, 24)}},
                    slice(f, x, 0, numerical[0]),
                    slice(f, x, 1, numerical[1])};

  if (std::isfinite(exact[0]) && std::isfinite(exact[1])) {
    result.find("freeze_the_others",
                {{"x0", x[0]}, {"x1", x[1]}, {"d0", numerical[0]}, {"d1", numerical[1]}});
    result.find("gradient_is_both", {{"d0", numerical[0]}, {"d1", numerical[1]}});
  } else {
    result.warn("no_derivative", {{"at", given.text("at")}});
  }
  result.mistake("return_in_the_loop", {{"d0", numerical[0]}, {"d1", numerical[1]}});
  result.mistake("whole_numbers", {{"d0", of_integers[0]}, {"d1", of_integers[1]}});
  result.mistake("single_precision");
  return result;
}

}  // namespace
}  // namespace partial_lab

constinit const Experiment partial_experiment{"partial", "4.3", partial_lab::parameters,
                                              partial_lab::run};

}  // namespace gradus

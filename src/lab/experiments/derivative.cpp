// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "every_experiment.hpp"
#include "gradus/diff/difference.hpp"
#include "gradus/diff/differentiate.hpp"
#include "lab/curve.hpp"

namespace gradus {
namespace derivative_lab {
namespace {

constexpr std::array<std::string_view, 3> functions{"0.01x^2 + 0.1x", "exp(x)", "x^2"};
constexpr std::array<std::string_view, 3> places{"5", "10", "0"};
constexpr std::array<std::string_view, 3> steps{"0.5", "1e-8", "10e-50"};
constexpr double largest = 1e6;
constexpr std::array parameters{
    Parameter{.id = "f", .kind = ParameterKind::function, .initial = "sin(x)", .tries = functions},
    Parameter{.id = "at",
              .kind = ParameterKind::real,
              .initial = "1",
              .tries = places,
              .minimum = -largest,
              .maximum = largest},
    Parameter{.id = "h",
              .kind = ParameterKind::real,
              .initial = "1e-4",
              .tries = steps,
              .minimum = 1e-300,
              .maximum = 1e3},
};

constexpr double textbook_tiny = 10e-50;

/// What becomes of a tiny step in both kinds of number.
template <class T>
std::vector<Value> tiny_row(std::string name, double x) {
  const T h = static_cast<T>(textbook_tiny);
  const T moved = static_cast<T>(x) + h;
  return {std::move(name), static_cast<double>(h), static_cast<double>(moved - static_cast<T>(x)),
          static_cast<double>(std::numeric_limits<T>::denorm_min()),
          static_cast<double>(std::numeric_limits<T>::epsilon())};
}

Figure tangent_figure(const Expression& f, double x, double h, double forward, double exact) {
  const double reach = std::max(1.0, std::min(2 * h, 10.0));
  Figure figure{.title = "tangent_figure", .x = {"x"}, .y = {"f_of_x"}};
  Series chord = straight_line("forward_line", x, at(f, x), forward, x - reach, x + reach);
  chord.kind = SeriesKind::guide;  // may lie on the tangent, and must not hide it
  figure.series = {curve("f_of_x", f, x - reach, x + reach),
                   straight_line("true_tangent", x, at(f, x), exact, x - reach, x + reach),
                   std::move(chord),
                   {.kind = SeriesKind::points,
                    .label = "values_used",
                    .x = {x, x + h},
                    .y = {at(f, x), at(f, x + h)}}};
  return figure;
}

/// What the direction of the next step is.
void explain_sign(Result& result, double slope, double x) {
  if (slope == 0) {
    result.find("slope_is_zero", {{"at", x}});
  } else {
    result.find(slope > 0 ? "slope_is_positive" : "slope_is_negative",
                {{"at", x}, {"slope", slope}});
  }
}

Result run(const Settings& given) {
  const Expression& f = given.function("f");
  const double x = given.real("at");
  const double h = given.real("h");
  const double exact = gradient_unless_refused(f, std::array{x}).front();
  const auto of_number = [&f](double place) { return at(f, place); };
  const auto by = [&](std::string_view method) {
    return difference(difference_methods().find(method), of_number, x, h);
  };
  const double forward = by("forward");
  const double central = by("central");

  Result result;
  result.scalars = {{"exact", exact}, {"forward", forward}, {"central", central}};
  Table methods{"methods", {{"method"}, {"derivative", all_digits}, {"error", 2}}, {}};
  for (const auto& [id, value] :
       {std::pair{"forward", forward}, std::pair{"backward", by("backward")},
        std::pair{"central", central}, std::pair{"exact", exact}}) {
    methods.rows.push_back({TextId{id}, value, std::abs(value - exact)});
  }
  Table sweep{"sweep", {{"step"}, {"forward_error", 2}, {"central_error", 2}}, {}};
  Series forward_errors{.kind = SeriesKind::line, .label = "forward"};
  Series central_errors{.kind = SeriesKind::line, .label = "central"};
  StepError best_forward{.forward_error = std::numeric_limits<double>::infinity()};
  StepError best_central{.central_error = std::numeric_limits<double>::infinity()};
  const std::array point{x};
  for (const StepError& tried : sweep_steps(f, point, 0)) {
    sweep.rows.push_back({tried.step, tried.forward_error, tried.central_error});
    if (tried.forward_error < best_forward.forward_error) {
      best_forward = tried;
    }
    if (tried.central_error < best_central.central_error) {
      best_central = tried;
    }
    // An error of 0 has no place on a logarithmic axis.
    constexpr double gap = std::numeric_limits<double>::quiet_NaN();
    forward_errors.x.push_back(tried.step);
    forward_errors.y.push_back(tried.forward_error > 0 ? tried.forward_error : gap);
    central_errors.x.push_back(tried.step);
    central_errors.y.push_back(tried.central_error > 0 ? tried.central_error : gap);
  }
  result.tables = {std::move(methods)};
  if (std::isfinite(exact)) {
    result.tables.push_back(std::move(sweep));
  }
  result.tables.push_back(
      {"tiny",
       {{"kind_of_number"}, {"tiny_step", 2}, {"tiny_move", 2}, {"smallest", 2}, {"epsilon", 3}},
       {tiny_row<float>("float32", x), tiny_row<double>("float64", x)}});
  result.figures = {{.title = "sweep_figure",
                     .x = {"step", true},
                     .y = {"error", true},
                     .series = {forward_errors, central_errors}},
                    tangent_figure(f, x, h, forward, exact)};

  if (x + h == x) {
    result.warn("step_vanishes", {{"h", h}, {"at", x}});
  }
  if (std::isfinite(exact) && std::isfinite(at(f, x))) {
    result.find(
        "errors",
        {{"h", h}, {"forward", std::abs(forward - exact)}, {"central", std::abs(central - exact)}});
    result.find("best_steps", {{"forward_h", best_forward.step},
                               {"forward_error", best_forward.forward_error},
                               {"central_h", best_central.step},
                               {"central_error", best_central.central_error}});
    explain_sign(result, exact, x);
  } else {
    result.warn("no_derivative", {{"at", given.text("at")}});
  }
  const double with_tiny =
      difference(difference_methods().find("forward"), of_number, x, textbook_tiny);
  result.mistake("smaller_is_not_better", {{"at", x}, {"tiny", with_tiny}});
  result.mistake("ten_e_minus_50");
  result.mistake("relative_precision");
  result.mistake("e_minus_four", {{"e", std::exp(-4.0)}});
  result.mistake("exact_only_in_the_limit");
  return result;
}

}  // namespace
}  // namespace derivative_lab

constinit const Experiment derivative_experiment{"derivative", "4.3", derivative_lab::parameters,
                                                 derivative_lab::run};

}  // namespace gradus

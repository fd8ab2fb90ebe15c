// SPDX-License-Identifier: MIT
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "every_experiment.hpp"
#include "gradus/diff/differentiate.hpp"
#include "lab/curve.hpp"

namespace gradus {
namespace rate_lab {
namespace {

constexpr std::array<std::string_view, 2> trips{"100x", "300(x/3)^3"};
constexpr std::array<std::string_view, 1> starts{"1"};
constexpr std::array<std::string_view, 1> ends{"2"};
constexpr std::array<std::string_view, 2> moments{"0", "3"};
constexpr double largest = 1e6;
constexpr std::array parameters{
    Parameter{
        .id = "f", .kind = ParameterKind::function, .initial = "50x + 50x^2/3", .tries = trips},
    Parameter{.id = "start",
              .kind = ParameterKind::real,
              .initial = "0",
              .tries = starts,
              .minimum = -largest,
              .maximum = largest},
    Parameter{.id = "end",
              .kind = ParameterKind::real,
              .initial = "3",
              .tries = ends,
              .minimum = -largest,
              .maximum = largest},
    Parameter{.id = "at",
              .kind = ParameterKind::real,
              .initial = "1",
              .tries = moments,
              .minimum = -largest,
              .maximum = largest},
};

Result run(const Settings& given) {
  const Expression& f = given.function("f");
  const double start = given.real("start");
  const double end = given.real("end");
  const double moment = given.real("at");
  if (end <= start) {
    given.refuse("end", "a time after the start");
  }
  const double distance = at(f, end) - at(f, start);
  const double average = distance / (end - start);
  const double speed = gradient_unless_refused(f, std::array{moment}).front();

  Result result;
  result.scalars = {{"distance", distance},
                    {"hours", end - start},
                    {"average", average},
                    {"instantaneous", speed}};
  Table table{"intervals", {{"interval"}, {"way"}, {"rate"}, {"gap"}}, {}};
  for (const double h : {1.0, 0.1, 0.01, 0.001, 0.0001}) {
    const double way = at(f, moment + h) - at(f, moment);
    table.rows.push_back({h, way, way / h, way / h - speed});
  }
  result.tables.push_back(std::move(table));

  const double low = std::min(start, moment);
  const double high = std::max(end, moment);
  result.figures.push_back(
      {.title = "figure",
       .x = {"time"},
       .y = {"place"},
       .series = {
           curve("f", f, low, high),
           straight_line("average", start, at(f, start), average, start, end),
           straight_line("instantaneous", moment, at(f, moment), speed, low, high),
           {.kind = SeriesKind::points, .label = "moment", .x = {moment}, .y = {at(f, moment)}}}});
  if (std::isfinite(average) && std::isfinite(speed)) {
    result.find("average_is_a_secant",
                {{"distance", distance}, {"hours", end - start}, {"average", average}});
    result.find("instantaneous_is_a_limit", {{"at", moment}, {"speed", speed}});
    result.mistake("average_is_not_the_speed",
                   {{"average", average}, {"speed", speed}, {"at", moment}});
  } else {
    result.warn("no_derivative", {{"at", given.text("at")}});
  }
  return result;
}

}  // namespace
}  // namespace rate_lab

constinit const Experiment rate_experiment{"rate", "4.3", rate_lab::parameters, rate_lab::run};

}  // namespace gradus

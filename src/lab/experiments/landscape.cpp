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
#include "gradus/diff/expression.hpp"
#include "gradus/math/norm.hpp"
#include "gradus/optim/gradient_descent.hpp"
#include "gradus/optim/problems.hpp"
#include "lab/curve.hpp"
#include "plane_parameters.hpp"

namespace gradus {
namespace landscape_lab {
namespace {

constexpr std::array<std::string_view, 2> shifts{"0,-0.001", "0.5,0.5"};
constexpr std::array<std::string_view, 2> rate_lists{"0.01", "0.1,1"};
constexpr std::array<std::string_view, 2> step_counts{"50", "500"};
constexpr std::array parameters{
    Parameter{.id = "problem",
              .kind = ParameterKind::choice,
              .initial = "saddle",
              .choices = [] { return problems().ids(); }},
    place_in_plane("shift", "0,0", shifts),
    number_of_steps("200", step_counts),
    Parameter{.id = "rates",
              .kind = ParameterKind::numbers,
              .initial = "0.001,0.003,0.01,0.03,0.1,0.3",
              .tries = rate_lists,
              .minimum = 1e-300,
              .maximum = largest_coordinate,
              .max_count = 10},
};

constexpr double nearby = 0.01;       // this close to a place counts as there
constexpr double level_slope = 1e-3;  // below it the ground looks flat on these problems
constexpr double high_up = 0.01;      // above the minimum, where level ground is a plateau

double distance(std::span<const double> a, const PlanePoint& b) {
  return euclidean_norm(std::array{a[0] - b[0], a[1] - b[1]});
}

double distance_to_minimum(const Problem& problem, std::span<const double> x) {
  double nearest = std::numeric_limits<double>::infinity();
  for (const CriticalPoint& point : problem.critical_points) {
    if (point.kind == CriticalKind::minimum) {
      nearest = std::min(nearest, distance(x, point.x));
    }
  }
  return nearest;
}

/// The best run of one optimizer.
struct Runner {
  std::string_view optimizer;
  double rate = 0;
  std::vector<DescentPoint> path = {};
  std::vector<double> heights = {};         // f above its minimum, along the path
  std::optional<std::size_t> arrived = {};  // the step since which it is near a minimum
  double distance = 0;                      // to the nearest minimum, at the end
  std::string where = {};                   // a text

  [[nodiscard]] const DescentPoint& last() const { return path.back(); }
};

/// Where a path ends: the kind of critical point, or what else there is to say.
std::string place_of(const Problem& problem, const DescentPoint& end, double height) {
  for (const CriticalPoint& point : problem.critical_points) {
    if (distance(end.x, point.x) <= nearby) {
      return std::string(to_string(point.kind));
    }
  }
  if (!(distance(end.x, {0, 0}) <= 10 * problem.reach)) {  // also when it is no number
    return "gone";
  }
  return euclidean_norm(end.gradient) < level_slope && height > high_up ? "level" : "on_the_way";
}

Runner run_one(const Problem& problem, const Settings& given, std::string_view optimizer,
               double rate) {
  const Expression f(problem.function);
  const std::vector<double>& shift = given.numbers("shift");
  DescentOptions options;
  options.optimizer.id = optimizer;
  options.learning_rate = rate;
  options.num_steps = given.integer("steps");
  Runner runner{.optimizer = optimizer, .rate = rate};
  runner.path =
      gradient_descent(f, std::array{problem.start[0] + shift[0], problem.start[1] + shift[1]},
                       options)
          .path;
  const double least = f(std::span<const double>(problem.critical_points.front().x));
  for (const DescentPoint& point : runner.path) {
    runner.heights.push_back(point.value > least       ? point.value - least
                             : std::isnan(point.value) ? point.value
                                                       : 0);
  }
  std::size_t step = runner.path.size();
  while (step > 0 && distance_to_minimum(problem, runner.path[step - 1].x) <= nearby) {
    runner.arrived = --step;
  }
  runner.distance = distance_to_minimum(problem, runner.last().x);
  runner.where = place_of(problem, runner.last(), runner.heights.back());
  return runner;
}

/// Whether a did better than b: it arrived, arrived earlier, or ended lower.
bool is_better(const Runner& a, const Runner& b) {
  if (a.arrived || b.arrived) {
    return a.arrived && (!b.arrived || *a.arrived < *b.arrived);
  }
  return a.heights.back() < b.heights.back() || std::isnan(b.heights.back());
}

/// Every optimizer with the rate that suits it best.
std::vector<Runner> race(const Problem& problem, const Settings& given) {
  std::vector<Runner> runners;
  for (const auto& entry : optimizers<double>()) {
    std::optional<Runner> best;
    for (const double rate : given.numbers("rates")) {
      Runner runner = run_one(problem, given, entry.id, rate);
      if (!best || is_better(runner, *best)) {
        best = std::move(runner);
      }
    }
    runners.push_back(*std::move(best));
  }
  return runners;
}

Table race_table(const std::vector<Runner>& runners) {
  Table table{"race",
              {{"optimizer"}, {"rate"}, {"height", 3}, {"distance", 3}, {"arrived"}, {"where"}},
              {}};
  for (const Runner& runner : runners) {
    table.rows.push_back(
        {std::string(runner.optimizer), runner.rate, runner.heights.back(), runner.distance,
         runner.arrived ? Value(*runner.arrived) : Value(TextId{"not"}), TextId{runner.where}});
  }
  return table;
}

Table places_table(const Problem& problem) {
  const Expression f(problem.function);
  Table table{"places", {{"kind"}, {"x0"}, {"x1"}, {"f_value"}}, {}};
  for (const CriticalPoint& point : problem.critical_points) {
    table.rows.push_back({TextId{std::string(to_string(point.kind))}, point.x[0], point.x[1],
                          f(std::span<const double>(point.x))});
  }
  return table;
}

/// Contours at heights that grow by a factor each: else a narrow valley would lie between two.
Series contours(const Problem& problem, double start_height) {
  const Expression f(problem.function);
  const double least = f(std::span<const double>(problem.critical_points.front().x));
  Series lines = over_grid(SeriesKind::contour, "", f, -problem.reach, problem.reach, 60);
  for (double& height : lines.z) {
    height = std::log(std::max(0.0, height - least) + 1e-3 * start_height);
  }
  return lines;
}

Figure map_figure(const Problem& problem, const std::vector<Runner>& runners) {
  Series minima{.kind = SeriesKind::points, .label = "minimum"};
  for (const CriticalPoint& point : problem.critical_points) {
    if (point.kind == CriticalKind::minimum) {
      minima.x.push_back(point.x[0]);
      minima.y.push_back(point.x[1]);
    }
  }
  const std::pair edges{-problem.reach, problem.reach};
  Figure figure{.title = "map_figure",
                .x = {.label = "x0", .range = edges},
                .y = {.label = "x1", .range = edges},
                .series = {contours(problem, runners.front().heights.front())},
                .has_equal_scales = true};
  for (const Runner& runner : runners) {
    Series way{.kind = SeriesKind::line,
               .label = "runner",
               .values = {{"optimizer", std::string(runner.optimizer)}, {"rate", runner.rate}}};
    for (const DescentPoint& point : runner.path) {
      way.x.push_back(point.x[0]);
      way.y.push_back(point.x[1]);
    }
    figure.series.push_back(std::move(way));
  }
  figure.series.push_back(std::move(minima));
  return figure;
}

/// Below this share of the first height a curve leaves the figure.
constexpr double lowest_shown = 1e-12;

Figure height_figure(const std::vector<Runner>& runners) {
  const double first = runners.front().heights.front();
  double lowest = first;
  double highest = first;
  Figure figure{.title = "height_figure", .x = {"step"}, .y = {"height", true}};
  for (const Runner& runner : runners) {
    Series fall{.kind = SeriesKind::line,
                .label = "runner",
                .values = {{"optimizer", std::string(runner.optimizer)}, {"rate", runner.rate}},
                .x = numbers_below<double>(runner.heights.size()),
                .y = runner.heights};
    for (const double height : runner.heights) {
      lowest = std::min(lowest, height);
      highest = std::isfinite(height) ? std::max(highest, height) : highest;
    }
    figure.series.push_back(std::move(fall));
  }
  figure.y.range = {std::max(lowest, lowest_shown * first), 2 * std::min(highest, 1e3 * first)};
  return figure;
}

/// Names the optimizers that ended at each place.
void tell_where(Result& result, const std::vector<Runner>& runners) {
  for (const std::string_view where :
       {"local_minimum", "saddle", "maximum", "level", "on_the_way", "gone"}) {
    std::string who;
    const Runner* lowest = nullptr;
    for (const Runner& runner : runners) {
      if (runner.where == where) {
        who += (who.empty() ? "" : ", ") + std::string(runner.optimizer);
        lowest = lowest == nullptr || is_better(runner, *lowest) ? &runner : lowest;
      }
    }
    if (lowest != nullptr) {
      result.find("ended_" + std::string(where),
                  {{"who", who},
                   {"height", lowest->heights.back()},
                   {"slope", euclidean_norm(lowest->last().gradient)},
                   {"distance", lowest->distance}});
    }
  }
}

Result run(const Settings& given) {
  const Problem& problem = problems().find(given.choice("problem"));
  const std::vector<Runner> runners = race(problem, given);
  const Runner& winner = *std::min_element(runners.begin(), runners.end(), is_better);

  Result result;
  result.tables = {race_table(runners), places_table(problem)};
  result.figures = {map_figure(problem, runners), height_figure(runners)};
  result.find("about_" + given.choice("problem"), {{"f", std::string(problem.function)}});
  result.find(winner.arrived ? "winner" : "nobody_arrived",
              {{"optimizer", std::string(winner.optimizer)},
               {"rate", winner.rate},
               {"arrived", winner.arrived.value_or(0)},
               {"steps", given.integer("steps")},
               {"height", winner.heights.back()},
               {"distance", winner.distance}});
  tell_where(result, runners);
  result.mistake("level_is_not_lowest");
  result.mistake("no_errors_needed");
  result.mistake("no_best_optimizer");
  return result;
}

}  // namespace
}  // namespace landscape_lab

constinit const Experiment landscape_experiment{"landscape", "4.4", landscape_lab::parameters,
                                                landscape_lab::run};

}  // namespace gradus

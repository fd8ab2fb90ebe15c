// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "every_experiment.hpp"
#include "gradus/train/model.hpp"
#include "gradus/train/plane_answers.hpp"
#include "gradus/train/trainer.hpp"
#include "mean_of_runs.hpp"
#include "nets_by_units.hpp"
#include "plane_points.hpp"
#include "seed_parameter.hpp"
#include "squares_for_classes.hpp"
#include "squares_of_curve.hpp"

namespace gradus {
namespace fitting_lab {
namespace {

constexpr std::array<std::string_view, 1> point_tries{"20"};
constexpr std::array<std::string_view, 1> noise_tries{"0"};
constexpr std::array<std::string_view, 1> unit_tries{"0,1"};
constexpr std::array<std::string_view, 1> iteration_tries{"100"};
constexpr std::array<std::string_view, 1> run_tries{"3"};
constexpr std::array<std::string_view, 1> rate_tries{"0.01"};
constexpr std::array parameters{
    Parameter{.id = "points",
              .kind = ParameterKind::integer,
              .initial = "40",
              .tries = point_tries,
              .minimum = 10,
              .maximum = 500},
    Parameter{.id = "noise",
              .kind = ParameterKind::real,
              .initial = "0.4",
              .tries = noise_tries,
              .minimum = 0,
              .maximum = 1},
    Parameter{.id = "units",
              .kind = ParameterKind::numbers,
              .initial = "0,2,4,8,16",
              .tries = unit_tries,
              .minimum = 0,
              .maximum = 64,
              .min_count = 2,
              .max_count = 8},
    Parameter{.id = "iterations",
              .kind = ParameterKind::integer,
              .initial = "5000",
              .tries = iteration_tries,
              .minimum = 1,
              .maximum = 20'000},
    Parameter{.id = "runs",
              .kind = ParameterKind::integer,
              .initial = "12",
              .tries = run_tries,
              .minimum = 2,
              .maximum = 30},
    Parameter{.id = "lr",
              .kind = ParameterKind::real,
              .initial = "0.1",
              .tries = rate_tries,
              .minimum = 1e-4,
              .maximum = 10},
    seed_parameter,
};

constexpr std::size_t num_test_points = 500;
constexpr std::size_t num_places = 100;  // of a curve that is drawn
constexpr std::size_t num_steps = 100;   // of the descents that compare two forms of the loss

/// The nets with one number of hidden units: each has points and first weights of its own.
struct Width {
  std::size_t num_units;
  std::vector<double> train_errors = {};  // roots of the mean square
  std::vector<double> test_errors = {};
  Model<double> first = {};  // of the first run

  [[nodiscard]] MeanOfRuns train() const { return mean_of_runs(train_errors); }
  [[nodiscard]] MeanOfRuns test() const { return mean_of_runs(test_errors); }
};

Dataset points_of_run(const Settings& given, std::size_t run) {
  return plane_points({.kind = "sine",
                       .noise = given.real("noise"),
                       .num_samples = given.integer("points"),
                       .seed = seed_of_run(given, run)},
                      num_test_points);
}

TrainingOptions options_of(const Settings& given, std::size_t num_units, std::size_t run) {
  TrainingOptions options;
  options.network = {.layer_sizes = {1, 1}, .activation = "tanh"};
  if (num_units > 0) {
    options.network.layer_sizes = {1, num_units, 1};
  }
  options.initializer.standard_deviation = 2;
  options.optimizer.id = "adam";
  options.schedule.learning_rate = 0.02;
  options.batch_size = given.integer("points");
  options.sampling = Sampling::shuffle;  // every point in every update
  options.num_iterations = given.integer("iterations");
  options.evaluate_every = 0;
  options.standardize = true;
  options.seed = seed_of_run(given, run);
  return options;
}

std::vector<Width> train_all(const Settings& given) {
  std::vector<Width> widths;
  for (const std::size_t num_units : numbers_of_units(given)) {
    widths.push_back({num_units});
  }
  Team team(1);
  for (std::size_t run = 0; run < given.integer("runs"); ++run) {
    const Dataset points = points_of_run(given, run);
    for (Width& width : widths) {
      Trainer<double> trainer(points, options_of(given, width.num_units, run), team);
      const TrainingResult result = trainer.run();
      width.train_errors.push_back(result.train.fit.targets.front().root_mean_square_error);
      width.test_errors.push_back(result.test.fit.targets.front().root_mean_square_error);
      if (run == 0) {
        width.first = trainer.model();
      }
    }
  }
  return widths;
}

Table units_table(const std::vector<Width>& widths) {
  Table table{
      "by_units",
      {{"units"}, {"train_error", 3}, {"uncertainty", 2}, {"test_error", 3}, {"uncertainty", 2}},
      {}};
  for (const Width& width : widths) {
    const MeanOfRuns train = width.train();
    const MeanOfRuns test = width.test();
    table.rows.push_back({width.num_units, train.mean, train.error, test.mean, test.error});
  }
  return table;
}

Figure error_figure(const std::vector<Width>& widths, double noise) {
  Series train{.kind = SeriesKind::line, .label = "train_error"};
  Series test{.kind = SeriesKind::line, .label = "test_error"};
  double highest = noise;
  for (const Width& width : widths) {
    highest = std::max({highest, 1.1 * width.train().mean, 1.1 * width.test().mean});
    train.x.push_back(static_cast<double>(width.num_units));
    train.y.push_back(width.train().mean);
    test.x.push_back(static_cast<double>(width.num_units));
    test.y.push_back(width.test().mean);
  }
  Series floor{.kind = SeriesKind::guide,
               .label = "noise_alone",
               .x = {train.x.front(), train.x.back()},
               .y = {noise, noise}};
  return {.title = "error_figure",
          .x = {"units"},
          .y = {.label = "error_of_answers", .range = std::pair{0.0, highest}},
          .series = {std::move(train), std::move(test), std::move(floor)}};
}

/// The points of the first run, what lies behind them, and three of the nets.
Figure fit_figure(const Settings& given, const std::vector<Width>& widths, const Width& best) {
  const Samples train = points_of_run(given, 0).train;
  const Samples truth =
      plane_points({.kind = "sine", .noise = 0, .num_samples = num_places}, min_plane_samples)
          .train;
  std::vector<std::pair<double, double>> places;
  for (std::size_t n = 0; n < truth.values.size(); ++n) {
    places.emplace_back(truth.values[n], truth.targets[n]);
  }
  std::sort(places.begin(), places.end());
  Figure figure{.title = "fit_figure", .x = {"x"}, .y = {.label = "y"}};
  Series behind{.kind = SeriesKind::guide, .label = "truth_behind"};
  for (const auto& [x, y] : places) {
    behind.x.push_back(x);
    behind.y.push_back(y);
  }
  for (const Width* width : {&widths.front(), &best, &widths.back()}) {
    std::vector<double> answers = answers_along(width->first, behind.x, 0);
    for (double& answer : answers) {
      answer = std::round(100 * answer) / 100;  // as fine as a picture can be
    }
    figure.series.push_back({.kind = SeriesKind::line,
                             .label = "net_of",
                             .values = {{"units", width->num_units}},
                             .x = behind.x,
                             .y = std::move(answers)});
  }
  figure.series.push_back(std::move(behind));
  figure.series.push_back({.kind = SeriesKind::points,
                           .label = "training_points",
                           .x = {train.values.begin(), train.values.end()},
                           .y = {train.targets.begin(), train.targets.end()}});
  return figure;
}

void explain_units(Result& result, const Settings& given, const std::vector<Width>& widths,
                   const Width& best) {
  const Width& few = widths.front();
  const Width& many = widths.back();
  const std::vector<NamedValue> facts{{"points", given.integer("points")},
                                      {"noise", given.real("noise")},
                                      {"runs", given.integer("runs")},
                                      {"few", few.num_units},
                                      {"few_train", few.train().mean},
                                      {"few_test", few.test().mean},
                                      {"best", best.num_units},
                                      {"best_train", best.train().mean},
                                      {"best_test", best.test().mean},
                                      {"best_error", best.test().error},
                                      {"many", many.num_units},
                                      {"many_train", many.train().mean},
                                      {"many_test", many.test().mean},
                                      {"many_error", many.test().error}};
  if (is_clearly_above(few.train_errors, best.train_errors) &&
      is_clearly_above(few.test_errors, best.test_errors)) {
    result.find("underfits", facts);
  }
  const bool overfits =
      is_clearly_above(many.test_errors, best.test_errors) && many.train().mean < best.train().mean;
  result.find(&best == &many ? "most_is_best" : overfits ? "overfits" : "does_not_overfit", facts);
  if (many.train().mean + 2 * many.train().error < given.real("noise")) {
    result.find("noise_learned", facts);
  }
}

Result run(const Settings& given) {
  const std::vector<Width> widths = train_all(given);
  const Width& best = *std::min_element(
      widths.begin(), widths.end(),
      [](const Width& a, const Width& b) { return a.test().mean < b.test().mean; });
  Result result;
  result.tables = {units_table(widths)};
  result.figures = {error_figure(widths, given.real("noise")), fit_figure(given, widths, best)};
  explain_units(result, given, widths, best);
  add_squares_of_curve(
      result, points_of_run(given, 0).train,
      {.learning_rate = given.real("lr"), .num_steps = num_steps, .seed = seed_of_run(given, 0)});
  add_squares_for_classes(result, seed_of_run(given, 0));
  result.mistake("halves_and_means");
  result.mistake("small_training_error");
  result.mistake("squares_are_not_for_numbers_alone");
  return result;
}

}  // namespace
}  // namespace fitting_lab

constinit const Experiment fitting_experiment{"fitting", "4.5", fitting_lab::parameters,
                                              fitting_lab::run};

}  // namespace gradus

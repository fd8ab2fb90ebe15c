// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numbers>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "best_line.hpp"
#include "every_experiment.hpp"
#include "gradus/train/classifier.hpp"
#include "gradus/train/model.hpp"
#include "gradus/train/trainer.hpp"
#include "mean_of_runs.hpp"
#include "nets_by_units.hpp"
#include "plane_points.hpp"
#include "seed_parameter.hpp"

namespace gradus {
namespace hidden_layer_lab {
namespace {

constexpr std::array<std::string_view, 2> unit_tries{"0,1,3", "4"};
constexpr std::array<std::string_view, 1> sample_tries{"40"};
constexpr std::array<std::string_view, 1> iteration_tries{"20"};
constexpr std::array<std::string_view, 1> run_tries{"3"};
constexpr std::array parameters{
    Parameter{
        .id = "data", .kind = ParameterKind::choice, .initial = "xor", .choices = two_class_kinds},
    Parameter{.id = "units",
              .kind = ParameterKind::numbers,
              .initial = "0,2,4,8,16",
              .tries = unit_tries,
              .minimum = 0,
              .maximum = 64,
              .min_count = 1,
              .max_count = 8},
    Parameter{.id = "activation",
              .kind = ParameterKind::choice,
              .initial = "tanh",
              .choices =
                  [] {
                    return std::vector<std::string_view>{"tanh", "relu", "sigmoid", "identity"};
                  }},
    Parameter{.id = "samples",
              .kind = ParameterKind::integer,
              .initial = "200",
              .tries = sample_tries,
              .minimum = 10,
              .maximum = 2000},
    Parameter{.id = "iterations",
              .kind = ParameterKind::integer,
              .initial = "1500",
              .tries = iteration_tries,
              .minimum = 1,
              .maximum = 10'000},
    Parameter{.id = "runs",
              .kind = ParameterKind::integer,
              .initial = "8",
              .tries = run_tries,
              .minimum = 2,
              .maximum = 30},
    seed_parameter,
};

constexpr std::size_t num_test_points = 500;
constexpr std::size_t num_directions = 180;
constexpr std::size_t num_runs_drawn = 3;
constexpr std::size_t panel_side = 15;  // cells

/// The nets with one number of hidden units: each has points and first weights of its own.
struct Width {
  std::size_t num_units;
  std::size_t num_parameters = 0;
  std::vector<double> train_accuracies = {};
  std::vector<double> test_accuracies = {};
  std::vector<Model<double>> models = {};  // of the runs that are drawn

  [[nodiscard]] MeanOfRuns train() const { return mean_of_runs(train_accuracies); }
  [[nodiscard]] MeanOfRuns test() const { return mean_of_runs(test_accuracies); }
};

Dataset points_of_run(const Settings& given, std::size_t run) {
  return plane_points({.kind = given.choice("data"),
                       .num_samples = given.integer("samples"),
                       .seed = seed_of_run(given, run)},
                      num_test_points);
}

TrainingOptions options_of(const Settings& given, std::size_t num_units, std::size_t run) {
  TrainingOptions options;
  options.network = {.layer_sizes = {2, 2}, .activation = given.choice("activation")};
  if (num_units > 0) {
    options.network.layer_sizes = {2, num_units, 2};
  }
  options.initializer.standard_deviation = 1;
  options.optimizer.id = "adam";
  options.schedule.learning_rate = 0.03;
  options.batch_size = std::min<std::size_t>(50, given.integer("samples"));
  options.num_iterations = given.integer("iterations");
  options.evaluate_every = 0;
  options.standardize = false;
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
      width.num_parameters = trainer.network().num_parameters();
      width.train_accuracies.push_back(result.train.accuracy());
      width.test_accuracies.push_back(result.test.accuracy());
      if (run < num_runs_drawn) {
        width.models.push_back(trainer.model());
      }
    }
  }
  return widths;
}

Table units_table(const std::vector<Width>& widths) {
  Table table{"by_units",
              {{"units"},
               {"parameters"},
               {"train_accuracy", 3},
               {"test_accuracy", 3},
               {"error", 2},
               {"lowest", 3},
               {"highest", 3}},
              {}};
  for (const Width& width : widths) {
    const MeanOfRuns test = width.test();
    table.rows.push_back({width.num_units, width.num_parameters, width.train().mean, test.mean,
                          test.error, test.lowest, test.highest});
  }
  return table;
}

Figure accuracy_figure(const std::vector<Width>& widths) {
  Series train{.kind = SeriesKind::line, .label = "train_accuracy"};
  Series test{.kind = SeriesKind::line, .label = "test_accuracy"};
  Series lowest{.kind = SeriesKind::guide, .label = "lowest_and_highest"};
  Series highest{.kind = SeriesKind::guide};
  for (const Width& width : widths) {
    const MeanOfRuns runs = width.test();
    const auto x = static_cast<double>(width.num_units);
    const auto add = [x](Series& series, double y) {
      series.x.push_back(x);
      series.y.push_back(y);
    };
    add(train, width.train().mean);
    add(test, runs.mean);
    add(lowest, runs.lowest);
    add(highest, runs.highest);
  }
  return {.title = "accuracy_figure",
          .x = {"units"},
          .y = {.label = "accuracy", .range = std::pair{0.0, 1.05}},
          .series = {std::move(train), std::move(test), std::move(lowest), std::move(highest)}};
}

/// Half the side of a square around the points.
double reach_of(const Samples& samples) {
  double reach = 0;
  for (const float value : samples.values) {
    reach = std::max(reach, static_cast<double>(std::abs(value)));
  }
  return 1.05 * reach;
}

/// What each net says of every place: from -1, surely class 0, to 1, surely class 1. A column for
/// each number of units, a row for each run.
Figure regions_figure(const std::vector<Width>& widths, double reach) {
  constexpr std::size_t stride = panel_side + 1;  // a line of blank cells between panels
  constexpr double middle = (panel_side - 1) / 2.0;
  const std::size_t num_rows = widths.front().models.size();
  Series image{.kind = SeriesKind::image};
  for (std::size_t i = 0; i + 1 < stride * widths.size(); ++i) {
    image.x.push_back((static_cast<double>(i) - middle) / stride);
  }
  for (std::size_t i = 0; i + 1 < stride * num_rows; ++i) {
    image.y.push_back((static_cast<double>(i) - middle) / stride);
  }
  image.z.assign(image.x.size() * image.y.size(), std::numeric_limits<double>::quiet_NaN());
  std::vector<std::string> unit_names;
  std::vector<std::string> run_names;
  for (std::size_t run = 0; run < num_rows; ++run) {
    run_names.push_back(std::to_string(run + 1));
  }
  for (std::size_t column = 0; column < widths.size(); ++column) {
    unit_names.push_back(std::to_string(widths[column].num_units));
    for (std::size_t run = 0; run < num_rows; ++run) {
      Classifier<double> net(widths[column].models[run]);
      for (std::size_t i = 0; i < panel_side * panel_side; ++i) {
        const std::size_t across = i % panel_side;
        const std::size_t down = i / panel_side;
        const std::array place{
            static_cast<float>(reach * (static_cast<double>(across) / middle - 1)),
            static_cast<float>(reach * (1 - static_cast<double>(down) / middle))};
        const std::vector<double> p = net.probabilities(std::span<const float>(place));
        const std::size_t cell = (column * stride + across) * image.y.size() + run * stride + down;
        image.z[cell] = std::round(100 * (p[1] - p[0])) / 100;  // as fine as a shade can be
      }
    }
  }
  return {.title = "regions_figure",
          .x = {.label = "units", .names = std::move(unit_names)},
          .y = {.label = "run", .names = std::move(run_names)},
          .series = {std::move(image)},
          .has_equal_scales = true};
}

Series points_of(const Samples& samples, Label label, std::string name) {
  Series points{.kind = SeriesKind::points, .label = std::move(name)};
  for (std::size_t n = 0; n < samples.labels.size(); ++n) {
    if (samples.labels[n] == label) {
      points.x.push_back(samples.values[2 * n]);
      points.y.push_back(samples.values[2 * n + 1]);
    }
  }
  return points;
}

/// The part of it that a square around 0 shows.
Series drawn(const StraightLine& line, double reach, SeriesKind kind, std::string label) {
  Series series{.kind = kind, .label = std::move(label)};
  constexpr int num_steps = 40;
  for (int i = -num_steps; i <= num_steps; ++i) {
    const double along = std::numbers::sqrt2 * reach * i / num_steps;
    const double x0 = line.normal_0 * line.offset - line.normal_1 * along;
    const double x1 = line.normal_1 * line.offset + line.normal_0 * along;
    if (std::abs(x0) <= reach && std::abs(x1) <= reach) {
      series.x.push_back(x0);
      series.y.push_back(x1);
    }
  }
  return series;
}

/// Where the input of each hidden unit is 0.
std::vector<StraightLine> lines_of(const Model<double>& model) {
  const Network<double> network(model.network);
  const std::span<const double> weights =
      network.weights(0).of(std::span<const double>(model.parameters));
  const std::span<const double> biases =
      network.bias(0).of(std::span<const double>(model.parameters));
  std::vector<StraightLine> lines;
  for (std::size_t unit = 0; unit < biases.size(); ++unit) {
    const double w0 = weights[unit];
    const double w1 = weights[biases.size() + unit];
    const double length = std::hypot(w0, w1);
    lines.push_back({w0 / length, w1 / length, -biases[unit] / length});
  }
  return lines;
}

/// The points of the first run, the best straight line, and those of the smallest hidden layer.
Figure lines_figure(const Samples& samples, const BestLine& best, const Width* width) {
  const double reach = reach_of(samples);
  const Axis axis{.label = "x0", .range = std::pair{-reach, reach}};
  Figure figure{.title = "lines_figure",
                .values = {{"units", width == nullptr ? 0 : width->num_units}},
                .x = axis,
                .y = {.label = "x1", .range = axis.range},
                .series = {points_of(samples, 0, "class_0"), points_of(samples, 1, "class_1"),
                           drawn(best.line, reach, SeriesKind::line, "best_line")},
                .has_equal_scales = true};
  if (width != nullptr) {
    std::string label = "unit_lines";
    for (const StraightLine& line : lines_of(width->models.front())) {
      figure.series.push_back(drawn(line, reach, SeriesKind::guide, std::exchange(label, "")));
    }
  }
  return figure;
}

/// The four corners of a square; opposite ones are of one class.
Samples corners() {
  return {
      .num_features = 2, .bytes = {}, .values = {0, 0, 0, 1, 1, 0, 1, 1}, .labels = {0, 1, 1, 0}};
}

void explain_lines(Result& result, const Width& narrowest, const BestLine& best, double share) {
  const BestLine of_corners = best_line(corners(), num_directions);
  result.find("corners", {{"right", of_corners.num_correct}, {"lines", of_corners.num_lines}});
  result.find("best_of_lines", {{"lines", best.num_lines}, {"share", 100 * share}});
  if (narrowest.num_units == 0 && share - narrowest.train_accuracies.front() > 0.02) {
    result.find("loss_takes_another_line", {{"net", 100 * narrowest.train_accuracies.front()}});
  }
}

void explain_units(Result& result, const std::vector<Width>& widths) {
  const auto best = std::max_element(
      widths.begin(), widths.end(),
      [](const Width& a, const Width& b) { return a.test().mean < b.test().mean; });
  // The fewest that do as well, as far as chance lets one tell.
  const auto enough = std::find_if(widths.begin(), widths.end(), [&](const Width& width) {
    return !is_clearly_above(best->test_accuracies, width.test_accuracies);
  });
  const MeanOfRuns runs = enough->test();
  result.find(widths.size() == 1           ? "one_number"
              : enough == widths.begin()   ? "fewest_do"
              : enough + 1 == widths.end() ? "more_may_help"
                                           : "enough",
              {{"units", enough->num_units},
               {"test", 100 * runs.mean},
               {"error", 100 * runs.error},
               {"runs", enough->test_accuracies.size()},
               {"first", widths.front().num_units},
               {"first_test", 100 * widths.front().test().mean},
               {"last", widths.back().num_units},
               {"last_test", 100 * widths.back().test().mean},
               {"last_error", 100 * widths.back().test().error}});
  const auto spread = [](const Width& width) { return width.test().highest - width.test().lowest; };
  const auto widest =
      std::max_element(widths.begin(), widths.end(),
                       [&](const Width& a, const Width& b) { return spread(a) < spread(b); });
  result.find("luck", {{"units", widest->num_units},
                       {"lowest", 100 * widest->test().lowest},
                       {"highest", 100 * widest->test().highest}});
}

Result run(const Settings& given) {
  const std::vector<Width> widths = train_all(given);
  const Samples first = points_of_run(given, 0).train;
  const BestLine best = best_line(first, num_directions);
  const double share =
      static_cast<double>(best.num_correct) / static_cast<double>(first.num_samples());
  const auto hidden = std::find_if(widths.begin(), widths.end(),
                                   [](const Width& width) { return width.num_units > 0; });
  Result result;
  result.scalars = {{"best_line_share", share}};
  result.tables = {units_table(widths)};
  result.figures = {accuracy_figure(widths), regions_figure(widths, reach_of(first)),
                    lines_figure(first, best, hidden == widths.end() ? nullptr : &*hidden)};
  explain_lines(result, widths.front(), best, share);
  explain_units(result, widths);
  if (given.choice("activation") == "identity") {
    result.find("identity_is_one_line");
  }
  result.mistake("layers_without_activation");
  result.mistake("enough_is_not_found");
  result.mistake("units_are_not_regions");
  return result;
}

}  // namespace
}  // namespace hidden_layer_lab

constinit const Experiment hidden_layer_experiment{
    "hidden-layer", "4.5", hidden_layer_lab::parameters, hidden_layer_lab::run};

}  // namespace gradus

// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "every_experiment.hpp"
#include "gradus/data/digits.hpp"
#include "gradus/loss/softmax_cross_entropy.hpp"
#include "gradus/train/diagnosis.hpp"
#include "lab/record_series.hpp"
#include "seed_parameter.hpp"
#include "watched_training.hpp"

namespace gradus {
namespace training_lab {
namespace {

constexpr std::array<std::string_view, 1> iteration_counts{"1500"};
constexpr std::array<std::string_view, 3> rates{"2", "0.01", "10"};
constexpr std::array<std::string_view, 1> hidden_sizes{"10"};
constexpr std::array<std::string_view, 1> image_counts{"200"};
constexpr std::array<std::string_view, 1> batch_sizes{"20"};
constexpr std::array parameters{
    Parameter{.id = "iterations",
              .kind = ParameterKind::integer,
              .initial = "600",
              .tries = iteration_counts,
              .minimum = 20,
              .maximum = 20'000},
    Parameter{.id = "lr",
              .kind = ParameterKind::real,
              .initial = "0.1",
              .tries = rates,
              .minimum = 1e-6,
              .maximum = 100},
    Parameter{.id = "hidden",
              .kind = ParameterKind::integer,
              .initial = "50",
              .tries = hidden_sizes,
              .minimum = 1,
              .maximum = 500},
    Parameter{.id = "images",
              .kind = ParameterKind::integer,
              .initial = "2000",
              .tries = image_counts,
              .minimum = 100,
              .maximum = first_digit_test_index},
    Parameter{.id = "batch",
              .kind = ParameterKind::integer,
              .initial = "100",
              .tries = batch_sizes,
              .minimum = 1,
              .maximum = 1000},
    seed_parameter,
};

constexpr std::size_t num_test_images = 500;
constexpr std::size_t num_records = 10;

TrainingOptions options_of(const Settings& given) {
  TrainingOptions options;
  options.network.layer_sizes = {num_digit_pixels, given.integer("hidden"), num_digit_classes};
  options.optimizer.id = "sgd";
  options.schedule.learning_rate = given.real("lr");
  options.batch_size = given.integer("batch");
  options.num_iterations = given.integer("iterations");
  options.evaluate_every = std::max<std::size_t>(1, given.integer("iterations") / num_records);
  options.seed = given.integer("seed");
  return options;
}

// As the diagnosis of a run sees it: within 2 % of a blind guess nothing was learned. Steps that
// are too small stay nearer to it than that.
constexpr double clearly_below = 0.98;
constexpr double clearly_above = 1.015;

/// How the loss fell, seen through windows of some iterations.
struct Fall {
  double guess = 0;                           // the loss of a guess that never looks
  std::optional<std::size_t> end_of_plateau;  // the first window clearly below that begins here
  std::size_t steepest = 0;                   // where the window begins after which it falls most
};

Fall fall_of(const WatchedTraining& training, std::span<const Label> labels) {
  Fall fall;
  fall.guess = blind_guess_loss<float>(SoftmaxCrossEntropy<float>(), labels, num_digit_classes);
  double most = 0;
  const std::size_t end = training.curves.losses.size();
  for (std::size_t first = 0; first + loss_window <= end; first += loss_window) {
    const double mean = training.mean_loss(first, first + loss_window);
    if (!fall.end_of_plateau && mean < clearly_below * fall.guess) {
      fall.end_of_plateau = first;
    }
    const std::size_t next = first + loss_window;
    if (next + loss_window <= end) {
      const double drop = mean - training.mean_loss(next, next + loss_window);
      if (drop > most) {
        most = drop;
        fall.steepest = next;
      }
    }
  }
  return fall;
}

Table records_table(const WatchedTraining& training) {
  Table table{
      "records",
      {{"iteration"}, {"epoch", 4}, {"mean_loss", 4}, {"train_accuracy", 4}, {"test_accuracy", 4}},
      {}};
  std::size_t before = 0;
  for (const ScoreRecord& record : training.curves.records) {
    const auto now = static_cast<std::size_t>(record.iteration);
    const double loss = now == 0 ? training.curves.losses.front() : training.mean_loss(before, now);
    table.rows.push_back({now, record.epoch, loss, record.train_score, record.test_score});
    before = now;
  }
  return table;
}

Figure loss_figure(const WatchedTraining& training, double guess) {
  const double last = static_cast<double>(training.curves.losses.size());
  return {.title = "loss_figure",
          .x = {"iteration"},
          .y = {"loss"},
          .series = {loss_series("batch_loss", training),
                     mean_loss_series("mean_of_twenty", training),
                     {.kind = SeriesKind::guide,
                      .label = "blind_guess",
                      .x = {0, last},
                      .y = {guess, guess}}}};
}

Figure accuracy_figure(const WatchedTraining& training) {
  const std::vector<ScoreRecord>& records = training.curves.records;
  return {.title = "accuracy_figure",
          .x = {"iteration"},
          .y = {.label = "accuracy", .range = std::pair{0.0, 1.0}},
          .series = {record_series("train_accuracy", records, train_score_of),
                     record_series("test_accuracy", records, test_score_of)}};
}

void explain_plateau(Result& result, const Fall& fall, double last_loss,
                     std::size_t num_iterations) {
  const std::vector<NamedValue> facts{{"guess", fall.guess},
                                      {"last", last_loss},
                                      {"iterations", num_iterations},
                                      {"until", fall.end_of_plateau.value_or(0)},
                                      {"steepest", fall.steepest}};
  if (!fall.end_of_plateau && last_loss > clearly_above * fall.guess) {
    result.find("worse_than_guess", facts);
  } else if (!fall.end_of_plateau) {
    result.find("still_on_plateau", facts);
  } else if (*fall.end_of_plateau <= loss_window) {
    result.find("no_plateau", facts);
  } else {
    result.find("plateau_ended", facts);
  }
}

void explain_gap(Result& result, const TrainingResult& trained) {
  const double gap = trained.train.accuracy() - trained.test.accuracy();
  const double error = half_width(trained.test.accuracy_interval()) / 2;
  result.find(gap > 2 * error ? "gap" : "no_gap",
              {{"gap", 100 * gap}, {"error", 100 * error}, {"tests", num_test_images}});
}

Result run(const Settings& given) {
  const std::size_t num_images = given.integer("images");
  if (given.integer("batch") > num_images) {
    given.refuse("batch", "at most as many as there are images");
  }
  Team team(1);
  const Dataset digits = make_digits({.num_train = num_images, .num_test = num_test_images}, team);
  const WatchedTraining training = train_and_watch(digits, options_of(given));
  const std::size_t num_iterations = training.curves.losses.size();
  const Fall fall = fall_of(training, digits.train.labels);
  const double num_parameters = static_cast<double>(training.model.parameters.size());
  const TrainingResult& trained = training.result;
  const double last_loss =
      training.mean_loss(num_iterations - std::min(num_iterations, loss_window), num_iterations);
  Result result;
  result.scalars = {{"last_loss", last_loss},
                    {"train_accuracy", trained.train.accuracy()},
                    {"test_accuracy", trained.test.accuracy()},
                    {"parameters", num_parameters}};
  result.tables = {records_table(training)};
  result.figures = {loss_figure(training, fall.guess), accuracy_figure(training)};

  result.find("stands", {{"iterations", num_iterations},
                         {"epochs", training.curves.records.back().epoch},
                         {"train", 100 * trained.train.accuracy()},
                         {"test", 100 * trained.test.accuracy()}});
  explain_plateau(result, fall, last_loss, num_iterations);
  if (fall.end_of_plateau) {
    explain_gap(result, trained);
  }
  result.find("numerical_cost",
              {{"parameters", num_parameters},
               {"iterations", num_iterations},
               {"evaluations", 2 * num_parameters * static_cast<double>(num_iterations)}});
  result.mistake("numerical_training");
  result.mistake("epochs_as_fractions");
  result.mistake("epochs_with_replacement");
  result.mistake("pictures_without_code");
  return result;
}

}  // namespace
}  // namespace training_lab

constinit const Experiment training_experiment{"training", "4.5", training_lab::parameters,
                                               training_lab::run};

}  // namespace gradus

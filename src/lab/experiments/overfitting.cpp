// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "every_experiment.hpp"
#include "gradus/data/digits.hpp"
#include "lab/record_series.hpp"
#include "seed_parameter.hpp"
#include "watched_training.hpp"

namespace gradus {
namespace overfitting_lab {
namespace {

constexpr std::array<std::string_view, 2> image_counts{"1000", "20"};
constexpr std::array<std::string_view, 1> iteration_counts{"40"};
constexpr std::array<std::string_view, 1> hidden_sizes{"5"};
constexpr std::array<std::string_view, 2> decays{"0.1", "1"};
constexpr std::array<std::string_view, 1> patiences{"3"};
constexpr std::array parameters{
    Parameter{.id = "images",
              .kind = ParameterKind::integer,
              .initial = "100",
              .tries = image_counts,
              .minimum = 10,
              .maximum = 5000},
    Parameter{.id = "iterations",
              .kind = ParameterKind::integer,
              .initial = "400",
              .tries = iteration_counts,
              .minimum = 20,
              .maximum = 10'000},
    Parameter{.id = "hidden",
              .kind = ParameterKind::integer,
              .initial = "50",
              .tries = hidden_sizes,
              .minimum = 1,
              .maximum = 500},
    Parameter{.id = "decay",
              .kind = ParameterKind::real,
              .initial = "0",
              .tries = decays,
              .minimum = 0,
              .maximum = 1},
    Parameter{.id = "patience",
              .kind = ParameterKind::integer,
              .initial = "0",
              .tries = patiences,
              .minimum = 0,
              .maximum = 100},
    seed_parameter,
};

constexpr std::size_t num_validation_images = 300;
constexpr std::size_t num_test_images = 500;
constexpr std::size_t num_records = 20;
constexpr std::size_t more_images = 10;  // times
constexpr double remedy_decay = 0.1;
constexpr std::size_t remedy_patience = 3;

struct Treatment {
  std::size_t num_images;
  double decay;
  std::size_t patience;
};

/// @param is_watched  with records on the way; early stopping needs them in any case
WatchedTraining train(const Settings& given, const Treatment& treatment, bool is_watched) {
  Team team(1);
  const Dataset digits = make_digits(
      {.num_train = treatment.num_images + num_validation_images, .num_test = num_test_images},
      team);
  TrainingOptions options;
  options.network = {.layer_sizes = {num_digit_pixels, given.integer("hidden"), num_digit_classes},
                     .activation = "relu"};
  options.initializer.id = "he";
  options.batch_size = std::min<std::size_t>(20, treatment.num_images);
  options.num_iterations = given.integer("iterations");
  options.evaluate_every = is_watched || treatment.patience > 0
                               ? std::max<std::size_t>(1, given.integer("iterations") / num_records)
                               : 0;
  options.weight_decay = treatment.decay;
  options.num_validation = num_validation_images;
  options.early_stop = treatment.patience;
  options.seed = given.integer("seed");
  return train_and_watch(digits, options);
}

double gap_of(const TrainingResult& result) {
  return result.train.accuracy() - result.test.accuracy();
}

/// The record whose validation loss is the lowest: the one early stopping keeps.
const ScoreRecord& best_of(const std::vector<ScoreRecord>& records) {
  return *std::min_element(records.begin(), records.end(), [](const auto& a, const auto& b) {
    return *a.validation_loss < *b.validation_loss;
  });
}

std::vector<Value> row(std::string remedy, const WatchedTraining& training) {
  const TrainingResult& result = training.result;
  return {TextId{std::move(remedy)}, result.num_iterations,
          result.train.accuracy(),   result.validation->accuracy(),
          result.test.accuracy(),    gap_of(result),
          result.train.loss,         result.validation->loss};
}

std::optional<double> accuracy_gap_of(const ScoreRecord& record) {
  return record.train_score - record.test_score;
}

std::optional<double> validation_loss_of(const ScoreRecord& record) {
  return record.validation_loss;
}

Figure accuracy_figure(const std::vector<ScoreRecord>& records) {
  Series gap = record_series("gap", records, accuracy_gap_of);
  gap.kind = SeriesKind::guide;
  return {.title = "accuracy_figure",
          .x = {"iteration"},
          .y = {.label = "accuracy", .range = std::pair{-0.05, 1.05}},
          .series = {record_series("train_accuracy", records, train_score_of),
                     record_series("validation_accuracy", records, validation_score_of),
                     record_series("test_accuracy", records, test_score_of), std::move(gap)}};
}

Figure loss_figure(const WatchedTraining& training) {
  const std::vector<ScoreRecord>& records = training.curves.records;
  const ScoreRecord& best = best_of(records);
  return {.title = "loss_figure",
          .x = {"iteration"},
          .y = {"loss"},
          .series = {mean_loss_series("batch_loss", training),
                     record_series("validation_loss", records, validation_loss_of),
                     {.kind = SeriesKind::points,
                      .label = "lowest",
                      .x = {static_cast<double>(best.iteration)},
                      .y = {*best.validation_loss}}}};
}

/// Your run, and the same with one remedy each that it does not have already.
struct Remedies {
  Table table{"remedies",
              {{"run"},
               {"iterations"},
               {"train_accuracy", 4},
               {"validation_accuracy", 4},
               {"test_accuracy", 4},
               {"gap", 3},
               {"train_loss", 3},
               {"validation_loss", 3}},
              {}};
  std::string best;  // of the remedies: the one with which most test images are read
  double best_test = -1;
  double best_gap = 0;

  void add(const std::string& remedy, const WatchedTraining& training) {
    table.rows.push_back(row(remedy, training));
    if (training.result.test.accuracy() > best_test) {
      best = remedy;
      best_test = training.result.test.accuracy();
      best_gap = gap_of(training.result);
    }
  }
};

Remedies try_remedies(const Settings& given, const Treatment& yours) {
  Remedies remedies;
  Treatment treatment = yours;
  treatment.num_images *= more_images;
  remedies.add("more_images", train(given, treatment, false));
  treatment = yours;
  treatment.decay = remedy_decay;
  if (treatment.decay != yours.decay) {
    remedies.add("with_decay", train(given, treatment, false));
  }
  treatment = yours;
  treatment.patience = remedy_patience;
  if (treatment.patience != yours.patience) {
    remedies.add("stopped_early", train(given, treatment, false));
  }
  return remedies;
}

void explain_gap(Result& result, const WatchedTraining& yours, std::size_t num_images) {
  const TrainingResult& trained = yours.result;
  const double error = half_width(trained.test.accuracy_interval()) / 2;
  const bool is_gap = gap_of(trained) > 2 * error;
  const double train_accuracy = trained.train.accuracy();
  constexpr double nothing = 0.2;  // twice what a guess gets right
  constexpr double all = 0.99;
  result.find(train_accuracy < nothing ? "learned_nothing"
              : !is_gap                ? "no_gap"
              : train_accuracy < all   ? "gap_opens"
                                       : "by_heart",
              {{"images", num_images},
               {"parameters", yours.model.parameters.size()},
               {"train", 100 * train_accuracy},
               {"test", 100 * trained.test.accuracy()},
               {"gap", 100 * gap_of(trained)},
               {"error", 100 * error}});
}

void explain_validation(Result& result, const WatchedTraining& yours) {
  const ScoreRecord& best = best_of(yours.curves.records);
  const ScoreRecord& last = yours.curves.records.back();
  const std::vector<NamedValue> facts{{"at", best.iteration},
                                      {"low", *best.validation_loss},
                                      {"last", *last.validation_loss},
                                      {"end", last.iteration}};
  constexpr double clearly_above = 1.05;  // a record is off by some percent either way
  result.find(*last.validation_loss > clearly_above * *best.validation_loss ? "validation_turns"
                                                                            : "validation_falls",
              facts);
  if (yours.result.stop_reason == StopReason::early_stop) {
    result.find("stopped", facts);
  }
}

Result run(const Settings& given) {
  const Treatment treatment{.num_images = given.integer("images"),
                            .decay = given.real("decay"),
                            .patience = given.integer("patience")};
  const WatchedTraining yours = train(given, treatment, true);
  Remedies remedies = try_remedies(given, treatment);
  remedies.table.rows.insert(remedies.table.rows.begin(), row("yours", yours));
  Result result;
  result.scalars = {{"train_accuracy", yours.result.train.accuracy()},
                    {"test_accuracy", yours.result.test.accuracy()},
                    {"gap", gap_of(yours.result)}};
  result.tables = {std::move(remedies.table)};
  result.figures = {accuracy_figure(yours.curves.records), loss_figure(yours)};
  explain_gap(result, yours, treatment.num_images);
  explain_validation(result, yours);
  const double test = yours.result.test.accuracy();
  const bool is_better =
      remedies.best_test > test + half_width(yours.result.test.accuracy_interval()) / 2;
  result.find(is_better ? "best_remedy" : "remedies_change_little",
              {{"remedy", TextId{remedies.best}},
               {"test", 100 * test},
               {"gap", 100 * gap_of(yours.result)},
               {"best_test", 100 * remedies.best_test},
               {"best_gap", 100 * remedies.best_gap}});
  result.mistake("training_accuracy_proves_little");
  result.mistake("gap_is_not_all");
  result.mistake("test_is_for_the_end");
  return result;
}

}  // namespace
}  // namespace overfitting_lab

constinit const Experiment overfitting_experiment{"overfitting", "4.5", overfitting_lab::parameters,
                                                  overfitting_lab::run};

}  // namespace gradus

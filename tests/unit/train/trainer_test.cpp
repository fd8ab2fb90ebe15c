// SPDX-License-Identifier: MIT
#include "gradus/train/trainer.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/core/random.hpp"

namespace gradus {
namespace {

/// Points in the plane, their class by which of three centres they lie around: easy to learn.
Samples make_points(std::size_t count, std::uint64_t seed) {
  Random random(seed, Stream::sampling);
  Samples samples;
  samples.num_features = 2;
  for (std::size_t n = 0; n < count; ++n) {
    const Label label = random.below(3);
    samples.labels.push_back(label);
    samples.values.push_back(static_cast<float>(2.0 * (label == 0) + 0.5 * random.normal()));
    samples.values.push_back(static_cast<float>(2.0 * (label == 1) + 0.5 * random.normal()));
  }
  return samples;
}

Dataset points() {
  return {.name = "points",
          .sample_shape = Shape{2},
          .num_classes = 3,
          .train = make_points(120, 1),
          .test = make_points(60, 2)};
}

TrainingOptions small_options() {
  TrainingOptions options;
  options.network = {.layer_sizes = {2, 8, 3}, .activation = "tanh"};
  options.initializer.id = "xavier";
  options.batch_size = 10;
  options.num_iterations = 200;
  return options;
}

struct Recorded {
  TrainingResult result;
  std::vector<double> losses;
  std::vector<ScoreRecord> records;
  std::vector<double> parameters;
};

Recorded run(const TrainingOptions& options, std::size_t num_threads = 1) {
  const Dataset dataset = points();
  Team team(num_threads, num_threads);
  Trainer<double> trainer(dataset, options, team);
  Recorded recorded;
  recorded.result = trainer.run({
      .on_iteration = [&](std::uint64_t, double loss) { recorded.losses.push_back(loss); },
      .on_record = [&](const ScoreRecord& record) { recorded.records.push_back(record); },
  });
  recorded.parameters.assign(trainer.parameters().begin(), trainer.parameters().end());
  return recorded;
}

TEST(Trainer, LearnsPointsInThePlane) {
  const Recorded found = run(small_options());
  EXPECT_EQ(found.result.stop_reason, StopReason::finished);
  EXPECT_EQ(found.losses.size(), 200U);
  EXPECT_GT(found.result.test.accuracy(), 0.9);
  EXPECT_LT(found.result.train.loss, 0.3);
}

TEST(Trainer, RecordsOnceAnEpochBeforeTheUpdateAndAtTheEnd) {
  const Recorded found = run(small_options());
  std::vector<std::uint64_t> iterations;
  for (const ScoreRecord& record : found.records) {
    iterations.push_back(record.iteration);
    EXPECT_DOUBLE_EQ(record.epoch, static_cast<double>(record.iteration) / 12);
  }
  EXPECT_EQ(iterations.front(), 0U);
  EXPECT_EQ(iterations[1], 12U);
  EXPECT_EQ(iterations.back(), 200U);
  EXPECT_EQ(iterations.size(), 18U);  // 0, 12, ..., 192 and 200
  EXPECT_EQ(found.records.back().test_score, found.result.test.accuracy());
}

TEST(Trainer, NeverRecordsWhenAskedNotTo) {
  TrainingOptions options = small_options();
  options.evaluate_every = 0;
  const Recorded found = run(options);
  EXPECT_TRUE(found.records.empty());
  EXPECT_GT(found.result.test.num_samples(), 0U);
}

TEST(Trainer, CountsEpochsInIterations) {
  TrainingOptions options = small_options();
  options.num_epochs = 5;
  options.sampling = Sampling::shuffle;
  EXPECT_EQ(run(options).losses.size(), 60U);
  options.batch_size = 50;  // 3 batches an epoch, the last one of 20
  EXPECT_EQ(run(options).losses.size(), 15U);
}

TEST(Trainer, GivesTheSameBitsForTheSameSeedOnAnyNumberOfThreads) {
  const Recorded one = run(small_options(), 1);
  const Recorded three = run(small_options(), 3);
  EXPECT_EQ(one.parameters, three.parameters);
  EXPECT_EQ(one.losses, three.losses);
  TrainingOptions other = small_options();
  other.seed = 2;
  EXPECT_NE(run(other).parameters, one.parameters);
}

TEST(Trainer, ReportsTheLossBeforeTheUpdate) {
  TrainingOptions options = small_options();
  options.initializer = {.id = "normal", .standard_deviation = 0};
  EXPECT_DOUBLE_EQ(run(options).losses.front(), std::log(3));
}

TEST(Trainer, HoldsOutValidationSamplesAndTrainsOnTheOthers) {
  TrainingOptions options = small_options();
  options.num_validation = 20;
  const Recorded found = run(options);
  EXPECT_EQ(found.result.validation->num_samples(), 20U);
  EXPECT_EQ(found.result.train.num_samples(), 100U);
  EXPECT_EQ(*found.records.back().validation_score, found.result.validation->accuracy());
}

TEST(Trainer, StopsEarlyAndKeepsTheParametersWithTheLowestValidationLoss) {
  TrainingOptions options = small_options();
  options.num_iterations = 100000;
  options.num_validation = 20;
  options.early_stop = 3;
  const Recorded found = run(options);
  EXPECT_EQ(found.result.stop_reason, StopReason::early_stop);
  EXPECT_LT(found.result.num_iterations, 100000U);
  double lowest = 1e300;
  std::size_t best = 0;
  for (std::size_t i = 0; i < found.records.size(); ++i) {
    if (*found.records[i].validation_loss < lowest) {
      lowest = *found.records[i].validation_loss;
      best = i;
    }
  }
  EXPECT_EQ(found.result.validation->loss, lowest);
  EXPECT_EQ(best + 1 + 3, found.records.size());
}

TEST(Trainer, TellsThatItDiverged) {
  TrainingOptions options = small_options();
  options.network.activation = "relu";
  options.schedule.learning_rate = 1e200;
  EXPECT_EQ(run(options).result.stop_reason, StopReason::diverged);
}

// Each update multiplies the weights by 1 - learning rate * decay: they grow when that is below -1.
TEST(Trainer, BlamesTheDecayForADivergenceWhenItAloneMakesTheWeightsGrow) {
  TrainingOptions options = small_options();
  options.network.activation = "relu";
  options.schedule.learning_rate = 1e200;  // diverges whatever the decay
  const auto cause = [&](double product) {
    options.weight_decay = product / options.schedule.learning_rate;
    return run(options).result.divergence.value().cause;
  };
  EXPECT_EQ(cause(0), DivergenceCause::learning_rate);
  EXPECT_EQ(cause(1.5), DivergenceCause::learning_rate);
  EXPECT_EQ(cause(2.5), DivergenceCause::weight_decay);
}

TEST(Trainer, DivergesByTheDecayAloneWhenItMakesTheWeightsGrow) {
  TrainingOptions options = small_options();
  options.num_iterations = 5000;  // 1.5^1750 is more than double holds
  options.schedule.learning_rate = 0.1;
  options.weight_decay = 15;
  EXPECT_EQ(run(options).result.stop_reason, StopReason::finished);
  options.weight_decay = 25;
  const TrainingResult grown = run(options).result;
  EXPECT_EQ(grown.stop_reason, StopReason::diverged);
  ASSERT_TRUE(grown.divergence);
  EXPECT_EQ(grown.divergence->cause, DivergenceCause::weight_decay);
}

TEST(Trainer, EndsWhenAskedTo) {
  const Dataset dataset = points();
  Team team;
  Trainer<double> trainer(dataset, small_options(), team);
  int asked = 0;
  const TrainingResult result = trainer.run({.should_stop = [&] { return ++asked > 5; }});
  EXPECT_EQ(result.stop_reason, StopReason::interrupted);
  EXPECT_EQ(result.num_iterations, 5U);
}

TEST(Trainer, KeepsWhatWasReachedWhenInterruptedBeforeTheNextRecord) {
  TrainingOptions options = small_options();
  options.num_validation = 20;
  options.early_stop = 3;
  options.evaluate_every = 1000;
  const Dataset dataset = points();
  Team team;
  Trainer<double> trainer(dataset, options, team);
  std::uint64_t num_updates = 0;
  std::vector<std::uint64_t> recorded;
  const TrainingResult result = trainer.run({
      .on_iteration = [&](std::uint64_t, double) { ++num_updates; },
      .on_record = [&](const ScoreRecord& record) { recorded.push_back(record.iteration); },
      .should_stop = [&] { return num_updates == 150; },
  });
  EXPECT_EQ(recorded, (std::vector<std::uint64_t>{0, 150}));
  EXPECT_GT(result.test.accuracy(), 0.9) << "not the parameters of iteration 0";
}

TEST(Trainer, CountsTheUpdateAtWhichItDivergedAndMeasuresNothing) {
  TrainingOptions options = small_options();
  options.network.activation = "relu";
  options.schedule.learning_rate = 1e200;
  const Recorded found = run(options);
  EXPECT_EQ(found.result.num_iterations, found.losses.size());
  EXPECT_EQ(found.result.test.num_samples(), 0U);
}

TEST(Trainer, StandardizesByTheRowsThatAreNotHeldOut) {
  Dataset dataset = points();
  for (std::size_t i = 0; i < dataset.train.values.size(); i += 2) {
    dataset.train.values[i] *= 1000;
  }
  TrainingOptions options = small_options();
  options.num_validation = 50;
  Team team;
  const Trainer<double> by_itself(dataset, options, team);
  EXPECT_TRUE(by_itself.options().standardize.value());
  options.standardize = true;
  const Trainer<double> asked(dataset, options, team);
  const Standardization& columns = asked.scaling().columns;
  EXPECT_EQ(columns.means, by_itself.scaling().columns.means);
  options.num_validation = 0;
  const Trainer<double> of_all(dataset, options, team);
  EXPECT_NE(columns.means, of_all.scaling().columns.means);
  options.standardize = false;
  EXPECT_FALSE(Trainer<double>(dataset, options, team).scaling().is_standardized());
  options.standardize.reset();
  const Dataset small = points();
  EXPECT_FALSE(Trainer<double>(small, options, team).options().standardize.value());
}

TEST(Trainer, RunsOnce) {
  const Dataset dataset = points();
  Team team;
  Trainer<double> trainer(dataset, small_options(), team);
  trainer.run();
  EXPECT_THROW(trainer.run(), StateError);
}

TEST(Trainer, RefusesADatasetThatDoesNotHoldWhatItSays) {
  Team team;
  Dataset dataset = points();
  dataset.train.values.pop_back();
  EXPECT_THROW(Trainer<double>(dataset, small_options(), team), ShapeError);
  dataset = points();
  dataset.test.labels[0] = 3;
  EXPECT_THROW(Trainer<double>(dataset, small_options(), team), ValueError);
  dataset = points();
  dataset.train = {.num_features = 2, .bytes = {}, .values = {}, .labels = {}};
  EXPECT_THROW(Trainer<double>(dataset, small_options(), team), ShapeError);
}

template <class Change>
std::string complaint_about_options(Change change) {
  TrainingOptions options = small_options();
  change(options);
  try {
    run(options);
  } catch (const Error& error) {
    return error.what();
  }
  return "nothing was thrown";
}

TEST(Trainer, SaysWhatDoesNotFit) {
  EXPECT_EQ(complaint_about_options([](auto& o) {
              o.network.layer_sizes = {3, 8, 3};
            }),
            "layers: the first is 3, but points has 2 features for each sample");
  EXPECT_EQ(complaint_about_options([](auto& o) {
              o.network.layer_sizes = {2, 8, 2};
            }),
            "layers: the last is 2, but points has 3 classes");
  EXPECT_EQ(complaint_about_options([](auto& o) { o.batch_size = 121; }),
            "batch size is 121, expected 1 to the number of training samples, 120");
  EXPECT_EQ(complaint_about_options([](auto& o) { o.num_validation = 120; }),
            "validation is 120, expected fewer than the 120 training samples");
  EXPECT_EQ(complaint_about_options([](auto& o) { o.early_stop = 2; }),
            "early stopping needs validation samples; hold some out, for example 5000");
  EXPECT_EQ(complaint_about_options([](auto& o) { o.first_layer = InputForm::sparse; }),
            "sparse rows need features that are bytes; these are numbers");
  EXPECT_EQ(complaint_about_options([](auto& o) { o.schedule.learning_rate = -1; }),
            "learning rate is -1, expected a number above 0");
}

}  // namespace
}  // namespace gradus

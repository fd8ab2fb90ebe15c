// SPDX-License-Identifier: MIT
#include "gradus/train/diagnosis.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/core/numbers_below.hpp"
#include "gradus/core/random.hpp"
#include "gradus/nn/activations.hpp"
#include "gradus/optim/optimizer.hpp"
#include "gradus/train/divergence.hpp"
#include "gradus/train/trainer.hpp"

namespace gradus {
namespace {

/// Points around one centre for each class; `spread` of 0.5 keeps them well apart.
Samples make_points(std::size_t count, std::uint64_t seed, double offset = 0) {
  Random random(seed, Stream::sampling);
  Samples samples;
  samples.num_features = 2;
  for (std::size_t n = 0; n < count; ++n) {
    const Label label = random.below(3);
    samples.labels.push_back(label);
    samples.values.push_back(
        static_cast<float>(offset + 2.0 * (label == 0) + 0.5 * random.normal()));
    samples.values.push_back(static_cast<float>(2.0 * (label == 1) + 0.5 * random.normal()));
  }
  return samples;
}

Dataset points(double offset = 0) {
  return {.name = "points",
          .sample_shape = Shape{2},
          .num_classes = 3,
          .train = make_points(600, 1, offset),
          .test = make_points(300, 2, offset)};
}

TrainingOptions small_options() {
  TrainingOptions options;
  options.network = {.layer_sizes = {2, 16, 3}, .activation = "tanh"};
  options.initializer.id = "xavier";
  options.batch_size = 20;
  options.num_iterations = 1200;
  return options;
}

TrainingResult run(const TrainingOptions& options, const Dataset& dataset) {
  Team team;
  Trainer<float> trainer(dataset, options, team);
  return trainer.run();
}

std::vector<std::string> ids(const TrainingResult& result) {
  std::vector<std::string> names;
  for (const Finding& finding : result.findings) {
    names.emplace_back(finding.id);
  }
  return names;
}

bool has(const TrainingResult& result, const std::string& id) {
  const auto names = ids(result);
  return std::find(names.begin(), names.end(), id) != names.end();
}

Evaluation evaluation_of(std::vector<std::uint64_t> counts, std::size_t num_classes) {
  Evaluation evaluation;
  evaluation.confusion = Array<std::uint64_t>(Shape{num_classes, num_classes}, std::move(counts));
  return evaluation;
}

TEST(BlindGuess, HasTheEntropyOfTheLabelsAsItsCrossEntropy) {
  const std::vector<Label> labels{0, 0, 0, 1, 2, 2};
  const auto loss = losses<double>(Task::classification).find("cross_entropy").make();
  const double entropy = -(0.5 * std::log(0.5) + std::log(1.0 / 6) / 6 + std::log(1.0 / 3) / 3);
  EXPECT_NEAR(blind_guess_loss<double>(*loss, labels, 3), entropy, 1e-12);
}

TEST(LossWatch, SaysNothingOfALossThatFalls) {
  LossWatch watch(2.3, 100);
  for (std::uint64_t i = 0; i < 5000; ++i) {
    EXPECT_FALSE(watch.add(i, 2.3 * std::exp(-static_cast<double>(i) / 2000)));
  }
}

TEST(LossWatch, TellsOfAStandstillOnceAfterTwoEpochs) {
  LossWatch watch(2.3, 700);
  std::vector<std::uint64_t> when;
  for (std::uint64_t i = 0; i < 5000; ++i) {
    if (const auto found = watch.add(i, 2.29)) {
      EXPECT_EQ(found->id, "loss_not_moving");
      EXPECT_NEAR(found->number("loss"), 2.29, 1e-12);
      when.push_back(found->iteration);
    }
  }
  EXPECT_EQ(when, std::vector<std::uint64_t>{1400});
}

TEST(LossWatch, TellsOfAnExplosionOnceAndNotOfASingleBadBatch) {
  LossWatch watch(2.3, 700);
  EXPECT_FALSE(watch.add(0, 2.4));
  EXPECT_FALSE(watch.add(1, 200));  // 20 of them would have to be 10 times 2.4 on average
  for (std::uint64_t i = 2; i < 20; ++i) {
    EXPECT_FALSE(watch.add(i, 2.3));
  }
  int num_found = 0;
  for (std::uint64_t i = 20; i < 100; ++i) {
    if (const auto found = watch.add(i, 24.1)) {
      EXPECT_EQ(found->id, "loss_exploding");
      EXPECT_EQ(found->iteration, 40U);
      EXPECT_NEAR(found->number("reference"), 2.4, 1e-12);
      ++num_found;
    }
  }
  EXPECT_EQ(num_found, 1);
}

TEST(OneClass, IsFoundWhenTheOtherClassesGetNoOtherAnswer) {
  const auto found = find_one_class(evaluation_of({0, 40, 0, 0, 50, 0, 0, 10, 0}, 3), 7);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->iteration, 7U);
  EXPECT_EQ(found->number("class"), 1);
  EXPECT_EQ(found->number("share"), 1);
  EXPECT_EQ(found->number("accuracy"), 0.5);
}

TEST(OneClass, IsNotFoundWhereOneClassIsSimplyFrequent) {
  EXPECT_FALSE(find_one_class(evaluation_of({9990, 0, 5, 5}, 2), 0));
  EXPECT_TRUE(find_one_class(evaluation_of({9990, 0, 10, 0}, 2), 0));
  EXPECT_FALSE(find_one_class(evaluation_of({50, 0, 0, 0}, 2), 0)) << "there is no other class";
}

TEST(NoBetterThanMean, IsFoundWhereEnoughTestSamplesHaveAnR2Below0) {
  const auto fit = [](std::uint64_t num_samples, std::optional<double> r2) {
    return Fit{.num_samples = num_samples, .targets = {}, .r2 = r2, .r2_error = {}};
  };
  const auto found = find_no_better_than_mean(fit(100, 0.9), fit(20, -0.1), 7);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->iteration, 7U);
  EXPECT_EQ(found->number("r2"), -0.1);
  EXPECT_EQ(found->number("train_r2"), 0.9);
  EXPECT_FALSE(find_no_better_than_mean(fit(100, 0.9), fit(19, -0.1), 7));
  EXPECT_FALSE(find_no_better_than_mean(fit(100, 0.9), fit(20, 0), 7));
  EXPECT_FALSE(find_no_better_than_mean(fit(100, 0.9), fit(20, {}), 7));
}

TEST(Agreement, ExpectsWhatUnrelatedAnswersWouldGive) {
  const Agreement agreement = agreement_of(evaluation_of({30, 30, 20, 20}, 2));
  EXPECT_NEAR(agreement.observed, 0.5, 1e-12);
  EXPECT_NEAR(agreement.expected, 0.5, 1e-12);
  EXPECT_FALSE(agreement.is_beyond_chance());
  EXPECT_TRUE(agreement_of(evaluation_of({50, 10, 10, 30}, 2)).is_beyond_chance());
}

TEST(Agreement, IsBeyondChanceFromThreeStandardDeviations) {
  for (const double expected : {0.1, 0.5}) {
    for (const std::size_t num_samples : {100U, 10'000U}) {
      const double deviation =
          std::sqrt(expected * (1 - expected) / static_cast<double>(num_samples));
      const auto is_beyond_chance = [&](double num_deviations) {
        return Agreement{.observed = expected + num_deviations * deviation,
                         .expected = expected,
                         .num_samples = num_samples}
            .is_beyond_chance();
      };
      EXPECT_FALSE(is_beyond_chance(-4));
      EXPECT_FALSE(is_beyond_chance(2));
      EXPECT_FALSE(is_beyond_chance(2.9));
      EXPECT_TRUE(is_beyond_chance(3.1));
      EXPECT_TRUE(is_beyond_chance(4));
    }
  }
}

TEST(NearestNeighbour, NamesPointsButNotWhenTheirLabelsAreShuffled) {
  Dataset dataset = points();
  EXPECT_GT(nearest_neighbour_agreement(dataset).observed, 0.8);
  std::rotate(dataset.train.labels.begin(), dataset.train.labels.begin() + 7,
              dataset.train.labels.end());
  EXPECT_FALSE(nearest_neighbour_agreement(dataset).is_beyond_chance());
}

TEST(DataDiagnosis, CountsTestSamplesThatAreInTraining) {
  Dataset dataset = points();
  EXPECT_EQ(count_test_samples_in_training(dataset), 0U);
  EXPECT_TRUE(diagnose_data(dataset, false).empty());
  std::copy_n(dataset.train.values.begin() + 20, 8, dataset.test.values.begin() + 2);
  EXPECT_EQ(count_test_samples_in_training(dataset), 4U);
  const auto found = diagnose_data(dataset, false);  // 4 of 300
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].id, "test_in_training");
  EXPECT_EQ(found[0].number("copies"), 4);
  EXPECT_EQ(found[0].number("test_samples"), 300);
}

TEST(DataDiagnosis, NamesTheFeatureThatIsFarFrom0) {
  EXPECT_FALSE(find_input_scale(points(9).train, false));
  const auto found = find_input_scale(points(100).train, false);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->number("feature"), 0);
  EXPECT_NEAR(found->number("typical"), 100.7, 0.5);
  Samples pixels;
  pixels.num_features = 1;
  pixels.bytes = {0, 255};
  pixels.labels = {0, 1};
  EXPECT_FALSE(find_input_scale(pixels, false)) << "bytes are scaled on their way in";
  EXPECT_FALSE(find_input_scale(points(100).train, true)) << "standardized on their way in";
}

TEST(Finding, HasOnlyItsOwnNumbers) {
  const Finding finding{"one_class", 0, {{"class", 3}}};
  EXPECT_EQ(finding.number("class"), 3);
  EXPECT_THROW((void)finding.number("klass"), ValueError);
}

TEST(RunDiagnosis, HasNothingToSayOfAnySensibleRun) {
  const Dataset dataset = points();
  for (const auto& activation : activations<float>()) {
    for (const auto& optimizer : optimizers<float>()) {
      TrainingOptions options = small_options();
      options.network.activation = activation.id;
      options.initializer.id = activation.id == "relu" ? "he" : "xavier";
      options.optimizer.id = optimizer.id;
      options.schedule.learning_rate = optimizer.id == "sgd"    ? 0.1
                                       : optimizer.id == "adam" ? 0.01
                                                                : 0.02;
      EXPECT_EQ(ids(run(options, dataset)), std::vector<std::string>{})
          << activation.id << ' ' << optimizer.id;
    }
  }
}

TEST(RunDiagnosis, SaysNothingOfARunTooShortToHaveLearned) {
  TrainingOptions options = small_options();
  options.num_iterations = 10;
  options.schedule.learning_rate = 1e-9;
  EXPECT_EQ(ids(run(options, points())), std::vector<std::string>{});
}

TEST(RunDiagnosis, TellsOfALossThatDoesNotMove) {
  TrainingOptions options = small_options();
  options.initializer.id = "normal";
  options.schedule.learning_rate = 1e-6;
  EXPECT_TRUE(has(run(options, points()), "loss_not_moving"));
}

TEST(RunDiagnosis, TellsEachFindingOnceWhenItIsMade) {
  TrainingOptions options = small_options();
  options.initializer.id = "normal";
  options.schedule.learning_rate = 1e-6;
  const Dataset dataset = points();
  Team team;
  Trainer<float> trainer(dataset, options, team);
  std::vector<std::string> told;
  const auto result =
      trainer.run({.on_finding = [&](const Finding& finding) { told.emplace_back(finding.id); }});
  EXPECT_EQ(told, ids(result));
  EXPECT_EQ(result.findings.front().iteration, 1000U);
}

TEST(RunDiagnosis, TellsOfSaturationAndDeath) {
  TrainingOptions options = small_options();
  options.initializer = {.id = "normal", .standard_deviation = 50};
  EXPECT_TRUE(has(run(options, points()), "saturated_units"));
  options = small_options();
  options.network.activation = "relu";
  options.schedule.learning_rate = 50;
  EXPECT_TRUE(has(run(options, points()), "dead_units"));
}

/// What is found of layers over samples whose one feature is -1 first and 1 last, as data sorted by
/// label are. No training: four relu units that give feature + bias.
std::vector<Finding> findings_of_layers(std::size_t num_low, std::size_t num_high, double bias) {
  Dataset dataset;
  dataset.train.num_features = 1;
  for (std::size_t n = 0; n < num_low + num_high; ++n) {
    dataset.train.values.push_back(n < num_low ? -1 : 1);
    dataset.train.labels.push_back(n < num_low ? 0 : 1);
  }
  const Network<double> network({.layer_sizes = {1, 4, 2}, .activation = "relu"});
  const auto loss = losses<double>(Task::classification).find("cross_entropy").make();
  const auto step = make_training_step<double>(network, *loss, {.optimizer = {}, .batch_size = 1});
  std::vector<double> parameters(network.num_parameters(), 1);
  const auto biases = network.bias(0).of(std::span(parameters));
  std::fill(biases.begin(), biases.end(), bias);
  step->set_parameters(parameters);
  InputSource<double> source(dataset.train, 1, InputForm::dense);
  const auto indices = numbers_below<std::uint32_t>(num_low + num_high);
  Team team;
  RunDiagnosis<double> diagnosis({dataset, network, *loss, source, indices, 1, *step, team}, {});
  diagnosis.conclude(0, {}, {});
  return diagnosis.findings();
}

TEST(RunDiagnosis, JudgesLayersBySamplesFromTheWholeOfTheData) {
  EXPECT_TRUE(findings_of_layers(1500, 500, 0).empty());
  EXPECT_TRUE(findings_of_layers(3990, 10, 0).empty()) << "every fourth of 4,000 is looked at";
  const auto found = findings_of_layers(1500, 500, -2);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].id, "dead_units");
  EXPECT_EQ(found[0].number("dead"), 4);
  EXPECT_EQ(found[0].number("samples"), 1000);
}

TEST(RunDiagnosis, TellsOfLabelsThatHaveNothingToDoWithTheInputs) {
  Dataset dataset = points();
  std::rotate(dataset.train.labels.begin(), dataset.train.labels.begin() + 7,
              dataset.train.labels.end());
  EXPECT_TRUE(has(run(small_options(), dataset), "labels_unrelated"));
}

TEST(Divergence, NamesTheFirstThatIsNotFinite) {
  const Network<double> network({.layer_sizes = {2, 3, 3, 3}, .activation = "relu"});
  const Dataset dataset = points();
  const auto loss = losses<double>(Task::classification).find("cross_entropy").make();
  InputSource<double> source(dataset.train, 1, InputForm::dense);
  const std::vector<std::uint32_t> indices{0, 1, 2, 3};
  Team team;
  const auto where = [&](const std::string& block, double number) {
    std::vector<double> parameters(network.num_parameters(), 0.1);
    for (const ParameterBlock& candidate : network.blocks()) {
      if (candidate.name == block) {
        candidate.of(std::span(parameters))[1] = number;
      }
    }
    const auto found =
        find_divergence<double>(network, parameters, *loss, source, indices, 5, team);
    return found ? found->where : "";
  };
  constexpr double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(where("W1", 0.1), "");
  for (const char* block : {"W1", "b1", "W2", "b2", "W3", "b3"}) {
    EXPECT_EQ(where(block, infinity), block);
    EXPECT_EQ(where(block, std::nan("")), block);
  }
  std::vector<double> parameters(network.num_parameters(), 1e200);
  const auto found = find_divergence<double>(network, parameters, *loss, source, indices, 0, team);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->where, "hidden layer 2");
  EXPECT_EQ(found->cause, DivergenceCause::start);
  EXPECT_EQ(found->largest_parameter, 1e200);
}

TEST(Divergence, ComesWithItsMostLikelyCause) {
  TrainingOptions options = small_options();
  options.network.activation = "relu";
  options.schedule.learning_rate = 1e30;
  const TrainingResult steps = run(options, points());
  ASSERT_TRUE(steps.divergence);
  EXPECT_EQ(steps.divergence->cause, DivergenceCause::learning_rate);
  options.standardize = false;
  const TrainingResult inputs = run(options, points(1000));
  ASSERT_TRUE(inputs.divergence);
  EXPECT_EQ(inputs.divergence->cause, DivergenceCause::input_scale);
  options.initializer = {.id = "normal", .standard_deviation = 1e30};
  const TrainingResult start = run(options, points());
  ASSERT_TRUE(start.divergence);
  EXPECT_EQ(start.divergence->cause, DivergenceCause::start);
  EXPECT_EQ(start.num_iterations, 1U);
}

TEST(Divergence, LeavesTheParametersAsTheyWereWhenTheLossWasLost) {
  TrainingOptions options = small_options();
  options.network.activation = "relu";
  options.initializer = {.id = "normal", .standard_deviation = 1e30};
  const Dataset dataset = points();
  Team team;
  Trainer<float> trainer(dataset, options, team);
  const std::vector<float> before(trainer.parameters().begin(), trainer.parameters().end());
  EXPECT_EQ(trainer.run().stop_reason, StopReason::diverged);
  EXPECT_EQ(before, std::vector<float>(trainer.parameters().begin(), trainer.parameters().end()));
}

}  // namespace
}  // namespace gradus

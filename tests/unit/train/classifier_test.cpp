// SPDX-License-Identifier: MIT
#include "gradus/train/classifier.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/data/digits.hpp"
#include "gradus/train/trainer.hpp"

namespace gradus {
namespace {

/// Scores are the two features, halved.
Model<double> small_model() {
  return {.network = {.layer_sizes = {2, 2}},
          .loss = "cross_entropy",
          .scaling = 0.5,
          .sample_shape = Shape{2},
          .parameters = {1, 0, 0, 1, 0, 0}};
}

TEST(Classifier, ScalesItsFeaturesAndGivesProbabilities) {
  Classifier<double> classifier(small_model());
  const std::array<float, 2> features = {2, 4};
  EXPECT_EQ(classifier.classify(features), 1U);
  const std::vector<double> p = classifier.probabilities(features);
  EXPECT_DOUBLE_EQ(p[0], 1 / (1 + std::exp(1)));
  EXPECT_DOUBLE_EQ(p[0] + p[1], 1);
}

TEST(Classifier, TakesBytesAsItTakesNumbers) {
  Classifier<double> classifier(small_model());
  EXPECT_EQ(classifier.probabilities(std::array<std::uint8_t, 2>{200, 201}),
            classifier.probabilities(std::array<float, 2>{200, 201}));
}

TEST(Classifier, RefusesWhatDoesNotFit) {
  Classifier<double> classifier(small_model());
  EXPECT_THROW(static_cast<void>(classifier.classify(std::array<float, 3>{})), ShapeError);
  Model<double> model = small_model();
  model.parameters.pop_back();
  EXPECT_THROW(Classifier<double>{model}, ShapeError);
}

TEST(Classifier, AnswersAsTheTrainersEvaluationCounted) {
  Team team;
  const Dataset digits = make_digits({.num_train = 500, .num_test = 200}, team);
  TrainingOptions options;
  options.num_iterations = 100;
  options.schedule.learning_rate = 1;
  Trainer<float> trainer(digits, options, team);
  const TrainingResult result = trainer.run();
  Classifier<float> classifier(trainer.model());
  std::uint64_t num_correct = 0;
  for (std::size_t n = 0; n < 200; ++n) {
    const auto image = std::span(digits.test.bytes).subspan(n * 784, 784);
    num_correct += classifier.classify(image) == digits.test.labels[n] ? 1U : 0U;
  }
  EXPECT_EQ(num_correct, result.test.num_correct());
}

}  // namespace
}  // namespace gradus

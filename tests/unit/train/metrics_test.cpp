// SPDX-License-Identifier: MIT
#include "gradus/train/metrics.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "gradus/core/error.hpp"

namespace gradus {
namespace {

Evaluation with_confusion(std::vector<std::uint64_t> counts, std::size_t num_classes) {
  Evaluation evaluation;
  evaluation.confusion = Array<std::uint64_t>(Shape{num_classes, num_classes}, std::move(counts));
  return evaluation;
}

TEST(Evaluation, CountsByHand) {
  const Evaluation evaluation = with_confusion({5, 1, 0,  //
                                                2, 6, 0,  //
                                                1, 1, 0},
                                               3);
  EXPECT_EQ(evaluation.num_samples(), 16U);
  EXPECT_EQ(evaluation.num_correct(), 11U);
  EXPECT_DOUBLE_EQ(evaluation.accuracy(), 11.0 / 16);
  EXPECT_DOUBLE_EQ(evaluation.accuracy_error(), std::sqrt(11.0 / 16 * 5 / 16 / 16));
  EXPECT_DOUBLE_EQ(*evaluation.precision(0), 5.0 / 8);
  EXPECT_DOUBLE_EQ(*evaluation.recall(1), 6.0 / 8);
  EXPECT_DOUBLE_EQ(*evaluation.recall(2), 0);
}

TEST(Evaluation, HasNoPrecisionForAClassNeverPredicted) {
  EXPECT_EQ(with_confusion({1, 0, 1, 0}, 2).precision(1), std::nullopt);
  EXPECT_EQ(with_confusion({1, 1, 0, 0}, 2).recall(1), std::nullopt);
}

TEST(PredictedClass, IsTheFirstOfEqualScores) {
  EXPECT_EQ(predicted_class<double>(std::vector<double>{1, 3, 3, 2}), 1U);
}

/// A network whose scores are its two inputs.
struct Fixture {
  Network<double> network{{.layer_sizes = {2, 2}}};
  std::vector<double> parameters = {1, 0, 0, 1, 0, 0};
  std::unique_ptr<const Loss<double>> loss =
      losses<double>(Task::classification).find("cross_entropy").make();
  Team team;
};

TEST(Evaluate, RunsOverMoreSamplesThanFitInOneBatch) {
  // Every third sample is of class 1, and the network reads class 1 from every second one.
  Samples samples;
  samples.num_features = 2;
  constexpr std::size_t num_samples = 1201;
  std::vector<std::uint32_t> indices;
  double expected_loss = 0;
  for (std::uint32_t n = 0; n < num_samples; ++n) {
    samples.values.insert(samples.values.end(),
                          {n % 2 == 0 ? 1.0F : 0.0F, n % 2 == 0 ? 0.0F : 1.0F});
    samples.labels.push_back(n % 3 == 0 ? 1 : 0);
    indices.push_back(n);
    const bool is_right = (n % 2 == 1) == (n % 3 == 0);
    expected_loss += std::log(1 + std::exp(is_right ? -1.0 : 1.0)) / num_samples;
  }
  Fixture fixture;
  InputSource<double> source(samples, 1, InputForm::dense);
  const Evaluation found = evaluate<double>(fixture.network, fixture.parameters, *fixture.loss,
                                            source, indices, fixture.team);
  EXPECT_EQ(found.num_samples(), num_samples);
  EXPECT_EQ(found.confusion.matrix()(1, 0), 201U);  // n = 0, 6, 12, ..., 1200
  EXPECT_EQ(found.confusion.matrix()(0, 1), 400U);  // odd n that 3 does not divide
  EXPECT_NEAR(found.loss, expected_loss, 1e-13);
}

TEST(Evaluate, RefusesNoSamplesAndLabelsThatAreNoClasses) {
  Fixture fixture;
  Samples samples{.num_features = 2, .bytes = {}, .values = {1, 2}, .labels = {2}};
  InputSource<double> source(samples, 1, InputForm::dense);
  const std::vector<std::uint32_t> first = {0};
  EXPECT_THROW(static_cast<void>(evaluate<double>(fixture.network, fixture.parameters,
                                                  *fixture.loss, source, {}, fixture.team)),
               ShapeError);
  EXPECT_THROW(static_cast<void>(evaluate<double>(fixture.network, fixture.parameters,
                                                  *fixture.loss, source, first, fixture.team)),
               ValueError);
}

}  // namespace
}  // namespace gradus

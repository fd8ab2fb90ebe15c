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
  EXPECT_EQ(evaluation.accuracy_interval().low, wilson_interval(11, 16).low);
  EXPECT_EQ(evaluation.accuracy_interval().high, wilson_interval(11, 16).high);
  EXPECT_DOUBLE_EQ(*evaluation.precision(0), 5.0 / 8);
  EXPECT_DOUBLE_EQ(*evaluation.recall(1), 6.0 / 8);
  EXPECT_DOUBLE_EQ(*evaluation.recall(2), 0);
}

// Table I of Newcombe, "Two-sided confidence intervals for the single proportion" (1998), method 3.
TEST(WilsonInterval, IsThatOfTheTables) {
  const auto expect = [](std::uint64_t right, std::uint64_t all, double low, double high) {
    EXPECT_NEAR(wilson_interval(right, all).low, low, 5e-5);
    EXPECT_NEAR(wilson_interval(right, all).high, high, 5e-5);
  };
  expect(81, 263, 0.2553, 0.3662);
  expect(15, 148, 0.0624, 0.1605);
  expect(0, 20, 0, 0.1611);
  expect(1, 29, 0.0061, 0.1718);
}

/// By halves: the probabilities p0 for which the share found is 1.96 deviations away.
double end_of_interval(double share, double n, double inside, double outside) {
  constexpr double z = 1.959963984540054;
  for (int i = 0; i < 200; ++i) {
    const double middle = (inside + outside) / 2;
    const bool is_inside = std::abs(share - middle) <= z * std::sqrt(middle * (1 - middle) / n);
    (is_inside ? inside : outside) = middle;
  }
  return inside;
}

TEST(WilsonInterval, HoldsTheProbabilitiesThatFitTheShare) {
  for (const std::uint64_t n : {1U, 2U, 6U, 50U, 10'000U}) {
    for (const std::uint64_t right : {std::uint64_t{0}, n / 3, n / 2, n}) {
      const Interval found = wilson_interval(right, n);
      const double share = static_cast<double>(right) / static_cast<double>(n);
      EXPECT_LE(found.low, share);
      EXPECT_GE(found.high, share);
      EXPECT_NEAR(found.low, end_of_interval(share, static_cast<double>(n), share, 0), 1e-12);
      EXPECT_NEAR(found.high, end_of_interval(share, static_cast<double>(n), share, 1), 1e-12);
      EXPECT_NEAR(found.low, 1 - wilson_interval(n - right, n).high, 1e-15);
    }
  }
  EXPECT_EQ(wilson_interval(0, 0).high, 1);
}

// Of all outcomes of n trials, those whose interval has the true probability, by exact sums.
TEST(WilsonInterval, CoversAbout95Percent) {
  constexpr int n = 50;
  double sum = 0;
  int count = 0;
  for (double p = 0.02; p < 0.985; p += 0.02) {
    double covered = 0;
    for (int k = 0; k <= n; ++k) {
      const Interval interval = wilson_interval(static_cast<std::uint64_t>(k), n);
      const double log_probability = std::lgamma(n + 1) - std::lgamma(k + 1) -
                                     std::lgamma(n - k + 1) + k * std::log(p) +
                                     (n - k) * std::log1p(-p);
      covered += interval.low <= p && p <= interval.high ? std::exp(log_probability) : 0;
    }
    EXPECT_GT(covered, 0.89) << p;
    sum += covered;
    ++count;
  }
  EXPECT_NEAR(sum / count, 0.95, 0.01);
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

// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "gradus/data/batches.hpp"
#include "gradus/data/digits.hpp"
#include "gradus/nn/two_layer_net.hpp"
#include "unit/lab/result_of.hpp"

namespace gradus {
namespace {

/// The same iteration on the textbook's own net.
struct ByHand {
  double before;
  double after;
  std::vector<double> gradient;
};

ByHand iterate(std::uint64_t seed, double learning_rate) {
  Team team;
  const Dataset digits = make_digits({.num_train = 1000, .num_test = 1}, team);
  Batches batches({.num_samples = 1000, .batch_size = 10, .seed = seed});
  std::vector<double> x;
  std::vector<Label> labels;
  for (const std::uint32_t index : batches.at(0)) {
    for (std::size_t i = 0; i < num_digit_pixels; ++i) {
      x.push_back(digits.train.bytes[index * num_digit_pixels + i] / 255.0);
    }
    labels.push_back(digits.train.labels[index]);
  }
  const MatrixView<const double> rows(x.data(), 10, num_digit_pixels);
  TwoLayerNet net({.seed = seed});
  ByHand result{net.loss(rows, labels), 0, net.gradient(rows, labels)};
  for (std::size_t i = 0; i < result.gradient.size(); ++i) {
    net.parameters()[i] -= learning_rate * result.gradient[i];
  }
  result.after = net.loss(rows, labels);
  return result;
}

// The textbook's loss has a delta of 1e-7 beside probabilities near 0.1.
constexpr double of_delta = 3e-6;

TEST(LabOneIteration, DoesWhatTheTextbooksLoopDoes) {
  const Result result = result_of("one-iteration", {"seed=2"});
  const ByHand expected = iterate(2, 0.1);
  EXPECT_NEAR(scalar(result, "loss_before"), expected.before, of_delta);
  EXPECT_NEAR(scalar(result, "loss_after"), expected.after, of_delta);
  double squares = 0;
  for (const double slope : expected.gradient) {
    squares += slope * slope;
  }
  EXPECT_NEAR(scalar(result, "length"), std::sqrt(squares), of_delta);
}

TEST(LabOneIteration, MovesEachNumberAgainstItsDerivative) {
  for (const char* rate : {"lr=0.1", "lr=50"}) {
    const Table updates = result_of("one-iteration", {rate}).tables.at(1);
    ASSERT_EQ(updates.rows.size(), 4U);
    for (std::size_t i = 0; i < 4; ++i) {
      EXPECT_DOUBLE_EQ(cell(updates, i, "after"),
                       cell(updates, i, "before") - cell(updates, i, "rate_times"));
    }
    EXPECT_EQ(cell(updates, 1, "before"), 0);  // a bias begins at 0
  }
}

TEST(LabOneIteration, LowersTheLossByWhatTheGradientPromisesIfTheStepIsSmall) {
  const Result result = result_of("one-iteration", {"lr=0.001"});
  const double promised = 0.001 * std::pow(scalar(result, "length"), 2);
  // The loss bends: by the square of the step times a curvature of about 1.
  EXPECT_NEAR(scalar(result, "loss_before") - scalar(result, "loss_after"), promised,
              0.01 * promised);
  EXPECT_TRUE(says(result, "loss_fell"));
  EXPECT_TRUE(says(result_of("one-iteration", {"lr=50"}), "loss_rose"));
}

TEST(LabOneIteration, GoesOnWithWhatTheIterationLeft) {
  const Result first = result_of("one-iteration");
  const Result second = result_of("one-iteration", {"iteration=1"});
  EXPECT_EQ(said(first, "repeated", "loss"), scalar(second, "loss_before"));
  EXPECT_EQ(said(first, "repeated", "first"), said(second, "picked", "first"));
  const Series& before = first.figures.at(1).series.at(0);
  EXPECT_EQ(before.y.at(0), scalar(first, "loss_before"));
  EXPECT_EQ(before.y.at(1), scalar(second, "loss_before"));
}

TEST(LabOneIteration, HasTheMeanLossOfTheBatchFromItsSamples) {
  const Result result = result_of("one-iteration");
  const Table& samples = result.tables.at(0);
  double mean = 0;
  for (std::size_t i = 0; i < 10; ++i) {
    mean += cell(samples, i, "loss_before") / 10;
  }
  EXPECT_NEAR(mean, scalar(result, "loss_before"), 1e-14);
}

}  // namespace
}  // namespace gradus

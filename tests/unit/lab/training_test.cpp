// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <vector>

#include "gradus/core/matrix_view.hpp"
#include "gradus/data/batches.hpp"
#include "gradus/data/digits.hpp"
#include "gradus/nn/two_layer_net.hpp"
#include "unit/lab/result_of.hpp"

namespace gradus {
namespace {

TEST(LabTraining, IsTheTextbooksLoopWithTheTextbooksNet) {
  Team team(1);
  const Dataset digits = make_digits({.num_train = 100, .num_test = 0}, team);
  TwoLayerNet net({.hidden_size = 10, .seed = 3});
  Batches batches({.num_samples = 100, .batch_size = 20, .seed = 3});
  std::vector<double> losses;
  for (std::uint64_t i = 0; i < 30; ++i) {
    std::vector<double> x;
    std::vector<Label> labels;
    for (const std::uint32_t image : batches.at(i)) {
      for (std::size_t p = 0; p < num_digit_pixels; ++p) {
        x.push_back(digits.train.bytes[image * num_digit_pixels + p] / 255.0);
      }
      labels.push_back(digits.train.labels[image]);
    }
    const MatrixView<const double> rows(x.data(), 20, num_digit_pixels);
    losses.push_back(net.loss(rows, labels));
    const std::vector<double> gradient = net.gradient(rows, labels);
    for (std::size_t p = 0; p < gradient.size(); ++p) {
      net.parameters()[p] -= 0.5 * gradient[p];
    }
  }
  const Result result = result_of(
      "training", {"images=100", "hidden=10", "batch=20", "lr=0.5", "iterations=30", "seed=3"});
  const Series& drawn = result.figures.at(0).series.at(0);
  ASSERT_EQ(drawn.y.size(), losses.size());
  for (std::size_t i = 0; i < losses.size(); ++i) {
    EXPECT_NEAR(drawn.y[i], losses[i], 1e-4) << i;  // float, and without the delta of 1e-7
  }
  EXPECT_NEAR(scalar(result, "last_loss"),
              std::accumulate(losses.end() - 20, losses.end(), 0.0) / 20, 1e-4);
}

TEST(LabTraining, FindsThePlateauInTheLosses) {
  const Result result = result_of("training");
  ASSERT_TRUE(says(result, "plateau_ended"));
  const double guess = said(result, "plateau_ended", "guess");
  EXPECT_NEAR(guess, std::log(10.0), 0.01);  // ten digits, nearly as frequent
  const auto until = static_cast<std::size_t>(said(result, "plateau_ended", "until"));
  const std::vector<double>& losses = result.figures.at(0).series.at(0).y;
  const auto mean_of_twenty = [&](std::size_t first) {
    const auto begin = losses.begin() + static_cast<std::ptrdiff_t>(first);
    return std::accumulate(begin, begin + 20, 0.0) / 20;
  };
  for (std::size_t first = 0; first < until; first += 20) {
    EXPECT_GE(mean_of_twenty(first), 0.98 * guess);
  }
  EXPECT_LT(mean_of_twenty(until), 0.98 * guess);
}

TEST(LabTraining, NamesTheOtherWaysToBegin) {
  EXPECT_TRUE(says(result_of("training", {"lr=2"}), "no_plateau"));
  EXPECT_TRUE(says(result_of("training", {"lr=0.01"}), "still_on_plateau"));
  EXPECT_TRUE(says(result_of("training", {"lr=10"}), "worse_than_guess"));
}

TEST(LabTraining, CountsWhatANumericalGradientWouldCost) {
  const Result result = result_of("training", {"iterations=100"});
  EXPECT_EQ(scalar(result, "parameters"), 39'760);
  // The textbook's 795.2 million for 10,000 iterations, for a hundredth of them.
  EXPECT_EQ(said(result, "numerical_cost", "evaluations"), 7'952'000);
}

TEST(LabTraining, TellsLearningByHeartFromChance) {
  EXPECT_TRUE(says(result_of("training", {"images=200"}), "gap"));
  const Result result = result_of("training", {"images=5000"});
  EXPECT_TRUE(says(result, "no_gap"));
  EXPECT_LE(std::abs(said(result, "no_gap", "gap")), 2 * said(result, "no_gap", "error"));
}

}  // namespace
}  // namespace gradus

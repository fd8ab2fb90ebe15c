// SPDX-License-Identifier: MIT
#include "gradus/nn/two_layer_net.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <vector>

#include "gradus/data/digits.hpp"
#include "unit/lab/result_of.hpp"

namespace gradus {
namespace {

TEST(LabTwoLayerNet, HasTheParametersOfTheTextbook) {
  const Result result = result_of("two-layer-net");
  const std::size_t num_parameters = TwoLayerNet().parameters().size();
  EXPECT_EQ(scalar(result, "parameters"), num_parameters);
  const Table& blocks = result.tables.at(0);
  const std::vector<std::string> shapes{"(784, 50)", "(50,)", "(50, 10)", "(10,)"};
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(std::get<std::string>(blocks.rows[i][1]), shapes[i]);
  }
  const Table& costs = result.tables.at(1);
  EXPECT_EQ(cell(costs, 0, "one_gradient"), 2 * num_parameters);
  EXPECT_EQ(cell(costs, 0, "whole_run"), 10'000 * cell(costs, 0, "one_gradient"));
}

TEST(LabTwoLayerNet, StartsAsAGuess) {
  const Result result = result_of("two-layer-net");
  EXPECT_NEAR(scalar(result, "loss"), 2.30, 0.01);
  EXPECT_NEAR(scalar(result, "uniform_loss"), std::log(10.0), 1e-15);
  EXPECT_NEAR(scalar(result, "accuracy"), 0.1, 0.04);  // three standard errors of 500 guesses
  EXPECT_TRUE(says(result, "starts_as_a_guess"));
  EXPECT_TRUE(says(result_of("two-layer-net", {"std=1"}), "starts_far_off"));
}

TEST(LabTwoLayerNet, GetsTheSameGradientTwice) {
  const Table blocks = result_of("two-layer-net").tables.at(0);
  for (std::size_t i = 0; i < 4; ++i) {
    // h^2 / 6 = 2e-9, times third derivatives that are no larger than the gradient itself.
    EXPECT_LT(cell(blocks, i, "largest_gap"), 4e-9 * cell(blocks, i, "largest_gradient")) << i;
    EXPECT_LE(cell(blocks, i, "mean_gap"), cell(blocks, i, "largest_gap"));
    EXPECT_GT(cell(blocks, i, "delta_gap"), 20 * cell(blocks, i, "mean_gap")) << i;
  }
}

TEST(LabTwoLayerNet, ComparesTheLargestGradientOfTheTextbooksOwnNet) {
  Team team;
  const Dataset digits = make_digits({.num_train = 10, .num_test = 1}, team);
  std::vector<double> x;
  for (const std::uint8_t pixel : digits.train.bytes) {
    x.push_back(pixel / 255.0);
  }
  const TwoLayerNet net({.hidden_size = 10});
  const std::vector<double> gradient =
      net.numerical_gradient({x.data(), 10, num_digit_pixels}, digits.train.labels);
  const Table blocks = result_of("two-layer-net", {"hidden=10"}).tables.at(0);
  for (std::size_t i = 0; i < 4; ++i) {
    double most = 0;
    for (const double slope : net.blocks()[i].of(std::span<const double>(gradient))) {
      most = std::max(most, std::abs(slope));
    }
    // The delta of that net changes the gradient by 1e-7 / 0.1.
    EXPECT_NEAR(cell(blocks, i, "largest_gradient"), most, 3e-6 * most) << i;
  }
}

TEST(LabTwoLayerNet, LetsNothingBackThroughWeightsOfZero) {
  const Result result = result_of("two-layer-net", {"std=0"});
  EXPECT_TRUE(says(result, "nothing_comes_back"));
  EXPECT_EQ(cell(result.tables.at(0), 0, "largest_gradient"), 0);
  EXPECT_GT(cell(result.tables.at(0), 3, "largest_gradient"), 0);
}

TEST(LabTwoLayerNet, FindsNoGradientForPixelsWithoutInk) {
  const Result result = result_of("two-layer-net");
  const Series& slopes = result.figures.at(2).series.at(0);  // by one weight of each pixel
  const auto num_blank = std::count(slopes.z.begin(), slopes.z.end(), 0.0);
  EXPECT_DOUBLE_EQ(said(result, "blank_pixels", "share"),
                   100 * static_cast<double>(num_blank) / num_digit_pixels);
}

TEST(LabTwoLayerNet, DrawsTheImageWhereItsInkIs) {
  const Series image = result_of("two-layer-net").figures.at(0).series.at(0);
  Team team;
  const Dataset digits = make_digits({.num_train = 1, .num_test = 1}, team);
  ASSERT_EQ(image.z.size(), num_digit_pixels);
  for (std::size_t row = 0; row < digit_side; ++row) {
    for (std::size_t column = 0; column < digit_side; ++column) {
      EXPECT_DOUBLE_EQ(image.z[column * digit_side + row],
                       digits.train.bytes[row * digit_side + column] / 255.0);
    }
  }
}

}  // namespace
}  // namespace gradus

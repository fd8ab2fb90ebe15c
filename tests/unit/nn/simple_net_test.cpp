// SPDX-License-Identifier: MIT
// The textbook's 2x3 net. Its printed numbers come from weights without a seed; the weights here
// are the ones that reproduce them, and all values were computed apart from this program.
#include "gradus/nn/simple_net.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <vector>

#include "gradus/core/error.hpp"

namespace gradus {
namespace {

constexpr std::array<double, 2> x = {0.6, 0.9};
constexpr std::array<double, 3> right = {0, 0, 1};

SimpleNet textbook_net() {
  return SimpleNet(Array<double>(
      Shape{2, 3}, {0.47355232, 0.9977393, 0.84668094, 0.85557411, 0.03563661, 0.69422093}));
}

// The expected numbers are given to ten digits.
constexpr double last_digit = 1e-10;

// Central differences with h = 1e-4: h^2 / 6 times a third derivative below 1.
constexpr double truncation = 2e-9;

TEST(SimpleNet, PredictsTheTextbooksScores) {
  const std::vector<double> scores = textbook_net().predict(x);
  EXPECT_NEAR(scores[0], 1.054148091, last_digit);
  EXPECT_NEAR(scores[1], 0.630716529, last_digit);
  EXPECT_NEAR(scores[2], 1.132807401, last_digit);
  EXPECT_EQ(std::max_element(scores.begin(), scores.end()) - scores.begin(), 2);
}

TEST(SimpleNet, LosesLeastWhenThePredictedClassIsRight) {
  const SimpleNet net = textbook_net();
  EXPECT_NEAR(net.loss(x, right), 0.9280682857864075, 1e-15);
  EXPECT_NEAR(net.loss(x, std::array<double, 3>{1, 0, 0}), 1.0067275750851048, 1e-15);
  EXPECT_NEAR(net.loss(x, std::array<double, 3>{0, 1, 0}), 1.430158992811785, 1e-15);
}

TEST(SimpleNet, HasTheTextbooksNumericalGradient) {
  const Array<double> gradient = textbook_net().numerical_gradient(x, right);
  const std::array<double, 6> expected = {0.2192475712, 0.1435624298, -0.3628100010,
                                          0.3288713569, 0.2153436448, -0.5442150015};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_NEAR(gradient.elements()[i], expected[i], last_digit);
  }
}

TEST(SimpleNet, HasAnalyticAndNumericalGradientsThatAgree) {
  const Array<double> analytic = textbook_net().gradient(x, right);
  const Array<double> numerical = textbook_net().numerical_gradient(x, right);
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_NEAR(analytic.elements()[i], numerical.elements()[i], truncation);
  }
}

TEST(SimpleNet, HasGradientRowsThatSumToZeroAndStandInTheRatioOfTheInputs) {
  const Array<double> gradient = textbook_net().gradient(x, right);
  for (std::size_t row = 0; row < 2; ++row) {
    const auto elements = gradient.matrix().row(row);
    EXPECT_NEAR(elements[0] + elements[1] + elements[2], 0, 1e-15);
  }
  for (std::size_t c = 0; c < 3; ++c) {
    EXPECT_NEAR(gradient.matrix()(1, c), 1.5 * gradient.matrix()(0, c), 1e-15);
  }
}

TEST(SimpleNet, LosesMoreByTheGradientTimesTheStep) {
  // What an entry of the gradient means: raising w11 by h raises the loss by about gradient * h.
  const double h = 1e-3;
  Array<double> moved = textbook_net().weights();
  moved.elements()[0] += h;
  const double rise = SimpleNet(moved).loss(x, right) - textbook_net().loss(x, right);
  EXPECT_NEAR(rise, textbook_net().gradient(x, right).elements()[0] * h, h * h);
}

TEST(SimpleNet, DrawsItsWeightsFromTheSeed) {
  EXPECT_EQ(SimpleNet(5).weights().shape(), (Shape{2, 3}));
  EXPECT_EQ(SimpleNet(5).loss(x, right), SimpleNet(5).loss(x, right));
  EXPECT_NE(SimpleNet(5).loss(x, right), SimpleNet(6).loss(x, right));
}

TEST(SimpleNet, RefusesOtherShapes) {
  EXPECT_THROW(SimpleNet(Array<double>(Shape{3, 2})), ShapeError);
  EXPECT_THROW(static_cast<void>(textbook_net().predict(std::array<double, 3>{1, 2, 3})),
               ShapeError);
  EXPECT_THROW(static_cast<void>(textbook_net().loss(x, std::array<double, 2>{0, 1})), ShapeError);
}

}  // namespace
}  // namespace gradus

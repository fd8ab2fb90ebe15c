// SPDX-License-Identifier: MIT
#include "gradus/nn/activations.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>

#include "gradus/math/sigmoid.hpp"

namespace gradus {
namespace {

/// One activation applied to one number.
double apply(const char* id, double x) {
  double y = 0;
  Team team;
  activations<double>().find(id).make(1)->forward({}, {&x, 1, 1}, {&y, 1, 1}, team);
  return y;
}

/// Its slope at x.
double slope(const char* id, double x) {
  const double y = apply(id, x);
  const double d_y = 1;
  double d_x = 0;
  Team team;
  activations<double>().find(id).make(1)->backward(
      {}, {.x = {&x, 1, 1}, .y = {&y, 1, 1}, .d_y = {&d_y, 1, 1}, .d_x = {&d_x, 1, 1}}, {}, team);
  return d_x;
}

TEST(Sigmoid, HasKnownValues) {
  EXPECT_DOUBLE_EQ(sigmoid(0.0), 0.5);
  EXPECT_DOUBLE_EQ(sigmoid(1.0), 0.73105857863000487925);
  EXPECT_DOUBLE_EQ(sigmoid(-1.0), 0.26894142136999512075);
}

TEST(Sigmoid, NeverOverflows) {
  EXPECT_EQ(sigmoid(-1000.0), 0.0);
  EXPECT_EQ(sigmoid(1000.0), 1.0);
  EXPECT_EQ(sigmoid(-1000.0F), 0.0F);
  EXPECT_EQ(sigmoid(-std::numeric_limits<double>::infinity()), 0.0);
}

TEST(Sigmoid, IsSymmetricAroundOneHalf) {
  for (double x = -30; x <= 30; x += 0.37) {
    EXPECT_NEAR(sigmoid(x) + sigmoid(-x), 1, std::numeric_limits<double>::epsilon());
  }
}

TEST(Sigmoid, HasTheSlopeOneQuarterAtZero) {
  EXPECT_DOUBLE_EQ(slope("sigmoid", 0), 0.25);
}

TEST(Relu, CutsAtZeroAndHasNoSlopeThere) {
  EXPECT_EQ(apply("relu", -2), 0);
  EXPECT_EQ(apply("relu", 3), 3);
  EXPECT_EQ(slope("relu", -2), 0);
  EXPECT_EQ(slope("relu", 0), 0);
  EXPECT_EQ(slope("relu", 3), 1);
}

TEST(Relu, DoesNotHideANotANumber) {
  EXPECT_TRUE(std::isnan(apply("relu", std::numeric_limits<double>::quiet_NaN())));
}

TEST(Tanh, HasKnownValues) {
  EXPECT_DOUBLE_EQ(apply("tanh", 0.5), std::tanh(0.5));
  EXPECT_DOUBLE_EQ(slope("tanh", 0), 1);
}

TEST(Step, IsZeroOrOneAndFlat) {
  EXPECT_EQ(apply("step", -0.1), 0);
  EXPECT_EQ(apply("step", 0), 0);
  EXPECT_EQ(apply("step", 0.1), 1);
  EXPECT_EQ(slope("step", 0.1), 0);
}

TEST(Identity, ChangesNothing) {
  EXPECT_EQ(apply("identity", -7.5), -7.5);
  EXPECT_EQ(slope("identity", -7.5), 1);
}

TEST(SoftmaxLayer, GivesEachRowTheSumOne) {
  const std::array<double, 6> x = {1, 2, 3, -1, 0, 1000};
  std::array<double, 6> y{};
  Team team;
  activations<double>().find("softmax").make(3)->forward({}, {x.data(), 2, 3}, {y.data(), 2, 3},
                                                         team);
  EXPECT_DOUBLE_EQ(y[0] + y[1] + y[2], 1);
  EXPECT_DOUBLE_EQ(y[5], 1);
}

TEST(Activations, AreTheSameOnesInFloatAndDouble) {
  EXPECT_EQ(activations<float>().ids(","), activations<double>().ids(","));
}

}  // namespace
}  // namespace gradus

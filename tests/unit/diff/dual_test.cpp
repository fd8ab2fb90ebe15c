// SPDX-License-Identifier: MIT
#include "gradus/diff/dual.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <span>
#include <vector>

#include "gradus/core/error.hpp"
#include "tolerances.hpp"
#include "unit/formats/thrown.hpp"

namespace gradus {
namespace {

using D = Dual<double>;

TEST(Dual, FollowsTheRulesOfTheTextbook) {
  const D a(3, 5);
  const D b(4, -7);
  EXPECT_EQ((a + b).value, 7);
  EXPECT_EQ((a + b).derivative, -2);
  EXPECT_EQ((a - b).value, -1);
  EXPECT_EQ((a - b).derivative, 12);
  EXPECT_EQ((a * b).value, 12);
  EXPECT_EQ((a * b).derivative, 5 * 4 + 3 * -7);
  EXPECT_EQ((a / b).value, 0.75);
  EXPECT_EQ((a / b).derivative, (5 * 4 - 3 * -7) / 16.0);
  EXPECT_EQ((-a).value, -3);
  EXPECT_EQ((-a).derivative, -5);
  EXPECT_EQ((+a).derivative, 5);
}

TEST(Dual, MixesWithNumbers) {
  const D x(3, 1);
  EXPECT_EQ((2 * x + 1).derivative, 2);
  EXPECT_EQ((1 / x).derivative, -1 / 9.0);
  EXPECT_EQ((5 - x).derivative, -1);
}

TEST(Dual, ChangesInPlaceAsItComputes) {
  D x(3, 5);
  x += D(1, 1);
  EXPECT_EQ(x.derivative, 6);
  x *= D(2, 1);
  EXPECT_EQ(x.value, 8);
  EXPECT_EQ(x.derivative, 6 * 2 + 4 * 1);
  x -= D(0, 4);
  EXPECT_EQ(x.derivative, 12);
  x /= D(4, 0);
  EXPECT_EQ(x.derivative, 3);
}

TEST(DualPower, WithAConstantExponentTakesAnyBase) {
  EXPECT_EQ(pow(D(-2, 1), 3.0).value, -8);
  EXPECT_EQ(pow(D(-2, 1), 3.0).derivative, 12);
  EXPECT_EQ(pow(D(-2, 1), -1.0).derivative, -0.25);
  EXPECT_EQ(pow(D(4, 1), 0.5).derivative, 0.25);
  EXPECT_EQ(pow(D(0, 1), 1.0).derivative, 1);
  EXPECT_EQ(pow(D(0, 1), 2.0).derivative, 0);
  EXPECT_EQ(pow(D(0, 1), 0.0).value, 1);
  EXPECT_EQ(pow(D(0, 1), 0.0).derivative, 0);
  EXPECT_EQ(pow(D(0, 1), 1.5).derivative, 0);
  EXPECT_EQ(pow(D(0, 1), 0.5).derivative, std::numeric_limits<double>::infinity());
  EXPECT_EQ(pow(D(1e-200, 1), 2.0).derivative, 2e-200);  // whose value is too small for a double
}

TEST(DualPower, DependsOnBothBaseAndExponent) {
  const D y = pow(D(2, 1), D(3, 0));
  EXPECT_EQ(y.value, 8);
  EXPECT_EQ(y.derivative, 12);
  EXPECT_DOUBLE_EQ(pow(D(2, 0), D(3, 1)).derivative, 8 * std::log(2.0));
  EXPECT_DOUBLE_EQ(pow(D(2, 5), D(3, 7)).derivative, 5 * 12 + 7 * 8 * std::log(2.0));
  EXPECT_EQ(pow(D(0, 1), D(2, 1)).derivative, 0);  // where the logarithm is infinite
}

TEST(DualDerivative, IsExact) {
  EXPECT_EQ(dual_derivative([](auto x) { return x * x * x; }, 3), 27);
  // The textbook's function, whose numerical derivative is 0.1999999999990898.
  EXPECT_DOUBLE_EQ(dual_derivative([](auto x) { return 0.01 * x * x + 0.1 * x; }, 5), 0.2);
}

TEST(DualSecondDerivative, IsThatOfTheClosedForm) {
  EXPECT_EQ(dual_second_derivative([](auto x) { return x * x * x; }, 3), 18);
  EXPECT_NEAR(dual_second_derivative([](auto x) { return sin(x) / x; }, 2),
              -std::sin(2.0) / 2 - std::cos(2.0) / 2 + std::sin(2.0) / 4, tolerance::exact_rules);
}

/// x0^2 x1 + x2
const auto f = [](auto x) { return x[0] * x[0] * x[1] + x[2]; };

TEST(DualGradient, IsAllPartialDerivatives) {
  EXPECT_EQ(dual_gradient(f, std::vector<double>{3, 4, 5}), (std::vector<double>{24, 9, 1}));
  EXPECT_EQ(dual_gradient(f, std::vector<double>{-1, 0, 0}), (std::vector<double>{0, 1, 1}));
}

TEST(DualDirectional, IsTheGradientTimesTheDirection) {
  EXPECT_EQ(dual_directional(f, std::vector<double>{3, 4, 5}, std::vector<double>{1, 10, 100}),
            24 + 90 + 100);
}

TEST(DualDirectional, ADirectionOfAnotherLengthIsRefused) {
  EXPECT_EQ(thrown<ShapeError>([] {
              static_cast<void>(
                  dual_directional(f, std::vector<double>{3, 4, 5}, std::vector<double>{1}));
            }),
            "dual_directional: the direction has 1 numbers, the point has 3");
}

}  // namespace
}  // namespace gradus

// SPDX-License-Identifier: MIT
#include "gradus/diff/second_derivatives.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "gradus/core/error.hpp"
#include "truth.hpp"

namespace gradus {
namespace {

void expect_proved(const std::string& text, const std::vector<double>& x) {
  const Expression f(text);
  const proof::Enclosures truth = truth_of(f, x, proof::Order::second);
  for (const MethodResult& result : second_derivatives(f, x)) {
    ASSERT_EQ(result.gradient.size(), x.size() * x.size());
    for (std::size_t k = 0; k < result.gradient.size(); ++k) {
      const DerivativeEstimate& estimate = result.gradient[k];
      EXPECT_FALSE(estimate.refusal) << text << " by " << result.method;
      EXPECT_LE(truth.hessian[k].distance_at_most(estimate.value), estimate.error)
          << text << " by " << result.method << ", entry " << k;
      EXPECT_LE(estimate.error, 1e-5 * (1 + std::abs(estimate.value)));
    }
  }
}

TEST(SecondDerivatives, AreWithinTheirErrorsByEveryMethod) {
  expect_proved("x^3", {2});
  expect_proved("exp(-x) sin(3x)", {0.5});
  expect_proved("x0^2 x1 + sin(x0 x1)", {0.7, -1.3});
  expect_proved("sum(x^2 log(1 + x^2)) + x0 x1 x2", {1, -2, 0.5});
  expect_proved("sigmoid(3x) + erf(x) + atanh(x/4)", {0.25});
}

TEST(SecondDerivatives, AreRefusedAtAKinkAndWhereThereIsNoValue) {
  for (const std::string text : {"abs(x)", "x abs(x)"}) {
    for (const MethodResult& result :
         second_derivatives(Expression(text), std::vector<double>{0})) {
      EXPECT_EQ(result.gradient[0].refusal, Refusal::not_differentiable) << text << result.method;
    }
  }
  EXPECT_EQ(
      second_derivatives(Expression("log(x)"), std::vector<double>{-1})[0].gradient[0].refusal,
      Refusal::not_defined);
}

TEST(AlongDirection, IsWhatTheGradientAndTheHessianSay) {
  const Expression f("x0^2 x1 + 3 x1^2");
  const AlongDirection along =
      along_direction(f, std::vector<double>{1, 2}, std::vector<double>{2, -1});
  // grad f = (2 x0 x1, x0^2 + 6 x1) = (4, 13); H = ((2 x1, 2 x0), (2 x0, 6)) = ((4, 2), (2, 6)).
  EXPECT_EQ(along.slope.value, 4 * 2 - 13);
  EXPECT_EQ(along.curvature.value, 2 * 6 - 1 * -2);
  ASSERT_EQ(along.change.size(), 2U);
  EXPECT_EQ(along.change[0].value, 4 * 2 - 2);
  EXPECT_EQ(along.change[1].value, 2 * 2 - 6);
  EXPECT_LT(along.curvature.error, 1e-13);
}

TEST(AlongDirection, NeedsADirectionOfThePointsSize) {
  EXPECT_THROW(static_cast<void>(along_direction(Expression("x0 + x1"), std::vector<double>{1, 2},
                                                 std::vector<double>{1})),
               ValueError);
}

}  // namespace
}  // namespace gradus

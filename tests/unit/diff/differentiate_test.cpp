// SPDX-License-Identifier: MIT
#include "gradus/diff/differentiate.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "gradus/core/error.hpp"

namespace gradus {
namespace {

TEST(Differentiate, EveryMethodHoldsItsError) {
  const Expression f("x0^2 x1 + exp(-x0) sin(3 x1) + sigmoid(x0 x1)");
  const std::vector<double> x = {0.8, -1.7};
  const double s = 1 / (1 + std::exp(0.8 * 1.7));
  const double d0 = 2 * 0.8 * -1.7 - std::exp(-0.8) * std::sin(-5.1) + s * (1 - s) * -1.7;
  const double d1 = 0.8 * 0.8 + 3 * std::exp(-0.8) * std::cos(-5.1) + s * (1 - s) * 0.8;
  for (const DerivativeMethod& method : derivative_methods()) {
    const MethodResult result = differentiate(f, method.id, x);
    EXPECT_EQ(result.method, method.id);
    ASSERT_EQ(result.gradient.size(), 2U);
    EXPECT_LE(std::abs(result.gradient[0].value - d0), result.gradient[0].error) << method.id;
    EXPECT_LE(std::abs(result.gradient[1].value - d1), result.gradient[1].error) << method.id;
    EXPECT_LT(result.gradient[0].error, 1e-6) << method.id;
    EXPECT_GT(result.num_evaluations, 0U);
  }
}

TEST(Differentiate, UsesTheStepThatIsGiven) {
  const Expression f("x^2");
  const std::vector<double> x = {3};
  const MethodResult result = differentiate(f, "forward", x, 0.5);
  EXPECT_EQ(result.gradient[0].value, 6.5);
  EXPECT_EQ(result.gradient[0].step, 0.5);
  EXPECT_NEAR(result.gradient[0].error, 0.5, 1e-8);
}

TEST(Differentiate, RefusesAKinkByEveryMethod) {
  const Expression f("abs(x) + x");
  for (const DerivativeMethod& method : derivative_methods()) {
    const MethodResult result = differentiate(f, method.id, std::vector<double>{0});
    EXPECT_TRUE(std::isinf(result.gradient[0].error)) << method.id;
    EXPECT_TRUE(result.gradient[0].refusal) << method.id;
  }
}

TEST(Differentiate, TakesASmoothFunctionForOneByEveryMethod) {
  for (const char* text : {"x abs(x)", "relu(x)^2", "sqrt(x^2 + 1e-4)"}) {
    for (const DerivativeMethod& method : derivative_methods()) {
      const MethodResult result =
          differentiate(Expression(text), method.id, std::vector<double>{0});
      EXPECT_FALSE(result.gradient[0].refusal) << text << " by " << method.id;
      EXPECT_LE(std::abs(result.gradient[0].value), result.gradient[0].error + 1e-300) << text;
    }
  }
}

TEST(Differentiate, RefusesWhereThereIsNoValue) {
  for (const DerivativeMethod& method : derivative_methods()) {
    const MethodResult result =
        differentiate(Expression("log(x)"), method.id, std::vector<double>{-1});
    EXPECT_EQ(result.gradient[0].refusal, Refusal::not_defined) << method.id;
    EXPECT_TRUE(std::isnan(result.gradient[0].value)) << method.id;
  }
}

TEST(Differentiate, NoticesWhenTwoBoundsExcludeEachOther) {
  const MethodResult result =
      differentiate(Expression("cos(x)"), "central", std::vector<double>{1e15});
  EXPECT_EQ(result.gradient[0].refusal, Refusal::too_fast);
}

TEST(Differentiate, GivesAReasonForEveryErrorThatIsInfinite) {
  for (const char* text : {"exp(x)", "sinh(x)"}) {
    for (const DerivativeMethod& method : derivative_methods()) {
      const DerivativeEstimate estimate =
          differentiate(Expression(text), method.id, std::vector<double>{709}).gradient[0];
      EXPECT_EQ(std::isinf(estimate.error), estimate.refusal.has_value()) << text << method.id;
    }
  }
}

TEST(Differentiate, RefusesWhatIsNotThere) {
  const Expression f("x0 + x1");
  EXPECT_THROW(static_cast<void>(differentiate(f, "guess", std::vector<double>{1, 2})), ValueError);
  EXPECT_THROW(static_cast<void>(differentiate(f, "dual", std::vector<double>{1})), ValueError);
  EXPECT_THROW(static_cast<void>(differentiate(f, "complex_step", std::vector<double>{1, 2}, 0.0)),
               ValueError);
  EXPECT_THROW(static_cast<void>(sweep_steps(f, std::vector<double>{1, 2}, 2)), ValueError);
}

TEST(SweepSteps, IsAUCurveWithItsBottomsWhereTheTextbookHasThem) {
  const auto errors = sweep_steps(Expression("sin(x)"), std::vector<double>{1}, 0);
  ASSERT_EQ(errors.size(), 16U);
  EXPECT_EQ(errors[4].step, 1e-5);
  EXPECT_NEAR(errors[4].central_error, 1.1e-11, 0.1e-11);
  EXPECT_NEAR(errors[3].central_error, 9.0e-10, 0.1e-10);
  EXPECT_NEAR(errors[3].forward_error, 4.2e-5, 0.1e-5);
  EXPECT_NEAR(errors[7].forward_error, 3.0e-9, 0.1e-9);
  EXPECT_EQ(errors[15].forward, 0);  // 1 + 1e-16 is 1
}

}  // namespace
}  // namespace gradus

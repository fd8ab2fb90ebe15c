// SPDX-License-Identifier: MIT
#include "proof/proof.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "gradus/core/error.hpp"

namespace gradus::proof {
namespace {

Proof prove_at(const std::string& f, const std::vector<std::string>& x, std::size_t digits,
               Order order = Order::first) {
  return prove(Expression(f), x, digits, order);
}

// Digits of sin and cos of 1.3, computed with 60 digits by mpmath.
TEST(Prove, GivesTheDigitsOfOthers) {
  const Proof proof = prove_at("sin(x)", {"1.3"}, 50, Order::second);
  EXPECT_EQ(proof.value.text, "0.96355818541719296470134863003955481534204849131774");
  EXPECT_EQ(proof.gradient[0].text, "0.26749882862458740699798410929287135927592992167913");
  EXPECT_EQ(proof.hessian[0].text, "-0.96355818541719296470134863003955481534204849131774");
  EXPECT_EQ(proof.value.certainty, Certainty::proved);
}

TEST(Prove, TakesNumbersAsTheyAreTyped) {
  EXPECT_EQ(prove_at("x/3", {"0.1"}, 30).value.text, "0.0333333333333333333333333333333");
  EXPECT_EQ(prove_at("0.1 x", {"0.2"}, 30).value.text, "0.0200000000000000000000000000000");
  EXPECT_EQ(prove_at("x^(1/3)", {"2"}, 30).value.text, "1.25992104989487316476721060728");
  EXPECT_EQ(prove_at("pi x", {"1"}, 30).gradient[0].text, "3.14159265358979323846264338328");
  EXPECT_EQ(prove_at("e^x", {"1"}, 30).value.text, "2.71828182845904523536028747135");
}

TEST(Prove, RaisesThePrecisionUntilTheDigitsAreThere) {
  const Proof proof = prove_at("((sin(x) + 1e30) - 1e30) * 1e10", {"0.5"}, 20);
  EXPECT_EQ(proof.value.text, "4794255386.0420300027");
  EXPECT_GT(proof.bits, 98);
  EXPECT_EQ(prove_at("1e15 + sin(x)", {"3"}, 12).gradient[0].text, "-0.989992496600");
}

TEST(Prove, SaysWhenANumberIsExact) {
  const Proof proof = prove_at("x^2", {"3"}, 20, Order::second);
  EXPECT_EQ(proof.value.certainty, Certainty::exact);
  EXPECT_EQ(proof.value.text, "9");
  EXPECT_EQ(proof.gradient[0].text, "6");
  EXPECT_EQ(proof.hessian[0].text, "2");
  EXPECT_EQ(prove_at("x^2", {"0"}, 20).gradient[0].text, "0");
  EXPECT_EQ(prove_at("1000 x", {"3"}, 2).value.text, "3000");
  EXPECT_EQ(prove_at("x/8", {"1"}, 20).value.text, "0.125");
}

TEST(Prove, CannotTellARealZeroFromAVerySmallNumber) {
  const ProvedNumber derivative = prove_at("sin(x)^2 + cos(x)^2", {"1"}, 20).gradient[0];
  EXPECT_EQ(derivative.certainty, Certainty::near_zero);
  EXPECT_EQ(derivative.text.substr(0, 3), "1e-");
}

TEST(Prove, GivesNoDigitWhereThereIsNoDerivative) {
  for (const auto& [f, at] :
       std::vector<std::pair<std::string, std::string>>{{"abs(x)", "0"},
                                                        {"relu(x)", "0"},
                                                        {"max(x, 2x)", "0"},
                                                        {"sign(x)", "0"},
                                                        {"floor(x)", "2"},
                                                        {"sqrt(x)", "0"},
                                                        {"x^0.5", "0"},
                                                        {"abs(x) + x^2", "0"}}) {
    const Proof proof = prove_at(f, {at}, 10);
    EXPECT_EQ(proof.gradient[0].certainty, Certainty::unknown) << f;
    EXPECT_EQ(proof.gradient[0].text, "") << f;
  }
}

TEST(Prove, GivesNoDigitWhereThereIsNoValue) {
  for (const std::string f : {"log(x)", "sqrt(x)", "asin(x - 3)", "acosh(x)", "atanh(x - 3)",
                              "x^0.5", "1/(x + 1)", "x^-1 (x + 1)/(x + 1)"}) {
    EXPECT_EQ(prove_at(f, {"-1"}, 10).value.certainty, Certainty::unknown) << f;
  }
}

TEST(Prove, KnowsADerivativeWhereAKinkIsSmoothedOut) {
  EXPECT_EQ(prove_at("x abs(x)", {"0"}, 10).gradient[0].certainty, Certainty::exact);
  EXPECT_EQ(prove_at("relu(x)^2", {"0"}, 10).gradient[0].text, "0");
  EXPECT_EQ(prove_at("x abs(x)", {"0"}, 10, Order::second).hessian[0].certainty,
            Certainty::unknown);
}

TEST(Prove, GivesPartialAndMixedDerivatives) {
  const Proof proof = prove_at("x0^2 x1 + x1^3 exp(x0)", {"0", "2"}, 10, Order::second);
  EXPECT_EQ(proof.gradient[0].text, "8");   // 2 x0 x1 + x1^3 exp(x0)
  EXPECT_EQ(proof.gradient[1].text, "12");  // x0^2 + 3 x1^2 exp(x0)
  ASSERT_EQ(proof.hessian.size(), 4U);
  EXPECT_EQ(proof.hessian[0].text, "12");  // 2 x1 + x1^3 exp(x0)
  EXPECT_EQ(proof.hessian[1].text, "12");  // 2 x0 + 3 x1^2 exp(x0)
  EXPECT_EQ(proof.hessian[2].text, "12");
  EXPECT_EQ(proof.hessian[3].text, "12");  // 6 x1 exp(x0)
}

TEST(Prove, WritesNumbersOfAnySize) {
  EXPECT_EQ(prove_at("x", {"6.02214076e23"}, 9).value.text, "6.02214076e+23");
  EXPECT_EQ(prove_at("x/3", {"1e-30"}, 5).value.text, "3.3333e-31");
  EXPECT_EQ(prove_at("x/3", {"1e6"}, 3).value.text, "333000");
  EXPECT_EQ(prove_at("exp(x)", {"100000"}, 5).value.text, "2.8067e+43429");
  EXPECT_EQ(prove_at("x", {"0.99999"}, 3).value.text, "1.00");
  EXPECT_EQ(prove_at("-x/3", {"1"}, 1).value.text, "-0.3");
}

TEST(Prove, RefusesWhatItCannotDo) {
  EXPECT_THROW(static_cast<void>(prove_at("x", {"one"}, 10)), ValueError);
  EXPECT_THROW(static_cast<void>(prove_at("x", {"1"}, 0)), ValueError);
  EXPECT_THROW(static_cast<void>(prove_at("x", {"1"}, max_digits + 1)), ValueError);
  EXPECT_THROW(static_cast<void>(prove_at("x0 + x1", {"1"}, 10)), ValueError);
}

TEST(RightDigits, AreCountedFromTheFirstOne) {
  const Ball third("0.3333333333333333333333333333", 128);
  EXPECT_EQ(right_digits(0.3333333333333333, third).num_right, 16U);
  EXPECT_EQ(right_digits(0.3333333333333333, third).num_shown, 16U);
  EXPECT_EQ(right_digits(0.3334, third).num_right, 4U);  // off by less than a unit of the fourth
  EXPECT_EQ(right_digits(0.3334, third).num_shown, 4U);
  EXPECT_EQ(right_digits(0.34, third).num_right, 2U);
  EXPECT_EQ(right_digits(-0.3333, third).num_right, 0U);
  EXPECT_EQ(right_digits(0, Ball(0)).num_right, 1U);
  EXPECT_EQ(right_digits(5, Ball(5)).num_right, 1U);
  EXPECT_EQ(right_digits(0, third).num_right, 0U);
  EXPECT_EQ(right_digits(std::numeric_limits<double>::quiet_NaN(), third).num_shown, 0U);
}

TEST(Ball, BoundsItsDistanceToADouble) {
  const Ball tenth("0.1", 200);
  EXPECT_GT(tenth.distance_at_most(0.1), 5.5e-18);
  EXPECT_LT(tenth.distance_at_most(0.1), 5.6e-18);
  EXPECT_GT(tenth.distance_at_least(0.1), 5.5e-18);
  EXPECT_LE(tenth.distance_at_least(0.1), tenth.distance_at_most(0.1));
  EXPECT_EQ(Ball(0.1).distance_at_most(0.1), 0);
  EXPECT_EQ(Ball("nonsense", 64).distance_at_most(1), std::numeric_limits<double>::infinity());
  EXPECT_EQ(Ball("nonsense", 64).distance_at_least(1), 0);
}

TEST(EncloseSecond, IsOfDoublesAndNotOfDecimals) {
  const std::vector<double> x{0.1};
  EXPECT_EQ(enclose_second(Expression("0.1 x^2"), x)[0].distance_at_most(2 * 0.1), 0);
  EXPECT_EQ(enclose_partial(Expression("0.1 x"), x, 0).distance_at_most(0.1), 0);
}

}  // namespace
}  // namespace gradus::proof

// SPDX-License-Identifier: MIT
// What people type and paste: functions by the names they go by, signs of texts, and products
// without a sign.
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/diff/expression.hpp"
#include "unit/formats/thrown.hpp"

namespace gradus {
namespace {

double value_at(const std::string& text, const std::vector<double>& x) {
  return Expression(text).evaluate<double>(x);
}

using Readings = std::vector<std::pair<std::string, std::string>>;

Readings readings(const std::string& text) {
  Readings pairs;
  const Expression f(text);
  for (const ExpressionReading& reading : f.readings()) {
    pairs.emplace_back(reading.typed, reading.meant);
  }
  return pairs;
}

std::string refusal_of(const std::string& text) {
  return thrown<ValueError>([&] { static_cast<void>(Expression(text)); });
}

TEST(ExpressionFunctions, AreThoseOfACalculator) {
  EXPECT_EQ(value_at("log10(x)", {1000}), 3);
  EXPECT_EQ(value_at("log2(x)", {1024}), 10);
  EXPECT_EQ(value_at("asinh(x)", {0.3}), std::asinh(0.3));
  EXPECT_EQ(value_at("acosh(x)", {1.3}), std::acosh(1.3));
  EXPECT_DOUBLE_EQ(value_at("atanh(x)", {0.3}), std::atanh(0.3));
  EXPECT_EQ(value_at("erf(x)", {0.3}), std::erf(0.3));
  EXPECT_EQ(value_at("sign(x)", {-0.3}), -1);
  EXPECT_EQ(value_at("floor(x)", {-0.3}), -1);
  EXPECT_DOUBLE_EQ(value_at("cot(x)", {0.3}), 1 / std::tan(0.3));
  EXPECT_DOUBLE_EQ(value_at("sec(x)", {0.3}), 1 / std::cos(0.3));
  EXPECT_DOUBLE_EQ(value_at("csc(x)", {0.3}), 1 / std::sin(0.3));
}

TEST(ExpressionFunctions, HaveTheOtherNamesTheyGoBy) {
  for (const auto& [other, own] :
       std::vector<std::pair<std::string, std::string>>{{"arcsin", "asin"},
                                                        {"arccos", "acos"},
                                                        {"arctan", "atan"},
                                                        {"arsinh", "asinh"},
                                                        {"artanh", "atanh"},
                                                        {"tg", "tan"},
                                                        {"ctg", "cot"},
                                                        {"sgn", "sign"},
                                                        {"ln", "log"}}) {
    EXPECT_EQ(value_at(other + "(x)", {0.3}), value_at(own + "(x)", {0.3})) << other;
  }
}

TEST(ExpressionFunctions, TakeAsManyNumbersAsTheyCan) {
  EXPECT_EQ(value_at("min(x, y, z)", {3, 1, 2}), 1);
  EXPECT_EQ(value_at("max(x, y, z, 2.5)", {1, 2, -3}), 2.5);
  EXPECT_EQ(value_at("hypot(x, y)", {3, 4}), 5);
  EXPECT_EQ(value_at("hypot(x, y, 12)", {3, 4}), 13);
  EXPECT_EQ(value_at("max(min(x, 2), y)", {5, 1}), 2);
}

TEST(ExpressionFunctions, AreNotTakenForOthersOfAnotherMeaning) {
  for (const std::string name : {"sinc", "ceil", "sech", "coth", "round", "cbrt", "gamma", "lg"}) {
    EXPECT_EQ(refusal_of(name + "(x)").find("did you mean"), std::string::npos) << name;
  }
}

TEST(ExpressionPasted, HasTheSignsOfTexts) {
  EXPECT_EQ(value_at("x\u2080\u00B2+x\u2081\u00B2", {3, 4}), 25);              // x₀²+x₁²
  EXPECT_EQ(value_at("x\u2081\u2080", {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7}), 7);  // x₁₀
  EXPECT_EQ(value_at("x\u207B\u00B9", {4}), 0.25);                             // x⁻¹
  EXPECT_EQ(value_at("x\u00B9\u2070", {2}), 1024);                             // x¹⁰
  EXPECT_EQ(value_at("x\u00B2y\u00B3", {3, 2}), 72);                           // x²y³
  EXPECT_EQ(value_at("5 \u2013 x", {3}), 2);                                   // an en dash
  EXPECT_EQ(value_at("e^{-x}", {0}), 1);
  EXPECT_EQ(value_at("2[x+1]", {3}), 8);
  EXPECT_EQ(value_at("\uFF12\uFF58\uFF0B\uFF08\uFF11\uFF09", {3}), 7);  // wide 2x+(1)
  EXPECT_EQ(value_at("x\u03C0", {2}), 2 * std::acos(-1.0));             // xπ
  EXPECT_EQ(value_at("2\u03C0x", {2}), 4 * std::acos(-1.0));            // 2πx
  EXPECT_EQ(value_at("\U0001D465\u00B2", {3}), 9);                      // an italic x
}

TEST(ExpressionPasted, HasBarsAndRoots) {
  EXPECT_EQ(value_at("|x|", {-3}), 3);
  EXPECT_EQ(value_at("2|x-1|+1", {-3}), 9);
  EXPECT_EQ(value_at("||x|-5|", {-3}), 2);
  EXPECT_EQ(value_at("|x||y|", {-3, -2}), 6);
  EXPECT_EQ(value_at("|2(|x|)|", {-3}), 6);
  EXPECT_EQ(value_at("\u221Ax", {9}), 3);
  EXPECT_EQ(value_at("\u221A(x+7)", {9}), 4);
  EXPECT_EQ(value_at("2\u221A9", {}), 6);
  EXPECT_EQ(value_at("\u221A\u221A16", {}), 2);
}

TEST(ExpressionPasted, PointsAtTheColumnOfWhatWasTyped) {
  EXPECT_EQ(refusal_of("x\u2080\u00B2+)"),
            "expression: column 5: expected a number, a name or \"(\", got \")\" in "
            "\"x\u2080\u00B2+)\"");
  EXPECT_EQ(refusal_of("|x"),
            "expression: column 3: expected an operator or \"|\", got the end in \"|x\"");
  EXPECT_EQ(refusal_of("2\u03C0 + \u00BD"),
            "expression: column 6: no expression has a \u00BD in \"2\u03C0 + \u00BD\"");
}

TEST(ExpressionReadings, AreSaidWhereAProductCouldBeAnother) {
  EXPECT_EQ(readings("1/2x"), (Readings{{"1/2x", "(1/2)*x"}}));
  EXPECT_EQ(value_at("1/2x", {6}), 3);
  EXPECT_EQ(readings("e^2x"), (Readings{{"e^2x", "(e^2)*x"}}));
  EXPECT_DOUBLE_EQ(value_at("e^2x", {3}), 3 * std::exp(2.0));
  EXPECT_EQ(readings("1 + 12/2(x+1)"), (Readings{{"12/2(x+1)", "(12/2)*(x+1)"}}));
  EXPECT_EQ(readings("\u221A2x"), (Readings{{"\u221A2x", "(\u221A2)*x"}}));
  EXPECT_EQ(readings("\u221Ax\u00B2"), (Readings{{"\u221Ax\u00B2", "(\u221Ax)\u00B2"}}));
  EXPECT_EQ(readings("2^3x + 1/4y"), (Readings{{"2^3x", "(2^3)*x"}, {"1/4y", "(1/4)*y"}}));
}

TEST(ExpressionReadings, AreNotSaidWhereThereIsOne) {
  for (const std::string text : {"2x", "x^2 y", "(1/2)x", "e^(2)x", "2x/3", "x\u00B2y",
                                 "sin(x)cos(x)", "1/2*x", "\u221A(2)x", "2 pi x", "1/x + 2y"}) {
    EXPECT_EQ(readings(text), Readings()) << text;
  }
}

TEST(ExpressionReadings, AreAtMostAFew) {
  std::string text = "1/2x";
  for (int i = 0; i < 10; ++i) {
    text += " + 1/2x";
  }
  EXPECT_EQ(readings(text).size(), 5U);
}

TEST(Expression, KnowsWhetherItsOneVariableIsCalledX) {
  EXPECT_TRUE(Expression("x^2").is_of_x());
  EXPECT_FALSE(Expression("x0^2").is_of_x());
  EXPECT_FALSE(Expression("x + y").is_of_x());
  EXPECT_FALSE(Expression("sum(x)").is_of_x());
}

TEST(Expression, ManyPowersAreReadInLinearTime) {
  std::string text = "x^2";
  while (text.size() < 99'000) {
    text += "+x^2";
  }
  EXPECT_EQ(value_at(text, {1}), static_cast<double>((text.size() + 1) / 4));
}

}  // namespace
}  // namespace gradus

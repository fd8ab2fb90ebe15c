// SPDX-License-Identifier: MIT
#include "gradus/diff/expression.hpp"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <span>
#include <string>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/diff/tape.hpp"
#include "unit/formats/thrown.hpp"

namespace gradus {
namespace {

double value(const std::string& text, const std::vector<double>& x = {}) {
  return Expression(text).evaluate<double>(x);
}

std::string complaint(const std::string& text) {
  return thrown<ValueError>([&] { static_cast<void>(Expression(text)); });
}

std::string complaint_at(const std::string& text, const std::vector<double>& x) {
  return thrown<ValueError>([&] { static_cast<void>(value(text, x)); });
}

TEST(Expression, ReadsNumbersAsTheyAreWritten) {
  EXPECT_EQ(value("1"), 1);
  EXPECT_EQ(value(".5"), 0.5);
  EXPECT_EQ(value("5."), 5);
  EXPECT_EQ(value("1e-4"), 1e-4);
  EXPECT_EQ(value("1.25E+2"), 125);
  EXPECT_EQ(value("0.1000000000000000055511151231257827"), 0.1);
  EXPECT_EQ(value("4.9406564584124654e-324"), 4.9406564584124654e-324);
  EXPECT_EQ(value("pi"), std::acos(-1.0));
  EXPECT_EQ(value("e"), std::exp(1.0));
}

TEST(Expression, AnEWithoutDigitsBehindItIsTheNumberE) {
  EXPECT_EQ(value("2e"), 2 * std::exp(1.0));
  EXPECT_EQ(value("2e-x", {3}), 2 * std::exp(1.0) - 3);
  EXPECT_EQ(value("2exp(0)"), 2);
}

TEST(Expression, BindsAsInBooks) {
  EXPECT_EQ(value("1 + 2 * 3"), 7);
  EXPECT_EQ(value("(1 + 2) * 3"), 9);
  EXPECT_EQ(value("10 - 4 - 3"), 3);
  EXPECT_EQ(value("16 / 4 / 2"), 2);
  EXPECT_EQ(value("2 * 3 - 4 / 8"), 5.5);
  EXPECT_EQ(value("--3"), 3);
  EXPECT_EQ(value("2 - -3"), 5);
  EXPECT_EQ(value("+2 * -3"), -6);
}

TEST(Expression, APowerBindsTighterThanASignAndFromTheRight) {
  EXPECT_EQ(value("-3^2"), -9);
  EXPECT_EQ(value("(-3)^2"), 9);
  EXPECT_EQ(value("2^3^2"), 512);
  EXPECT_EQ(value("(2^3)^2"), 64);
  EXPECT_EQ(value("2^-3"), 0.125);
  EXPECT_EQ(value("2^-x^2", {2}), 0.0625);
  EXPECT_EQ(value("3 * 2^2"), 12);
  EXPECT_EQ(value("2**3**2"), 512);
}

TEST(Expression, AMissingSignIsAProduct) {
  EXPECT_EQ(value("3x", {2}), 6);
  EXPECT_EQ(value("2 sin(x)", {1}), 2 * std::sin(1.0));
  EXPECT_EQ(value("(x+1)(x-1)", {4}), 15);
  EXPECT_EQ(value("x(x+1)", {4}), 20);
  EXPECT_EQ(value("2pi x", {3}), 2 * std::acos(-1.0) * 3);
  EXPECT_EQ(value("x y z", {2, 3, 5}), 30);
  EXPECT_EQ(value("2x^2", {3}), 18);
  EXPECT_EQ(value("2^3x", {5}), 40);
  EXPECT_EQ(value("-2x", {5}), -10);
}

TEST(Expression, AMissingSignBindsLikeTheProduct) {
  EXPECT_EQ(value("1/2x", {6}), 3);
  EXPECT_EQ(value("12/2(x)", {6}), 36);
}

TEST(Expression, KnowsEachElementaryFunctionByItsName) {
  EXPECT_EQ(value("exp(x)", {0.3}), std::exp(0.3));
  EXPECT_EQ(value("log(x)", {0.3}), std::log(0.3));
  EXPECT_EQ(value("ln(x)", {0.3}), std::log(0.3));
  EXPECT_EQ(value("sqrt(x)", {0.3}), std::sqrt(0.3));
  EXPECT_EQ(value("sin(x)", {0.3}), std::sin(0.3));
  EXPECT_EQ(value("cos(x)", {0.3}), std::cos(0.3));
  EXPECT_EQ(value("tan(x)", {0.3}), std::tan(0.3));
  EXPECT_EQ(value("asin(x)", {0.3}), std::asin(0.3));
  EXPECT_EQ(value("acos(x)", {0.3}), std::acos(0.3));
  EXPECT_EQ(value("atan(x)", {0.3}), std::atan(0.3));
  EXPECT_EQ(value("sinh(x)", {0.3}), std::sinh(0.3));
  EXPECT_EQ(value("cosh(x)", {0.3}), std::cosh(0.3));
  EXPECT_EQ(value("tanh(x)", {0.3}), std::tanh(0.3));
  EXPECT_EQ(value("sigmoid(x)", {0.3}), 1 / (1 + std::exp(-0.3)));
  EXPECT_EQ(value("abs(x)", {-0.3}), 0.3);
  EXPECT_EQ(value("relu(x)", {-0.3}), 0);
  EXPECT_EQ(value("relu(x)", {0.3}), 0.3);
}

TEST(Expression, KnowsFunctionsOfTwoNumbers) {
  EXPECT_EQ(value("pow(x, y)", {2, 10}), 1024);
  EXPECT_EQ(value("pow(x, 3)", {-2}), -8);
  EXPECT_EQ(value("min(x, y)", {2, 10}), 2);
  EXPECT_EQ(value("min(y, x)", {2, 10}), 2);
  EXPECT_EQ(value("max(x, -y)", {2, 10}), 2);
  EXPECT_EQ(value("max(-y, x)", {2, 10}), 2);
  EXPECT_TRUE(std::isnan(value("min(x, 0/0)", {2})));
  EXPECT_TRUE(std::isnan(value("max(0/0, x)", {2})));
}

TEST(Expression, NamesCoordinatesByIndexOrByLetter) {
  EXPECT_EQ(value("x0 + 10 x1 + 100 x2", {1, 2, 3}), 321);
  EXPECT_EQ(value("x + 10 y + 100 z", {1, 2, 3}), 321);
  EXPECT_EQ(value("x11", {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7}), 7);
}

TEST(Expression, SumsAndAveragesOverAllCoordinates) {
  EXPECT_EQ(value("sum(x^2)", {3, 4}), 25);
  EXPECT_EQ(value("sum(x^2)", {3}), 9);
  EXPECT_EQ(value("mean(x)", {1, 2, 6}), 3);
  EXPECT_EQ(value("sum(x * x0)", {2, 3}), 10);
  EXPECT_EQ(value("sum(1)", {5, 5, 5}), 3);
  EXPECT_EQ(value("sum(x) - sum(x^2) / mean(x)", {1, 3}), 4 - 5.0);
}

TEST(Expression, ASumInASumIsTheSameForEachCoordinate) {
  EXPECT_EQ(value("mean((x - mean(x))^2)", {1, 2, 6}), 14.0 / 3);
  EXPECT_EQ(value("sum(x + sum(x + sum(x)))", {1, 2}), 3 + 2 * (3 + 2 * 3));
}

TEST(Expression, NestedSumsCostNoMoreThanOneAfterAnother) {
  std::string nested = "x";
  for (int i = 0; i < 60; ++i) {
    nested = fmt::format("mean(x + {})", nested);
  }
  // 200^60 evaluations would never end.
  EXPECT_EQ(value(nested, std::vector<double>(200, 1.0)), 61);
}

TEST(Expression, ReadsWhatPeoplePaste) {
  EXPECT_EQ(value("x²", {-3}), 9);
  EXPECT_EQ(value("2x³ − 1", {2}), 15);
  EXPECT_EQ(value("3 · x × 2 ÷ 4 ⋅ 5", {2}), 15);
  EXPECT_EQ(value("\t2π\u00A0x\n", {1}), 2 * std::acos(-1.0));
}

TEST(Expression, ANegativeBaseHasAPowerWhereTheExponentIsWhole) {
  EXPECT_EQ(value("x^3", {-2}), -8);
  EXPECT_EQ(value("x^-2", {-2}), 0.25);
  EXPECT_EQ(value("x^(1 + 4/2)", {-2}), -8);
  EXPECT_TRUE(std::isnan(value("x^(1/3)", {-8})));
  EXPECT_EQ(gradient(Expression("x^3"), std::vector<double>{-2}), std::vector<double>{12});
}

TEST(Expression, AComplexStepGetsThroughAPowerOfANegativeNumber) {
  const auto derivative = [](const std::string& text, double at) {
    const std::vector<std::complex<double>> x{{at, 1e-30}};
    return Expression(text)(std::span<const std::complex<double>>(x)).imag() / 1e-30;
  };
  EXPECT_DOUBLE_EQ(derivative("x^2", -3), -6);
  EXPECT_DOUBLE_EQ(derivative("x^-3", -2), -3.0 / 16);
  EXPECT_DOUBLE_EQ(derivative("x^1001", -1), 1001);
  EXPECT_DOUBLE_EQ(derivative("x^0", -1), 0);
  EXPECT_DOUBLE_EQ(derivative("x^2.5", 4), 20);
}

TEST(Expression, IsItselfTheFunctionThatDerivativesAreTakenOf) {
  const Expression f("x0^2 + 3 x0 x1");
  const std::vector<double> x{3, 4};
  EXPECT_EQ(gradient(f, x), (std::vector<double>{18, 9}));
  EXPECT_EQ(dual_gradient(f, x), (std::vector<double>{18, 9}));
  EXPECT_EQ(hessian_vector_product(f, x, std::vector<double>{1, 2}), (std::vector<double>{8, 3}));
}

TEST(Expression, WhereMinAndMaxAreATieTheFirstCounts) {
  const std::vector<double> x{2, 2};
  EXPECT_EQ(gradient(Expression("min(x, y)"), x), (std::vector<double>{1, 0}));
  EXPECT_EQ(gradient(Expression("max(x, y)"), x), (std::vector<double>{1, 0}));
  EXPECT_EQ(dual_gradient(Expression("min(x, y)"), x), (std::vector<double>{1, 0}));
  EXPECT_EQ(dual_gradient(Expression("max(x, y)"), x), (std::vector<double>{1, 0}));
}

TEST(Expression, TellsWhichCoordinatesItUses) {
  const Expression some("x0 + x3");
  EXPECT_EQ(some.num_variables(), 4U);
  EXPECT_TRUE(some.uses(0));
  EXPECT_FALSE(some.uses(1));
  EXPECT_TRUE(some.uses(3));
  EXPECT_FALSE(some.uses(4));
  EXPECT_EQ(Expression("sum(x)").num_variables(), 1U);
  EXPECT_TRUE(Expression("sum(x)").uses(17));
  EXPECT_FALSE(Expression("sum(x0)").uses(17));
  EXPECT_EQ(Expression("2pi").num_variables(), 0U);
  EXPECT_EQ(Expression("x").num_variables(), 1U);
}

TEST(Expression, RemembersHowItWasTyped) {
  EXPECT_EQ(Expression(" 2x² ").text(), " 2x² ");
}

TEST(ExpressionErrors, PointAtTheColumnOfAMistake) {
  EXPECT_EQ(complaint("sin(x)*)"),
            "expression: column 8: expected a number, a name or \"(\", got \")\" in \"sin(x)*)\"");
  EXPECT_EQ(complaint("(x + 1"),
            "expression: column 7: expected an operator or \")\", got the end in \"(x + 1\"");
  EXPECT_EQ(complaint("x + 1)"),
            "expression: column 6: expected an operator or the end, got \")\" in \"x + 1)\"");
  EXPECT_EQ(complaint(""),
            "expression: column 1: expected a number, a name or \"(\", got the end in \"\"");
  EXPECT_EQ(complaint("x 2"),
            "expression: column 3: expected an operator or the end, got \"2\" in \"x 2\"");
  EXPECT_EQ(complaint("sin x"),
            "expression: column 5: expected \"(\" after sin, got \"x\" in \"sin x\"");
  EXPECT_EQ(
      complaint("pow(x)"),
      "expression: column 6: expected \",\" and a second number for pow, got \")\" in \"pow(x)\"");
  EXPECT_EQ(complaint("sin(x, y)"),
            "expression: column 6: expected an operator or \")\", got \",\" in \"sin(x, y)\"");
  EXPECT_EQ(complaint("1e999"), "expression: column 1: the number is out of range in \"1e999\"");
  EXPECT_EQ(complaint("."), "expression: column 1: no expression has a . in \".\"");
}

TEST(ExpressionErrors, CountCharactersAndNotBytes) {
  EXPECT_EQ(complaint("2·x² + ½"), "expression: column 8: no expression has a ½ in \"2·x² + ½\"");
  EXPECT_EQ(complaint("x\xFF"), "expression: column 2: no expression has a ? in \"x?\"");
  EXPECT_EQ(complaint("x\n+\x01"), "expression: column 4: no expression has a ? in \"x?+?\"");
}

TEST(ExpressionErrors, GuessWhatANameMayHaveMeant) {
  EXPECT_EQ(complaint("2 sinn(x)"),
            "expression: column 3: unknown name \"sinn\" (did you mean sin or sinh or sign?) in "
            "\"2 sinn(x)\"");
  EXPECT_EQ(
      complaint("arctann(x)"),
      "expression: column 1: unknown name \"arctann\" (did you mean arctan?) in \"arctann(x)\"");
  EXPECT_EQ(complaint("x + xy"),
            "expression: column 5: unknown name \"xy\" (a product is written x*y) in \"x + xy\"");
  EXPECT_EQ(
      complaint("fly"),
      "expression: column 1: unknown name \"fly\"; there are x0, x1, ..., x, y, z, pi, e, exp, "
      "log, log10, log2, sqrt, sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, asinh, acosh, "
      "atanh, erf, sigmoid, abs, relu, sign, floor, ln, cot, sec, csc, pow, min, max, hypot, sum, "
      "mean; in \"fly\"");
  EXPECT_EQ(complaint(std::string(5000, 'q')), "expression: column 1: unknown name \"" +
                                                   std::string(30, 'q') + "...\" in \"" +
                                                   std::string(30, 'q') + "...\"");
}

TEST(ExpressionErrors, ShowOnlyWhatIsAroundAMistakeInALongText) {
  EXPECT_EQ(complaint(fmt::format("{}#{}", std::string(100, '1'), std::string(100, '2'))),
            fmt::format("expression: column 101: no expression has a # in \"...{}#{}...\"",
                        std::string(30, '1'), std::string(29, '2')));
}

TEST(ExpressionErrors, ThePointMustHaveTheCoordinatesThatAreNamed) {
  EXPECT_EQ(complaint_at("x0 + x3", {1, 2}),
            "expression: the point has 2 coordinates, \"x0 + x3\" needs 4: x0 to x3");
  EXPECT_EQ(complaint_at("x y", {1}),
            "expression: the point has 1 coordinate, \"x y\" needs 2: x0 to x1");
  EXPECT_NE(complaint_at("mean(1)", {}), "nothing was thrown");
  EXPECT_EQ(complaint_at("x4294967295", {1}),
            "expression: the point has 1 coordinate, \"x4294967295\" needs 4294967296: x0 to "
            "x4294967295");
}

TEST(ExpressionErrors, XAloneIsNotOneOfSeveralCoordinates) {
  EXPECT_EQ(
      complaint_at("x^2", {3, 4}),
      "expression: the point has 2 coordinates, \"x^2\" says only x; write x0, x1, or sum(x^2)");
  EXPECT_EQ(complaint_at("x + sum(x)", {3, 4}).substr(0, 12), "expression: ");
  EXPECT_EQ(complaint_at("x + y", {3, 4, 5}), "nothing was thrown");
  EXPECT_EQ(complaint_at("x0^2", {3, 4}), "nothing was thrown");
  EXPECT_EQ(complaint_at("sum(x)", {3, 4}), "nothing was thrown");
}

TEST(ExpressionErrors, NestingEndsBeforeTheStackDoes) {
  const auto nested = [](const std::string& open, const std::string& close, int depth) {
    std::string text = "1";
    for (int i = 0; i < depth; ++i) {
      text = fmt::format("{}{}{}", open, text, close);
    }
    return complaint(text);
  };
  EXPECT_EQ(nested("(", ")", 200), "nothing was thrown");
  EXPECT_EQ(nested("-", "", 200), "nothing was thrown");
  for (const auto& [open, close] : std::vector<std::pair<std::string, std::string>>{{"(", ")"},
                                                                                    {"-", ""},
                                                                                    {"2^", ""},
                                                                                    {"sin(", ")"},
                                                                                    {"sum(", ")"},
                                                                                    {"2(", ")"},
                                                                                    {"x(", ")"}}) {
    EXPECT_NE(nested(open, close, 10'000).find("nested deeper than 200"), std::string::npos)
        << open;
  }
}

TEST(ExpressionErrors, LongTextsAreReadAndTooLongOnesRefused) {
  std::string sum = "1";
  while (sum.size() < 99'998) {
    sum += "+1";
  }
  EXPECT_EQ(value(sum), static_cast<double>(sum.size() / 2 + 1));
  EXPECT_EQ(complaint(std::string(100'001, '1')),
            "expression: got 100001 bytes, expected at most 100000");
}

}  // namespace
}  // namespace gradus

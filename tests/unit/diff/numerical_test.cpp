// SPDX-License-Identifier: MIT
#include "gradus/diff/numerical.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <complex>
#include <limits>
#include <stdexcept>
#include <type_traits>
#include <vector>

#include "gradus/diff/expression.hpp"
#include "support.hpp"

namespace gradus {
namespace {

using textbook::tolerance_of;

/// The textbook's functions, as it writes them.
double f1(double x) {
  return 0.01 * std::pow(x, 2) + 0.1 * x;
}
double f2(std::span<const double> x) {
  return std::pow(x[0], 2) + std::pow(x[1], 2);
}
double sum_of_squares(std::span<const double> x) {
  double sum = 0;
  for (const double number : x) {
    sum += number * number;
  }
  return sum;
}

// Chapter 4.3.1, "Derivative": numbers the textbook prints, or that its code prints.

TEST(NumericalDiff, GivesTheTextbooksCentralDifferences) {
  EXPECT_NEAR(numerical_diff(f1, 5), 0.1999999999990898, tolerance_of(0.1999999999990898));
  EXPECT_NEAR(numerical_diff(f1, 10), 0.2999999999986347, tolerance_of(0.2999999999986347));
}

TEST(NumericalDiff, TheBadExampleOfAForwardDifferenceIsOffByTheStep) {
  const DifferenceEntry& forward = difference_methods().find("forward");
  EXPECT_NEAR(difference(forward, f1, 5, 1e-4), 0.20000099999917254, 1e-16);
  EXPECT_NEAR(difference(forward, f1, 10, 1e-4), 0.3000009999976072, 1e-16);
}

TEST(NumericalDiff, AStepThatIsTooSmallVanishesBesideX) {
  // 10e-50 is 1e-49, which double knows well; but 5 + 1e-49 is 5.
  EXPECT_EQ(10e-50, 1e-49);
  EXPECT_EQ(static_cast<float>(1e-50), 0.0F);
  EXPECT_EQ(static_cast<float>(10e-50), 0.0F);
  const DifferenceEntry& forward = difference_methods().find("forward");
  EXPECT_EQ(difference(forward, f1, 5, 10e-50), 0);
  EXPECT_EQ(difference(forward, f1, 10, 10e-50), 0);
  EXPECT_EQ(difference(forward, f1, 0, 10e-50), 0.1);
}

TEST(NumericalDiff, TheErrorsOfTheSineAtOneAreTheTextbooksUCurve) {
  const auto sine = [](double x) { return std::sin(x); };
  const auto error = [&](const char* method, double h) {
    return std::abs(difference(difference_methods().find(method), sine, 1, h) - std::cos(1.0));
  };
  EXPECT_NEAR(error("central", 1e-4), 9.0e-10, 0.1e-10);
  EXPECT_NEAR(error("central", 1e-5), 1.1e-11, 0.1e-11);
  EXPECT_NEAR(error("forward", 1e-4), 4.2e-5, 0.1e-5);
  EXPECT_NEAR(error("forward", 1e-8), 3.0e-9, 0.1e-9);
  EXPECT_GT(error("central", 1e-2), error("central", 1e-5));
  EXPECT_GT(error("central", 1e-10), error("central", 1e-5));
}

TEST(NumericalDiff, TheAverageSpeedOfATripIsADifferenceToo) {
  const auto distance = [](double hours) { return 100 * hours; };
  EXPECT_EQ((distance(3) - distance(0)) / 3, 100);
}

// 4.3.2 and 4.4, "Partial derivatives", "Gradient".

TEST(NumericalPartial, GivesTheTextbooksNumbers) {
  EXPECT_NEAR(numerical_diff([](double x0) { return x0 * x0 + 4.0 * 4.0; }, 3.0), 6.00000000000378,
              1e-14);
  EXPECT_NEAR(numerical_diff([](double x1) { return 3.0 * 3.0 + x1 * x1; }, 4.0), 7.999999999999119,
              1e-14);
}

TEST(NumericalGradient, GivesAllComponentsWhereTheTextbooksPublishedCodeStopsAfterOne) {
  const std::array<std::array<double, 4>, 3> points_and_gradients{
      {{3, 4, 6.00000000000378, 7.999999999999119},
       {0, 2, 0, 4.000000000004},
       {3, 0, 6.000000000012662, 0}}};
  for (const auto& [x0, x1, d0, d1] : points_and_gradients) {
    for (const auto& f : {f2, sum_of_squares}) {
      std::vector<double> x = {x0, x1};
      const auto gradient = numerical_gradient(f, std::span<double>(x));
      EXPECT_NEAR(gradient[0], d0, 1e-14);
      EXPECT_NEAR(gradient[1], d1, 1e-14);
    }
  }
}

TEST(NumericalGradient, PutsXBackAlsoWhenTheFunctionThrows) {
  std::vector<double> x = {1, 2, 3};
  int calls = 0;
  const auto f = [&](std::span<const double> point) -> double {
    if (++calls == 3) {
      throw std::runtime_error("no");
    }
    return point[0];
  };
  EXPECT_THROW(static_cast<void>(numerical_gradient(f, std::span<double>(x))), std::runtime_error);
  EXPECT_EQ(x, (std::vector<double>{1, 2, 3}));
}

TEST(NumericalGradient, OfAnArrayHasItsShape) {
  Array<double> x(Shape{2, 3, 2}, random_numbers<double>(12, 5));
  const auto f = [](const Array<double>& a) {
    return sum_of_squares(a.elements()) + a[1][2][0].value();
  };
  const Array<double> gradient = numerical_gradient(f, x);
  EXPECT_EQ(gradient.shape(), (Shape{2, 3, 2}));
  EXPECT_NEAR(gradient[0][1][1].value(), 2 * x[0][1][1].value(), 1e-10);
  EXPECT_NEAR(gradient[1][2][0].value(), 2 * x[1][2][0].value() + 1, 1e-10);
}

template <class T>
constexpr bool takes_spans_of = requires(std::span<T> x) {
  numerical_gradient(f2, x);
};
template <class T>
constexpr bool takes_arrays_of = requires(Array<T>& x) {
  numerical_gradient([](const Array<double>&) { return 0.0; }, x);
};

TEST(NumericalGradient, RefusesWhatCannotMoveByTheStep) {
  // In whole numbers the textbook's code says [25000 35000] for (6, 8), and in float [5.99 8.00].
  EXPECT_TRUE(takes_spans_of<double> && takes_arrays_of<double>);
  EXPECT_FALSE(takes_spans_of<int> || takes_arrays_of<int>);
  EXPECT_FALSE(takes_spans_of<float> || takes_arrays_of<float>);
}

TEST(ComplexStep, HasNothingToCancel) {
  const auto f = [](auto x) {
    using std::exp;
    using std::sin;
    return exp(x) * sin(x);
  };
  EXPECT_DOUBLE_EQ(complex_step_derivative(f, 0.7),
                   std::exp(0.7) * (std::sin(0.7) + std::cos(0.7)));
}

TEST(DifferenceMethods, AreExactForThePolynomialsTheyAreMadeFor) {
  for (const DifferenceEntry& method : difference_methods()) {
    for (int power = 0; power <= method.order; ++power) {
      const auto f = [power](double x) { return std::pow(x, power); };
      const double exact = power == 0 ? 0 : power * std::pow(1.5, power - 1);
      EXPECT_NEAR(difference(method, f, 1.5, 0.25), exact, 1e-13 * std::max(1.0, exact))
          << method.id << " of x^" << power;
    }
    const auto next = [&](double x) { return std::pow(x, method.order + 1); };
    const double error = std::abs(difference(method, next, 1.5, 0.25) -
                                  (method.order + 1) * std::pow(1.5, method.order));
    EXPECT_GT(error, 1e-6) << method.id << " is of a higher order than it says";
  }
}

TEST(DifferenceMethods, RefuseStepsThatAreNone) {
  for (const double step : {0.0, -1e-4, std::numeric_limits<double>::quiet_NaN(),
                            std::numeric_limits<double>::infinity()}) {
    EXPECT_THROW(static_cast<void>(estimate_derivative(f1, 5, {.step = step})), ValueError);
  }
  EXPECT_THROW(static_cast<void>(estimate_derivative(f1, 5, {.method = "guess"})), ValueError);
}

// With an estimate of the error.

const Expression polynomial("x0^3 - 2 x0 x1 + sin(x1)");

void expect_holds(const DerivativeEstimate& estimate, double exact) {
  EXPECT_FALSE(estimate.refusal) << to_string(*estimate.refusal);
  EXPECT_LE(std::abs(estimate.value - exact), estimate.error);
  EXPECT_LT(estimate.error, 1e-8);
  EXPECT_GT(estimate.step, 0);
}

TEST(EstimateGradient, HoldsForFunctionsThatCarryErrorsAndForBlackBoxes) {
  const std::vector<double> x = {1.3, -0.4};
  const std::array<double, 2> exact = {3 * 1.3 * 1.3 + 0.8, -2.6 + std::cos(-0.4)};
  const auto carried = estimate_gradient(polynomial, x);
  const auto unknown =
      estimate_gradient([](std::span<const double> point) { return polynomial(point); }, x);
  for (std::size_t i = 0; i < 2; ++i) {
    expect_holds(carried[i], exact[i]);
    expect_holds(unknown[i], exact[i]);
    EXPECT_LE(carried[i].num_evaluations, 40U);
  }
}

TEST(EstimateDirectional, IsTheGradientTimesTheDirection) {
  const std::vector<double> x = {1.3, -0.4};
  const std::vector<double> direction = {0.3, 2.0};
  const double exact = 0.3 * (3 * 1.3 * 1.3 + 0.8) + 2.0 * (-2.6 + std::cos(-0.4));
  expect_holds(estimate_directional(polynomial, x, direction), exact);
  expect_holds(
      estimate_directional([](std::span<const double> p) { return polynomial(p); }, x, direction),
      exact);
  EXPECT_THROW(static_cast<void>(estimate_directional(polynomial, x, std::vector<double>{1})),
               ShapeError);
}

TEST(EstimateJacobian, HasARowForEachOutput) {
  const auto polar = [](std::span<const double> p) {
    return std::vector<double>{p[0] * std::cos(p[1]), p[0] * std::sin(p[1])};
  };
  const std::vector<double> x = {2, 0.5};
  const auto jacobian = estimate_jacobian(polar, x, 2);
  ASSERT_EQ(jacobian.size(), 4U);
  expect_holds(jacobian[0], std::cos(0.5));
  expect_holds(jacobian[1], -2 * std::sin(0.5));
  expect_holds(jacobian[2], std::sin(0.5));
  expect_holds(jacobian[3], 2 * std::cos(0.5));
  EXPECT_THROW(static_cast<void>(estimate_jacobian(polar, x, 3)), ShapeError);
}

TEST(EstimateHessianVectorProduct, IsHowTheGradientChanges) {
  const auto gradient_of_cubes = [](std::span<const double> p) {
    return std::vector<double>{3 * p[0] * p[0] + p[1], p[0]};
  };
  const std::vector<double> x = {2, 5};
  const std::vector<double> direction = {1, -3};
  const auto product = estimate_hessian_vector_product(gradient_of_cubes, x, direction);
  expect_holds(product[0], 12 - 3);
  expect_holds(product[1], 1);
}

TEST(EstimateDerivative, RefusesAKink) {
  const auto f = [](double x) { return std::abs(x) + 3 * x; };
  const DerivativeEstimate estimate = estimate_derivative(f, 0);
  EXPECT_EQ(estimate.refusal, Refusal::kink);
  EXPECT_TRUE(std::isnan(estimate.value));
  expect_holds(estimate_derivative(f, 1e-3), 4);
}

TEST(EstimateDerivative, RefusesWhereTheFunctionIsNotDefined) {
  const auto log = [](double x) { return std::log(x); };
  EXPECT_EQ(estimate_derivative(log, -1).refusal, Refusal::not_defined);
  EXPECT_TRUE(estimate_derivative([](double x) { return std::sqrt(x); }, 0).refusal);
}

TEST(EstimateDerivative, FindsScalesFarFromOne) {
  const auto log = [](double x) { return std::log(x); };
  const DerivativeEstimate tiny = estimate_derivative(log, 1e-20);
  EXPECT_LE(std::abs(tiny.value - 1e20), tiny.error);
  EXPECT_LT(tiny.error, 1e16);
  const auto huge = estimate_derivative([](double x) { return std::exp(x); }, 700);
  EXPECT_LE(std::abs(huge.value - std::exp(700.0)), huge.error);
  EXPECT_LT(huge.error, 1e-8 * std::exp(700.0));
}

TEST(EstimateDerivative, HoldsWhereTheFunctionIsSmoothOnlyOnce) {
  // The error of a central difference falls with h there, not with h^2.
  const auto joint = [](auto x) { return x * abs(x); };
  const DerivativeEstimate carried = estimate_derivative(joint, 0);
  EXPECT_LE(std::abs(carried.value), carried.error);
  const Expression hinge("max(x - 1, 0)^2");
  for (const bool is_black_box : {false, true}) {
    const DerivativeEstimate at_margin =
        is_black_box
            ? estimate_derivative([&](double x) { return hinge(std::span<const double>(&x, 1)); },
                                  1)
            : estimate_derivative(
                  [&](RunningError x) { return hinge(std::span<const RunningError>(&x, 1)); }, 1);
    EXPECT_FALSE(at_margin.refusal);
    EXPECT_LE(std::abs(at_margin.value), at_margin.error);
    EXPECT_LT(at_margin.error, 1e-6);
  }
}

TEST(EstimateDerivative, TakesNoSharpBendForAKink) {
  for (const char* text : {"sqrt(x^2 + 0.01)", "sqrt(x^2 + 1e-4)", "log(cosh(100x))",
                           "sqrt(1 + 1e10x^2)", "abs(x)^1.3"}) {
    const Expression f(text);
    const std::vector<double> zero{0};
    const DerivativeEstimate estimate = estimate_partial(f, zero, 0);
    EXPECT_FALSE(estimate.refusal) << text << ": " << to_string(*estimate.refusal);
    EXPECT_LE(std::abs(estimate.value), estimate.error) << text;
  }
}

TEST(EstimateDerivative, KnowsTheWayFromATinyPlaceToOne) {
  const auto exponential = [](double x) { return std::exp(x); };
  for (const double x : {1e-8, 1e-30, 1e-200, 1e-320, 0.0}) {
    const DerivativeEstimate estimate = estimate_derivative(exponential, x);
    EXPECT_LE(std::abs(estimate.value - std::exp(x)), estimate.error) << x;
    EXPECT_LT(estimate.error, 1e-4) << x;
  }
  const auto fast = [](double x) { return std::sin(1e11 * x); };
  const DerivativeEstimate estimate = estimate_derivative(fast, 5e-4);
  EXPECT_LE(std::abs(estimate.value - 1e11 * std::cos(5e7)), estimate.error);
}

TEST(EstimateDerivative, SaysWhenAFunctionEndsHere) {
  EXPECT_EQ(estimate_derivative([](double x) { return std::asin(x); }, 1).refusal,
            Refusal::not_defined_beside);
}

TEST(EstimateDerivative, OfAConstantIsZero) {
  const DerivativeEstimate estimate = estimate_derivative([](double) { return 7.0; }, 2);
  EXPECT_EQ(estimate.value, 0);
  EXPECT_LT(estimate.error, 1e-6);
}

TEST(EstimateDerivative, SaysHowFarAFixedStepIsOff) {
  const auto sine = [](double x) { return std::sin(x); };
  const DerivativeEstimate rough = estimate_derivative(sine, 1, {.method = "forward", .step = 0.1});
  const double error = std::abs(rough.value - std::cos(1.0));
  EXPECT_EQ(rough.step, 0.1);
  EXPECT_LE(error, rough.error);
  EXPECT_NEAR(rough.error, error, 1e-8);
  // The textbook's step beside a large x: x + h is x, and the estimate knows it.
  const DerivativeEstimate frozen =
      estimate_derivative([](double x) { return x * x; }, 1e13, {.step = default_difference_step});
  EXPECT_EQ(frozen.value, 0);
  EXPECT_NEAR(frozen.error, 2e13, 1e4);
}

TEST(EstimatePartial, RefusesAVariableThereIsNot) {
  EXPECT_THROW(static_cast<void>(estimate_partial(f2, std::vector<double>{1, 2}, 2)), ValueError);
}

}  // namespace
}  // namespace gradus

// SPDX-License-Identifier: MIT
// Every rule of differentiation, by all the ways there are to use it.
#include "gradus/diff/elementary.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <limits>
#include <numbers>
#include <string>
#include <tuple>
#include <vector>

#include "elementary_values.hpp"
#include "gradus/core/random.hpp"
#include "gradus/diff/dual.hpp"
#include "gradus/diff/expression.hpp"
#include "gradus/diff/running_error.hpp"
#include "gradus/diff/tape.hpp"
#include "tolerances.hpp"

namespace gradus {
namespace {

/// check(rule) with an object of each rule's type.
template <class Check>
void for_every_rule(const Check& check) {
  std::apply(
      [&](const auto&... rule) {
        const auto traced = [&](const auto& one) {
          SCOPED_TRACE(std::string(one.id));
          check(one);
        };
        (traced(rule), ...);
      },
      ElementaryFunctions());
}

template <class Check>
void for_every_value(const Check& check) {
  for (const ElementaryValue& row : elementary_values) {
    SCOPED_TRACE(std::string(row.id) + " at " + std::to_string(row.x));
    check(Expression(std::string(row.id) + "(x)"), row);
  }
}

void expect_close(double got, double expected) {
  EXPECT_NEAR(got, expected, tolerance::elementary * std::abs(expected));
}

TEST(EveryElementaryFunction, HasValuesToBeTestedAgainst) {
  for_every_rule([](const auto& rule) {
    const bool has_kink =
        rule.id == "abs" || rule.id == "relu" || rule.id == "sign" || rule.id == "floor";
    EXPECT_EQ(std::count_if(elementary_values.begin(), elementary_values.end(),
                            [&](const ElementaryValue& row) { return row.id == rule.id; }),
              has_kink ? 0 : 3);
  });
}

TEST(EveryElementaryFunction, HasTheRightValue) {
  for_every_value([](const Expression& f, const ElementaryValue& row) {
    expect_close(f.evaluate<double>(std::vector{row.x}), row.value);
  });
}

TEST(EveryElementaryFunction, HasTheRightSlopeByDuals) {
  for_every_value([](const Expression& f, const ElementaryValue& row) {
    expect_close(dual_gradient(f, std::vector{row.x})[0], row.first);
  });
}

TEST(EveryElementaryFunction, HasTheRightSlopeByTheTape) {
  for_every_value([](const Expression& f, const ElementaryValue& row) {
    expect_close(gradient(f, std::vector{row.x})[0], row.first);
  });
}

TEST(EveryElementaryFunction, HasTheRightSlopeByAComplexStep) {
  for_every_value([](const Expression& f, const ElementaryValue& row) {
    const std::vector<std::complex<double>> x{{row.x, 1e-100}};
    expect_close(f(std::span<const std::complex<double>>(x)).imag() / 1e-100, row.first);
  });
}

TEST(EveryElementaryFunction, HasTheRightSecondDerivativeByDualsOfDuals) {
  using Inner = Dual<double>;
  for_every_value([](const Expression& f, const ElementaryValue& row) {
    const std::vector<Dual<Inner>> x{{Inner(row.x, 1), Inner(1)}};
    expect_close(f(std::span<const Dual<Inner>>(x)).derivative.derivative, row.second);
  });
}

TEST(EveryElementaryFunction, HasTheRightSecondDerivativeByDualsOnATape) {
  for_every_value([](const Expression& f, const ElementaryValue& row) {
    expect_close(hessian_vector_product(f, std::vector{row.x}, std::vector{1.0})[0], row.second);
  });
}

TEST(EveryElementaryFunction, IsOffByNoMoreThanItsRunningErrorSays) {
  for_every_value([](const Expression& f, const ElementaryValue& row) {
    const std::vector<Dual<RunningError>> x{{RunningError(row.x), RunningError(1)}};
    const Dual<RunningError> y = f(std::span<const Dual<RunningError>>(x));
    // The table has been rounded too.
    const double u = RunningError::unit;
    EXPECT_LE(std::abs(y.value.value - row.value), y.value.error + u * std::abs(row.value));
    EXPECT_LE(std::abs(y.derivative.value - row.first),
              y.derivative.error + u * std::abs(row.first));
    EXPECT_LE(y.derivative.error, 100 * u * std::abs(row.first));
  });
}

TEST(EveryElementaryFunction, IsNowhereSteeperThanItSays) {
  for_every_rule([](const auto& rule) {
    Random random(3, Stream::validation);
    int num_bounded = 0;
    for (int i = 0; i < 2000; ++i) {
      const double x = random.uniform(-3, 3);
      const double reach = std::pow(10.0, random.uniform(-6, 0.5));
      const double steepest = rule.steepest(x, reach);
      num_bounded += std::isfinite(steepest) ? 1 : 0;
      for (int j = 0; j <= 20; ++j) {
        const double t = x + reach * (j - 10) / 10;
        const double slope = std::abs(rule.slope(t, rule.value(t)));
        if (!std::isnan(slope)) {  // outside of where the function is defined there is none
          EXPECT_LE(slope, steepest * (1 + tolerance::elementary)) << x << " +- " << reach;
        }
      }
    }
    EXPECT_GT(num_bounded, 300) << "a bound that is always infinite says nothing";
  });
}

TEST(EveryElementaryFunction, IsInfinitelySteepWhereItMayBeUndefined) {
  EXPECT_EQ(elementary::Log::steepest(1e-3, 1e-2), elementary::unbounded);
  EXPECT_EQ(elementary::Sqrt::steepest(1e-3, 1e-2), elementary::unbounded);
  EXPECT_EQ(elementary::Tan::steepest(1.57, 1e-2), elementary::unbounded);
  EXPECT_EQ(elementary::Asin::steepest(-0.995, 1e-2), elementary::unbounded);
  EXPECT_EQ(elementary::Acos::steepest(0.995, 1e-2), elementary::unbounded);
  EXPECT_EQ(elementary::Log10::steepest(1e-3, 1e-2), elementary::unbounded);
  EXPECT_EQ(elementary::Acosh::steepest(1.005, 1e-2), elementary::unbounded);
  EXPECT_EQ(elementary::Atanh::steepest(-0.995, 1e-2), elementary::unbounded);
  EXPECT_EQ(elementary::Sign::steepest(1e-3, 1e-2), elementary::unbounded);
  EXPECT_EQ(elementary::Floor::steepest(1.995, 1e-2), elementary::unbounded);
}

TEST(Sigmoid, NeitherOverflowsNorLosesItsSlope) {
  EXPECT_EQ(sigmoid(-1000.0), 0);
  EXPECT_EQ(sigmoid(1000.0), 1);
  EXPECT_EQ(dual_derivative([](auto x) { return sigmoid(x); }, -1000), 0);
  EXPECT_EQ(dual_derivative([](auto x) { return sigmoid(x); }, 1000), 0);
  // The exponential of -700, which 1 - sigmoid(700) = 0 would lose.
  expect_close(dual_derivative([](auto x) { return sigmoid(x); }, 700), std::exp(-700.0));
}

/// The slope of f at x and its bound, and that f' and f'' are plain numbers.
template <class F>
RunningError slope_far_away(const F& f, double x) {
  EXPECT_TRUE(std::isfinite(dual_derivative(f, x)));
  EXPECT_EQ(dual_second_derivative(f, x), 0);
  return f(Dual<RunningError>(RunningError(x), RunningError(1))).derivative;
}

TEST(Tanh, HasASlopeWhereCoshOverflows) {
  const auto f = [](auto x) { return tanh(x); };
  for (const double x : {-1000.0, -400.0, 400.0, 1000.0, 1e300}) {
    EXPECT_EQ(slope_far_away(f, x).value, 0);
    EXPECT_LE(slope_far_away(f, x).error, 1e-320);
  }
  expect_close(dual_derivative(f, -350), 4 * std::exp(-700.0));
  EXPECT_EQ(elementary::Tanh::slope(std::complex<double>(1000, 1), {}), 0.0);
}

TEST(Atan, HasASlopeWhereASquareOverflows) {
  const auto f = [](auto x) { return atan(x); };
  for (const double x : {-1e200, 1e200}) {
    EXPECT_EQ(slope_far_away(f, x).value, 0);
    EXPECT_LE(slope_far_away(f, x).error, 1e-320);
  }
  expect_close(dual_derivative(f, 1e150), 1e-300);
  EXPECT_EQ(elementary::Atan::slope(std::complex<double>(1e200, 1), {}), 0.0);
}

TEST(Asinh, HasASlopeWhereASquareOverflows) {
  const auto f = [](auto x) { return asinh(x); };
  for (const double x : {-1e200, 1e200}) {
    expect_close(dual_derivative(f, x), 1e-200);
  }
}

// The complex error function against its power series, 2 / sqrt(pi) sum (-1)^n z^(2n+1) / (n!
// (2n+1)).
TEST(Erf, OfComplexNumbersIsThatOfItsPowerSeries) {
  for (const std::complex<double> z :
       {std::complex<double>(0, 0.5), {0.3, -0.4}, {-1, 1}, {1.5, 0.1}}) {
    std::complex<double> power = z;
    std::complex<double> sum = z;
    for (int n = 1; n < 60; ++n) {
      power *= -z * z / static_cast<double>(n);
      sum += power / (2.0 * n + 1);
    }
    const std::complex<double> expected = 2 * std::numbers::inv_sqrtpi * sum;
    EXPECT_LE(std::abs(elementary::complex_erf(z) - expected), 1e-14 * std::abs(expected)) << z;
  }
}

TEST(Sign, JumpsAtZeroWhereItHasNoSlope) {
  EXPECT_EQ(elementary::Sign::value(-0.5), -1);
  EXPECT_EQ(elementary::Sign::value(0.0), 0);
  EXPECT_EQ(elementary::Sign::value(7.0), 1);
  EXPECT_TRUE(std::isnan(elementary::Sign::value(std::nan(""))));
  const auto slope = [](double x, double error) {
    return elementary::Sign::slope(RunningError(x, error), RunningError(0));
  };
  EXPECT_EQ(slope(0, 0).error, elementary::unbounded);
  EXPECT_EQ(slope(0.25, 0.25).error, elementary::unbounded);
  EXPECT_EQ(slope(0.25, 0.125).error, 0);
}

TEST(Floor, JumpsAtWholeNumbersWhereItHasNoSlope) {
  EXPECT_EQ(elementary::Floor::value(-0.5), -1);
  EXPECT_EQ(elementary::Floor::value(2.0), 2);
  EXPECT_EQ(elementary::Floor::value(2.75), 2);
  const auto slope = [](double x, double error) {
    return elementary::Floor::slope(RunningError(x, error), RunningError(0));
  };
  EXPECT_EQ(slope(2, 0).error, elementary::unbounded);
  EXPECT_EQ(slope(2.25, 0.25).error, elementary::unbounded);
  EXPECT_EQ(slope(2.25, 0.125).error, 0);
  EXPECT_EQ(slope(2.75, 0.25).error, elementary::unbounded);
}

TEST(Abs, HasASlopeOnEitherSideAndNoneAtTheKink) {
  const auto f = [](auto x) { return abs(x); };
  EXPECT_EQ(f(Dual<double>(-2)).value, 2);
  EXPECT_EQ(dual_derivative(f, -2), -1);
  EXPECT_EQ(dual_derivative(f, 0), 0);
  EXPECT_EQ(dual_derivative(f, 2), 1);
}

TEST(Relu, HasASlopeOnOneSide) {
  const auto f = [](auto x) { return relu(x); };
  EXPECT_EQ(f(Dual<double>(-2)).value, 0);
  EXPECT_EQ(f(Dual<double>(2)).value, 2);
  EXPECT_EQ(dual_derivative(f, -2), 0);
  EXPECT_EQ(dual_derivative(f, 0), 0);
  EXPECT_EQ(dual_derivative(f, 2), 1);
  EXPECT_TRUE(std::isnan(relu(std::numeric_limits<double>::quiet_NaN())));
}

}  // namespace
}  // namespace gradus

// SPDX-License-Identifier: MIT
// One operation at a time. Whole expressions are in tests/property/running_error_test.cpp.
#include "gradus/diff/running_error.hpp"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "gradus/diff/dual.hpp"
#include "truth.hpp"

namespace gradus {
namespace {

using R = RunningError;
using D = Dual<R>;
constexpr double u = RunningError::unit;
constexpr double infinity = std::numeric_limits<double>::infinity();

TEST(RunningError, OfANumberIsZero) {
  EXPECT_EQ(R(0.1).error, 0);
}

TEST(RunningError, EachOperationAddsItsRounding) {
  EXPECT_EQ((R(3) + R(4)).error, 7 * u);
  EXPECT_EQ((R(3) - R(4)).error, u);
  EXPECT_EQ((R(3) * R(4)).error, 12 * u);
  EXPECT_EQ((R(3) / R(4)).error, 0.75 * u);
  EXPECT_EQ((-R(3)).error, 0);
  EXPECT_EQ(exp(R(1)).error, 2 * u * std::exp(1.0));
  EXPECT_EQ(sqrt(R(2)).error, u * std::sqrt(2.0));
  EXPECT_EQ(tanh(R(1)).error, 4 * u * std::tanh(1.0));
  EXPECT_EQ(abs(R(-3)).error, 0);
  EXPECT_EQ(relu(R(3)).error, 0);
}

TEST(RunningError, PassesOnWhatTheArgumentsBring) {
  const R a(3, 0.5);
  const R b(4, 0.25);
  EXPECT_NEAR((a + b).error, 0.75, 1e-14);
  EXPECT_NEAR((a - b).error, 0.75, 1e-14);
  EXPECT_EQ((-a).error, 0.5);
  EXPECT_NEAR((a * b).error, 3.5 * 4.25 - 12, 1e-14);
  EXPECT_NEAR((a / b).error, 3.5 / 3.75 - 0.75, 1e-14);
  EXPECT_NEAR(log(a).error, 0.5 / 2.5, 1e-14);
  EXPECT_NEAR(pow(a, 2.0).error, 2 * 3.5 * 0.5, 1e-14);
  EXPECT_NEAR(pow(a, -1.0).error, 0.5 / (2.5 * 2.5), 1e-14);
  EXPECT_GE(pow(a, b).error, std::pow(3.5, 4.25) - 81);
}

TEST(RunningError, IsInfiniteWhereTheTruthMayBeUndefined) {
  const R near_zero(1e-3, 1e-2);
  EXPECT_EQ((R(1) / near_zero).error, infinity);
  EXPECT_EQ(log(near_zero).error, infinity);
  EXPECT_EQ(sqrt(near_zero).error, infinity);
  EXPECT_EQ(pow(near_zero, 0.5).error, infinity);
  EXPECT_EQ(pow(near_zero, 1.5).error, infinity);
  EXPECT_EQ(pow(near_zero, -2.0).error, infinity);
  EXPECT_EQ(pow(near_zero, R(1, 1e-9)).error, infinity);
  EXPECT_EQ(pow(R(-2), R(2, 1e-9)).error, infinity);
  EXPECT_EQ(sqrt(R(-1)).error, infinity);
  EXPECT_EQ((R(1, infinity) - R(1, infinity)).error, infinity);
}

TEST(RunningError, OfAnExactZeroStaysZero) {
  EXPECT_EQ((R(0) * R(5, infinity)).error, 0);
  EXPECT_EQ((R(0) / R(5)).error, 0);
  EXPECT_EQ(sin(R(0)).error, 0);
  EXPECT_EQ(pow(R(0), 2.0).error, 0);
  EXPECT_EQ((R(0) + R(0)).error, 0);
}

TEST(RunningError, CountsWhatIsLostWhenAResultIsTooSmallForADouble) {
  EXPECT_EQ((R(1e-200) * R(1e-200)).value, 0);
  EXPECT_GT((R(1e-200) * R(1e-200)).error, 0);
  EXPECT_GT((R(1e-200) / R(1e200)).error, 0);
  EXPECT_GT(exp(R(-800)).error, 0);
  EXPECT_GT(pow(R(1e-200), 2.0).error, 0);
  EXPECT_GT(pow(R(1e-200), R(2)).error, 0);
  // Multiplied up again: the truth is 1e-100.
  EXPECT_GE((R(1e-200) * R(1e-200) * R(1e300)).error, 1e-100);
  EXPECT_GT((R(0, 1e-200) * R(1e-200)).error, 0);
}

TEST(RunningError, OfTheLesserIsThatOfEither) {
  const R lesser_one = lesser(R(1, 0.125), R(2, 4));
  EXPECT_EQ(lesser_one.value, 1);
  EXPECT_EQ(lesser_one.error, 4);
}

TEST(RunningErrorOfADerivative, IsInfiniteWhereItCannotTellTheSideOfAKink) {
  const auto slope_error = [](const auto& f, double x, double error) {
    return f(D(R(x, error), R(1))).derivative.error;
  };
  const auto absolute = [](const D& x) { return abs(x); };
  const auto clipped = [](const D& x) { return relu(x); };
  const auto capped = [](const D& x) { return lesser(x, D(2)); };
  EXPECT_EQ(slope_error(absolute, 0.5, 1), infinity);
  EXPECT_LT(slope_error(absolute, -0.5, 0.25), 1e-15);
  EXPECT_EQ(slope_error(clipped, -0.5, 1), infinity);
  EXPECT_LT(slope_error(clipped, -0.5, 0.25), 1e-15);
  EXPECT_EQ(slope_error(capped, 1.5, 1), infinity);
  EXPECT_LT(slope_error(capped, 1.5, 0.25), 1e-15);
}

TEST(RunningErrorOfADerivative, IsInfiniteAtAKink) {
  const auto at_zero = [](const auto& f) { return f(D(R(0), R(1))).derivative.error; };
  EXPECT_EQ(at_zero([](const D& x) { return abs(x); }), infinity);
  EXPECT_EQ(at_zero([](const D& x) { return relu(x); }), infinity);
  EXPECT_EQ(at_zero([](const D& x) { return abs(x) + x; }), infinity);
  EXPECT_EQ(at_zero([](const D& x) { return abs(x) + 1e20 * x * x; }), infinity);
  EXPECT_EQ(at_zero([](const D& x) { return lesser(x, 2 * x); }), infinity);
  EXPECT_EQ(at_zero([](const D& x) { return -lesser(-x, -(2 * x)); }), infinity);
}

TEST(RunningErrorOfADerivative, IsFiniteWhereAKinkIsSmoothedOut) {
  const auto at_zero = [](const auto& f) { return f(D(R(0), R(1))).derivative; };
  const auto expect_zero = [](const R& derivative) {
    EXPECT_EQ(derivative.value, 0);
    EXPECT_EQ(derivative.error, 0);
  };
  expect_zero(at_zero([](const D& x) { return x * abs(x); }));
  expect_zero(at_zero([](const D& x) { return pow(relu(x), 2.0); }));
  expect_zero(at_zero([](const D& x) { return pow(abs(x), 3.0); }));
  expect_zero(at_zero([](const D& x) { return relu(0 * x); }));
  expect_zero(at_zero([](const D&) { return lesser(D(2), D(2)); }));
  expect_zero(at_zero([](const D& x) { return lesser(x * x, 2 * x * x); }));
}

TEST(RunningErrorOfASecondDerivative, IsInfiniteAtAKinkOfTheFirst) {
  const auto at_zero = [](const auto& f) {
    return f(Dual<D>(D(R(0), R(1)), D(1))).derivative.derivative.error;
  };
  EXPECT_EQ(at_zero([](const auto& x) { return abs(x); }), infinity);
  EXPECT_EQ(at_zero([](const auto& x) { return lesser(x, 2 * x); }), infinity);
  EXPECT_EQ(at_zero([](const auto& x) { return lesser(x * x, 2 * x * x); }), infinity);
  EXPECT_EQ(at_zero([](const auto& x) { return lesser(x, x); }), 0);
}

TEST(RunningErrorOfADerivative, OfAPowerHoldsFarFromOne) {
  for (const double x : {1e150, 1e-150, 1e8, 1e-8, 2.0}) {
    for (const double n : {0.1, 1.0 / 3, 1.0 / 7, -0.3, -1.0, 1.1, 2.5}) {
      const R slope = pow(D(R(x), R(1)), n).derivative;
      const Expression power(fmt::format("x^{}", n));
      const proof::Ball truth = truth_of(power, std::vector<double>{x}).gradient[0];
      EXPECT_LE(truth.distance_at_most(slope.value), slope.error) << x << "^" << n;
      EXPECT_LE(slope.error, 16 * u * std::abs(slope.value)) << x << "^" << n;
    }
  }
}

}  // namespace
}  // namespace gradus

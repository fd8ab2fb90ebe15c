// SPDX-License-Identifier: MIT
#include "gradus/optim/gradient_descent.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/diff/difference.hpp"
#include "gradus/diff/expression.hpp"
#include "tolerances.hpp"
#include "unit/formats/thrown.hpp"

namespace gradus {
namespace {

using Point = std::vector<double>;

DescentResult by_tape(std::string_view text, const Point& start, const DescentOptions& options) {
  return gradient_descent(Expression(text), start, options);
}

DescentResult by_differences(std::string_view text, const Point& start, DescentOptions options) {
  options.difference_step = default_difference_step;
  return gradient_descent(Expression(text), start, options);
}

void expect_point(const Point& got, const Point& expected,
                  double relative_tolerance = tolerance::descent) {
  ASSERT_EQ(got.size(), expected.size());
  for (std::size_t i = 0; i < got.size(); ++i) {
    EXPECT_NEAR(got[i], expected[i], relative_tolerance * std::abs(expected[i])) << "x" << i;
  }
}

constexpr std::string_view bowl = "x0^2 + x1^2";

// What the textbook computes with its central difference, every printed digit.

TEST(TheTextbooksDescent, ReachesItsMinimum) {
  const auto descent = by_differences(bowl, {-3, 4}, {.learning_rate = 0.1});
  ASSERT_EQ(descent.path.size(), 101U);
  expect_point(descent.path[100].x, {-6.111107928998789e-10, 8.148143905314271e-10});
  expect_point(descent.path[100].x, {-3 * std::pow(0.8, 100), 4 * std::pow(0.8, 100)});
  EXPECT_EQ(descent.outcome.end, DescentEnd::converged);
}

TEST(TheTextbooksDescent, MovesBothCoordinatesFromAnotherStart) {
  const auto descent = by_differences(bowl, {-3, 3}, {.learning_rate = 0.1});
  expect_point(descent.path.back().x, {-6.111107929006068e-10, 6.111107929006068e-10});
}

TEST(TheTextbooksDescent, KeepsItsStartAndItsEnd) {
  const auto descent = by_differences(bowl, {-3, 4}, {.learning_rate = 0.1, .num_steps = 20});
  ASSERT_EQ(descent.path.size(), 21U);
  EXPECT_EQ(descent.path[0].x, (Point{-3, 4}));
  EXPECT_EQ(descent.path[0].value, 25);
  expect_point(descent.path[0].gradient, {-6.00000000000378, 7.999999999999119});
  expect_point(descent.path[1].x, {-2.399999999999622, 3.200000000000088});
  expect_point(descent.path[20].x, {-0.03458764513817675, 0.04611686018418694});
  EXPECT_NEAR(descent.path[20].value, 0.003323069989452288, 1e-17);
  EXPECT_EQ(descent.outcome.end, DescentEnd::moving);
}

TEST(TheTextbooksDescent, IsStillOnItsWayWithItsDefaults) {
  const auto descent = by_differences(bowl, {-3, 4}, {});
  ASSERT_EQ(descent.path.size(), 101U);
  expect_point(descent.path.back().x, {-0.39785866768397027, 0.5304782235783754});
  EXPECT_EQ(descent.outcome.end, DescentEnd::moving);
  EXPECT_EQ(descent.outcome.reason, DescentReason::on_the_way);
  EXPECT_EQ(descent.outcome.last_step, 100U);
  EXPECT_EQ(descent.outcome.first_value, 25);
  EXPECT_NEAR(descent.outcome.gradient / descent.outcome.largest_gradient, std::pow(0.98, 100),
              1e-9);
  EXPECT_EQ(descent.outcome.smaller_rate, 0);
}

TEST(TheTextbooksDescent, FreezesWithALargeLearningRate) {
  const auto descent = by_differences(bowl, {-3, 4}, {.learning_rate = 10});
  expect_point(descent.path[1].x, {57, -76}, tolerance::descent_by_differences);
  expect_point(descent.path[2].x, {-1083, 1444}, tolerance::descent_by_differences);
  expect_point(descent.path[3].x, {20577, -27436}, tolerance::descent_by_differences);
  expect_point(descent.path.back().x, {-2.5898374737328363e13, -1.2952486168965398e12});
  EXPECT_NE(descent.path[9].x, descent.path[10].x);
  EXPECT_EQ(descent.path[10].x, descent.path[100].x);
  EXPECT_EQ(descent.outcome.end, DescentEnd::frozen);
  EXPECT_EQ(descent.outcome.since, 10U);
  EXPECT_EQ(descent.outcome.reason, DescentReason::step_vanishes_far_away);
  EXPECT_EQ(descent.outcome.coordinate, 0U);
  EXPECT_EQ(descent.outcome.x, descent.path.back().x[0]);
  EXPECT_EQ(descent.outcome.h, default_difference_step);
  EXPECT_EQ(descent.outcome.smaller_rate, 0.5);  // 2 / 2 / 2: reaches the minimum in one step
}

TEST(TheTextbooksDescent, DivergesWithALargeLearningRateAndAnExactGradient) {
  const auto descent = by_tape(bowl, {-3, 4}, {.learning_rate = 10});
  ASSERT_EQ(descent.path.size(), 101U);
  EXPECT_EQ(descent.path[1].x, (Point{57, -76}));  // 19 times as far on the other side
  EXPECT_EQ(descent.path[2].x, (Point{-1083, 1444}));
  expect_point(descent.path.back().x, {-2.2515487259475596e128, 3.0020649679300793e128});
  EXPECT_EQ(descent.outcome.end, DescentEnd::diverged);
  EXPECT_EQ(descent.outcome.reason, DescentReason::overshooting);
  EXPECT_EQ(descent.outcome.first_value, 25);
  EXPECT_EQ(descent.outcome.last_value, descent.path.back().value);
  EXPECT_EQ(descent.outcome.smaller_rate, 0.5);
}

TEST(TheTextbooksDescent, EndsWhereItIsBeyondTheLargestNumber) {
  const auto descent = by_tape(bowl, {-3, 4}, {.learning_rate = 10, .num_steps = 1000});
  ASSERT_EQ(descent.path.size(), 242U);
  EXPECT_TRUE(std::isfinite(descent.path[119].value));
  EXPECT_TRUE(std::isinf(descent.path[120].value));  // 25 * 361^120
  EXPECT_TRUE(std::isfinite(descent.path[240].x[1]));
  EXPECT_TRUE(std::isinf(descent.path[241].x[1]));
  EXPECT_EQ(descent.outcome.end, DescentEnd::diverged);
  EXPECT_EQ(descent.outcome.reason, DescentReason::overshot_all_numbers);
  EXPECT_EQ(descent.outcome.since, 120U);
  EXPECT_EQ(descent.outcome.last_step, 241U);
  EXPECT_EQ(descent.outcome.lost, DescentPart::point);
}

TEST(TheTextbooksDescent, HardlyMovesWithATinyLearningRate) {
  const auto descent = by_differences(bowl, {-3, 4}, {.learning_rate = 1e-10});
  expect_point(descent.path.back().x, {-2.999999939999995, 3.9999999199999934});
  EXPECT_EQ(descent.outcome.end, DescentEnd::stuck);
  EXPECT_EQ(descent.outcome.reason, DescentReason::tiny_steps);
  EXPECT_NEAR(descent.outcome.move, 1e-9, 1e-15);
}

TEST(TheTextbooksDescent, ArrivesInOneStepOfHalfTheInverseCurvature) {
  const auto exact = by_tape(bowl, {-3, 4}, {.learning_rate = 0.5});
  EXPECT_EQ(exact.path[1].x, (Point{0, 0}));
  const auto numerical = by_differences(bowl, {-3, 4}, {.learning_rate = 0.5});
  EXPECT_LT(std::abs(numerical.path.back().x[0]), 1e-20);
  EXPECT_EQ(exact.outcome.end, DescentEnd::converged);
  EXPECT_EQ(exact.outcome.reason, DescentReason::no_slope);
  EXPECT_EQ(exact.outcome.since, 1U);
  EXPECT_EQ(numerical.outcome.end, DescentEnd::converged);
}

TEST(TheTextbooksDescent, GoesToAndFroForEverWithLearningRateOne) {
  const auto descent = by_tape(bowl, {-3, 4}, {.learning_rate = 1});
  EXPECT_EQ(descent.path[1].x, (Point{3, -4}));
  EXPECT_EQ(descent.path[2].x, (Point{-3, 4}));
  EXPECT_EQ(descent.path[99].x, (Point{3, -4}));
  EXPECT_EQ(descent.outcome.end, DescentEnd::oscillating);
  EXPECT_EQ(descent.outcome.reason, DescentReason::to_and_fro);
  EXPECT_EQ(descent.outcome.smaller_rate, 0.5);
  EXPECT_EQ(by_differences(bowl, {-3, 4}, {.learning_rate = 1}).outcome.end,
            DescentEnd::oscillating);
}

TEST(GradientDescent, WalksTheSameWayWithEitherFormOfTheFunction) {
  EXPECT_EQ(by_tape(bowl, {-3, 4}, {}).path.back().x,
            by_tape("sum(x^2)", {-3, 4}, {}).path.back().x);
}

TEST(GradientDescent, NeverChangesTheStart) {
  const Point start{-3, 4};
  static_cast<void>(by_tape(bowl, start, {.learning_rate = 0.1}));
  static_cast<void>(by_differences(bowl, start, {.learning_rate = 0.1}));
  EXPECT_EQ(start, (Point{-3, 4}));
}

TEST(GradientDescent, TellsTheValueAndTheGradientAtEachPoint) {
  const auto descent = by_tape("x0^2 + 3 x1", {2, 5}, {.learning_rate = 0.25, .num_steps = 3});
  for (const DescentPoint& point : descent.path) {
    EXPECT_EQ(point.value, point.x[0] * point.x[0] + 3 * point.x[1]);
    EXPECT_EQ(point.gradient, (Point{2 * point.x[0], 3}));
  }
  EXPECT_EQ(descent.path[1].x, (Point{1, 4.25}));
}

TEST(GradientDescent, ClimbsWhenToldTo) {
  const auto up = by_tape("3 - (x - 1)^2", {4}, {.learning_rate = 0.1, .is_maximizing = true});
  const auto down = by_tape("(x - 1)^2 - 3", {4}, {.learning_rate = 0.1});
  EXPECT_NEAR(up.path.back().x[0], 1, 1e-8);
  EXPECT_EQ(up.path.back().x, down.path.back().x);
  EXPECT_EQ(up.path[0].gradient, (Point{-6}));
  EXPECT_EQ(up.outcome.end, DescentEnd::converged);
  EXPECT_EQ(up.outcome.reason, DescentReason::little_slope);
  EXPECT_TRUE(up.outcome.is_maximizing);
}

TEST(GradientDescent, UsesTheOptimizerItIsGiven) {
  for (const auto& entry : optimizers<double>()) {
    const std::string id(entry.id);
    const auto descent =
        by_tape(bowl, {-3, 4}, {.optimizer = {.id = id}, .learning_rate = 0.1, .num_steps = 5});
    const auto optimizer = make_optimizer<double>({.id = id}, 2);
    Point x{-3, 4};
    for (int step = 0; step < 5; ++step) {
      optimizer->step(x, Point{2 * x[0], 2 * x[1]}, 0.1);
    }
    EXPECT_EQ(descent.path.back().x, x) << id;
  }
}

DescentEnd end_of(std::string_view text, const Point& start, const DescentOptions& options) {
  return by_tape(text, start, options).outcome.end;
}

TEST(DescentOutcome, OfASmallGrowthIsDivergence) {
  EXPECT_EQ(end_of(bowl, {-3, 4}, {.learning_rate = 1.01}), DescentEnd::diverged);
  EXPECT_EQ(end_of(bowl, {-3, 4}, {.learning_rate = 0.99}), DescentEnd::moving);
  EXPECT_EQ(end_of(bowl, {-3, 4}, {.learning_rate = 0.9}), DescentEnd::converged);
  EXPECT_EQ(end_of(bowl, {-3, 4}, {.learning_rate = 10, .num_steps = 3}), DescentEnd::diverged);
}

TEST(DescentOutcome, OfAFunctionWithoutAMinimumIsDivergence) {
  const auto descent = by_tape("-x^2", {1}, {.learning_rate = 0.1});
  EXPECT_EQ(descent.outcome.end, DescentEnd::diverged);
  EXPECT_EQ(descent.outcome.reason, DescentReason::no_bound);
  EXPECT_EQ(descent.outcome.last_value, descent.path.back().value);
  EXPECT_EQ(descent.outcome.smaller_rate, 0) << "another rate would not help";
  EXPECT_EQ(end_of("exp(x)", {1}, {.learning_rate = 10, .is_maximizing = true}),
            DescentEnd::diverged);
  EXPECT_EQ(end_of("x", {0}, {.learning_rate = 0.1}), DescentEnd::moving);
}

TEST(DescentOutcome, OfAPointBeyondAllNumbersIsDivergenceWhateverTheValueThere) {
  const auto descent = by_tape("9 atan(x)^2", {1}, {.learning_rate = 1.7e308, .num_steps = 5});
  EXPECT_TRUE(std::isinf(descent.path.back().x[0]));
  EXPECT_EQ(descent.outcome.end, DescentEnd::diverged);
  EXPECT_EQ(descent.outcome.since, descent.path.size() - 1);
}

TEST(DescentOutcome, BesideAKinkIsOscillation) {
  EXPECT_EQ(end_of("abs(x)", {-1}, {.learning_rate = 0.3}), DescentEnd::oscillating);
}

TEST(DescentOutcome, OnAPlateauNamesTheSlope) {
  const auto descent = by_tape("sigmoid(x)", {50}, {.learning_rate = 0.1});
  EXPECT_EQ(descent.outcome.end, DescentEnd::stuck);
  EXPECT_EQ(descent.outcome.reason, DescentReason::plateau);
  EXPECT_NEAR(descent.outcome.gradient, std::exp(-50), 1e-30);
}

TEST(DescentOutcome, OfAStartWithoutSlopeSaysSo) {
  const auto descent = by_tape("x0^2 - x1^2", {0, 0}, {});
  EXPECT_EQ(descent.outcome.end, DescentEnd::converged);
  EXPECT_EQ(descent.outcome.since, 0U);
  EXPECT_EQ(descent.outcome.reason, DescentReason::no_slope_at_start);
}

TEST(DescentOutcome, OfATrueZeroIsNotFrozen) {
  EXPECT_EQ(by_differences(bowl, {0, 0}, {}).outcome.end, DescentEnd::converged);
  const auto frozen = by_differences("x0^2", {1e13}, {}).outcome;
  EXPECT_EQ(frozen.end, DescentEnd::frozen);
  EXPECT_EQ(frozen.reason, DescentReason::step_vanishes);
  EXPECT_EQ(frozen.smaller_rate, 0);
  // The same gradient, but it is exact.
  EXPECT_EQ(end_of("0 x0", {1e13}, {}), DescentEnd::converged);
}

TEST(DescentOutcome, OfLeavingWhereTheFunctionIsDefinedSaysWhen) {
  const auto left = by_tape("log(x)", {3}, {.learning_rate = 2});
  EXPECT_EQ(left.outcome.end, DescentEnd::undefined);
  EXPECT_EQ(left.outcome.since, left.path.size() - 1);
  EXPECT_LT(left.path.back().x[0], 0);
  EXPECT_EQ(left.outcome.reason, DescentReason::undefined_on_the_way);
  EXPECT_EQ(left.outcome.lost, DescentPart::value);
  EXPECT_EQ(left.outcome.smaller_rate, 0.025);  // 0.2 / 8: the first that stays inside
  const auto never_in = by_tape("sqrt(x)", {0}, {});
  EXPECT_EQ(never_in.path.size(), 1U);
  EXPECT_EQ(never_in.outcome.reason, DescentReason::undefined_at_start);
  EXPECT_EQ(never_in.outcome.lost, DescentPart::gradient);
  EXPECT_EQ(never_in.outcome.smaller_rate, 0);
}

// But for an end: one is there when steps are short beside x, or beside 1.
TEST(DescentOutcome, DoesNotDependOnTheUnitsOfXOrF) {
  EXPECT_EQ(end_of("x^2", {1e300}, {.learning_rate = 0.1}), DescentEnd::moving);  // f is infinite
  EXPECT_EQ(end_of("(1e-100 x)^2", {1e180}, {.learning_rate = 1e199}), DescentEnd::moving);
  EXPECT_EQ(end_of("(1e-100 x)^2", {1e180}, {.learning_rate = 1e199, .num_steps = 2000}),
            DescentEnd::converged);
  EXPECT_EQ(end_of("1e200 x", {0}, {.learning_rate = 1e-201}), DescentEnd::moving);
  EXPECT_EQ(end_of("1e200 x", {0}, {.learning_rate = 1e-210}), DescentEnd::stuck);
  EXPECT_EQ(end_of("1e-170 x^2", {1}, {}), DescentEnd::stuck);
  EXPECT_EQ(end_of("1e-170 x^2", {1}, {.learning_rate = 1e169}), DescentEnd::converged);
}

TEST(DescentOutcome, OfAWayToAFarMinimumIsNoDivergence) {
  EXPECT_EQ(end_of("(x - 1e9)^2", {0}, {.learning_rate = 0.01}), DescentEnd::moving);
  EXPECT_EQ(end_of("(x - 1e9)^2", {0}, {.learning_rate = 0.1}), DescentEnd::converged);
  EXPECT_EQ(end_of("x", {0}, {.learning_rate = 1e7, .num_steps = 3}), DescentEnd::moving);
  EXPECT_EQ(end_of("-x^2", {1}, {.learning_rate = 1e7, .num_steps = 3}), DescentEnd::diverged);
}

TEST(DescentOutcome, IsFrozenOnlyWhenNothingMovesAnyMore) {
  const auto end = [](std::string_view text, const Point& start, double learning_rate) {
    return by_differences(text, start, {.learning_rate = learning_rate}).outcome.end;
  };
  EXPECT_EQ(end("x0^2", {1, 1e14}, 0.1), DescentEnd::converged);
  EXPECT_EQ(end("x0^2", {1, 1e14}, 0.001), DescentEnd::moving);
  EXPECT_EQ(end("x0^2 + 0 x1", {1e14, 0}, 0.1), DescentEnd::frozen);
}

TEST(DescentOutcome, IsNotFrozenWhileAnotherCoordinateIsOnItsWay) {
  // h vanishes beside x0 from step 16 on, while x1 goes on to its minimum.
  constexpr double h = default_difference_step;
  const ValueAndGradient f = [](std::span<const double> x, std::span<double> gradient) {
    gradient[0] = x[0] + h == x[0] ? 0 : -1;
    gradient[1] = 2 * x[1];
    return x[1] * x[1];
  };
  const auto after = [&](std::size_t num_steps) {
    const DescentOptions options{
        .learning_rate = 0.125, .num_steps = num_steps, .difference_step = h};
    return gradient_descent(f, Point{0x1p40 - 2, 1}, options).outcome;
  };
  EXPECT_EQ(after(30).end, DescentEnd::moving);
  EXPECT_EQ(after(100).end, DescentEnd::frozen);
  EXPECT_EQ(after(100).since, 16U);
}

TEST(DescentOutcome, OfACoordinateThatFrozeFarUpIsDivergenceWhileAnotherMoves) {
  constexpr double h = default_difference_step;
  const ValueAndGradient f = [](std::span<const double> x, std::span<double> gradient) {
    gradient[0] = x[0] + h == x[0] ? 0 : 1000 * x[0];
    gradient[1] = 2 * x[1];
    return 500 * x[0] * x[0] + x[1] * x[1];
  };
  const DescentOptions options{.learning_rate = 0.01, .difference_step = h};
  EXPECT_EQ(gradient_descent(f, Point{3, 4}, options).outcome.end, DescentEnd::diverged);
}

TEST(DescentOutcome, OfNumbersTooLargeFarAwayIsNotOfBeingUndefined) {
  const auto differs = by_tape("x^4 - x^4 + x^2", {1}, {.learning_rate = 1e100});
  EXPECT_EQ(differs.outcome.end, DescentEnd::diverged);
  EXPECT_EQ(differs.outcome.reason, DescentReason::ran_out_of_numbers);
  EXPECT_EQ(differs.outcome.lost, DescentPart::value);
  EXPECT_EQ(differs.outcome.last_step, 1U);
  EXPECT_NEAR(differs.outcome.distance, 2e100, 1e86);
  EXPECT_DOUBLE_EQ(differs.outcome.smaller_rate, 0.5);
  const auto leaps = by_tape("exp(x)", {1}, {.learning_rate = 1e308});
  EXPECT_EQ(leaps.outcome.end, DescentEnd::diverged);
  EXPECT_EQ(leaps.outcome.reason, DescentReason::ran_beyond_all_numbers);
  EXPECT_EQ(leaps.outcome.lost, DescentPart::point);
  EXPECT_EQ(leaps.outcome.last_value, 0);
}

TEST(DescentOutcome, HasANameForEachEnd) {
  EXPECT_EQ(to_string(DescentEnd::converged), "converged");
  EXPECT_EQ(to_string(DescentEnd::moving), "moving");
  EXPECT_EQ(to_string(DescentEnd::stuck), "stuck");
  EXPECT_EQ(to_string(DescentEnd::oscillating), "oscillating");
  EXPECT_EQ(to_string(DescentEnd::diverged), "diverged");
  EXPECT_EQ(to_string(DescentEnd::frozen), "frozen");
  EXPECT_EQ(to_string(DescentEnd::undefined), "undefined");
}

TEST(GradientDescentErrors, RefuseWhatCannotBeWalked) {
  const auto refusal = [](const Point& start, const DescentOptions& options) {
    return thrown<ValueError>([&] { static_cast<void>(by_tape("sum(x^2)", start, options)); });
  };
  EXPECT_EQ(refusal({}, {}), "gradient_descent: expected a start of one or more finite numbers");
  EXPECT_EQ(refusal({std::numeric_limits<double>::infinity()}, {}),
            "gradient_descent: expected a start of one or more finite numbers");
  EXPECT_EQ(refusal({1}, {.learning_rate = -1}),
            "gradient_descent: learning rate is -1, expected a number above 0");
  EXPECT_EQ(refusal({1}, {.learning_rate = std::nan("")}),
            "gradient_descent: learning rate is nan, expected a number above 0");
  EXPECT_EQ(refusal({1}, {.num_steps = 0}),
            "gradient_descent: number of steps is 0, expected at least 1");
  EXPECT_EQ(refusal({1}, {.optimizer = {.id = "sdg"}}).substr(0, 23), "unknown optimizer \"sdg\"");
}

}  // namespace
}  // namespace gradus

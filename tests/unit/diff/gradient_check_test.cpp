// SPDX-License-Identifier: MIT
#include "gradus/diff/gradient_check.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "gradus/core/error.hpp"

namespace gradus {
namespace {

using Point = std::span<const double>;
using Gradient = std::vector<double>;

const std::vector<double> point = {0.3, -1.2, 2.0, 0.7, 1.1, -0.4};

/// sum x_i^3 + x_0 x_1, and its gradient.
double cubes(Point x) {
  double sum = x[0] * x[1];
  for (const double number : x) {
    sum += number * number * number;
  }
  return sum;
}

Gradient cubes_gradient(Point x) {
  Gradient g(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) {
    g[i] = 3 * x[i] * x[i];
  }
  g[0] += x[1];
  g[1] += x[0];
  return g;
}

TEST(GradientCheck, CallsARightGradientRight) {
  const GradientReport report = check_gradient(cubes, cubes_gradient, point);
  EXPECT_EQ(report.verdict, Verdict::right);
  EXPECT_EQ(report.reason.kind, CheckReasonKind::agreement);
  EXPECT_EQ(report.resolution, 1e-4);
  ASSERT_EQ(report.blocks.size(), 1U);
  EXPECT_EQ(report.blocks[0].reason.kind, BlockReasonKind::agreement);
  EXPECT_EQ(report.blocks[0].num_directions, 3U);
  EXPECT_FALSE(report.blocks[0].reason_at_point);
  EXPECT_LT(report.blocks[0].gap, report.blocks[0].tolerance);
  EXPECT_NEAR(report.taylor_slope, 2, 0.2);
  EXPECT_TRUE(report.worst.empty());
}

TEST(GradientCheck, NamesTheWrongEntryByBlockAndIndex) {
  const std::array<ParameterBlock, 2> blocks{
      {{.name = "W", .shape = {2, 2}, .offset = 0}, {.name = "b", .shape = {2}, .offset = 4}}};
  const auto gradient = [](Point x) {
    Gradient g = cubes_gradient(x);
    g[3] += 1e-3 * std::abs(g[3]) + 0.05;
    return g;
  };
  const GradientReport report = check_gradient(cubes, gradient, point, blocks);
  EXPECT_EQ(report.verdict, Verdict::wrong);
  EXPECT_EQ(report.reason.kind, CheckReasonKind::disagreement);
  EXPECT_EQ(report.blocks[0].verdict, Verdict::wrong);
  const BlockReason& reason = report.blocks[0].reason;
  EXPECT_EQ(reason.kind, BlockReasonKind::disagreement);
  EXPECT_GT(reason.gap, 3 * reason.tolerance);
  EXPECT_EQ(reason.claimed_norm, report.blocks[0].claimed_norm);
  EXPECT_EQ(report.blocks[1].verdict, Verdict::right);
  ASSERT_FALSE(report.worst.empty());
  EXPECT_EQ(report.worst[0].name, "W");
  EXPECT_EQ(report.worst[0].index, (std::vector<std::size_t>{1, 1}));
  EXPECT_NEAR(report.worst[0].numerical, 3 * 0.7 * 0.7, 1e-8);
  EXPECT_NEAR(report.worst[0].claimed, 1.47 * 1.001 + 0.05, 1e-12);
  EXPECT_NEAR(report.taylor_slope, 1, 0.3);
}

TEST(GradientCheck, CountsTheIndexOfAWrongEntryFromTheStartOfItsBlock) {
  const std::vector<double> many(11, 0.7);
  const std::array<ParameterBlock, 3> blocks{{{.name = "b", .shape = {4}, .offset = 0},
                                              {.name = "W", .shape = {3, 2}, .offset = 4},
                                              {.name = "c", .shape = {1}, .offset = 10}}};
  for (std::size_t row = 0; row < 3; ++row) {
    for (std::size_t column = 0; column < 2; ++column) {
      const auto gradient = [&](Point x) {
        Gradient g = cubes_gradient(x);
        g[4 + 2 * row + column] += 0.05;
        return g;
      };
      const GradientReport report = check_gradient(cubes, gradient, many, blocks);
      EXPECT_EQ(report.blocks[1].verdict, Verdict::wrong);
      ASSERT_FALSE(report.worst.empty());
      EXPECT_EQ(report.worst[0].name, "W");
      EXPECT_EQ(report.worst[0].index, (std::vector<std::size_t>{row, column}));
      EXPECT_NEAR(report.worst[0].claimed - report.worst[0].numerical, 0.05, 1e-8);
    }
  }
}

TEST(GradientCheck, FindsOneWrongEntryAmongTenThousand) {
  const std::vector<double> many(10'000, 0.5);
  const auto f = [](Point x) {
    double sum = 0;
    for (const double number : x) {
      sum += std::sin(number);
    }
    return sum;
  };
  const auto gradient = [](Point x) {
    Gradient g(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
      g[i] = std::cos(x[i]);
    }
    g[6174] *= -1;
    return g;
  };
  const GradientReport report = check_gradient(f, gradient, many);
  EXPECT_EQ(report.verdict, Verdict::wrong);
  ASSERT_FALSE(report.worst.empty());
  EXPECT_EQ(report.worst[0].index, std::vector<std::size_t>{6174});
}

TEST(GradientCheck, TellsKinksAndLooksNearby) {
  const std::vector<double> zeros(3, 0.0);
  const auto f = [](Point x) { return std::abs(x[0]) + std::abs(x[1]) + x[2]; };
  const auto slope = [](double x) { return x > 0 ? 1.0 : -1.0; };
  const auto gradient = [slope](Point x) { return Gradient{slope(x[0]), slope(x[1]), 1}; };
  const GradientReport report = check_gradient(f, gradient, zeros);
  EXPECT_EQ(report.verdict, Verdict::right);
  EXPECT_EQ(report.reason.kind, CheckReasonKind::agreement);
  const BlockCheck& check = report.blocks[0];
  EXPECT_EQ(check.reason.kind, BlockReasonKind::agreement);
  ASSERT_TRUE(check.reason_at_point);
  EXPECT_EQ(check.reason_at_point->kind, BlockReasonKind::refusal);
  EXPECT_EQ(check.reason_at_point->refusal, Refusal::kink);
}

TEST(GradientCheck, FindsAFaultBesideAKink) {
  const std::vector<double> zeros(2, 0.0);
  const auto f = [](Point x) { return std::abs(x[0]) + x[1]; };
  const auto gradient = [](Point x) { return Gradient{x[0] > 0 ? 1.0 : -1.0, 1.1}; };
  EXPECT_EQ(check_gradient(f, gradient, zeros).verdict, Verdict::wrong);
}

TEST(GradientCheck, CannotTellOfAFunctionThatIgnoresItsArgument) {
  const GradientReport report = check_gradient([](Point) { return 4.0; }, cubes_gradient, point);
  EXPECT_EQ(report.verdict, Verdict::cannot_tell);
  EXPECT_EQ(report.reason.kind, CheckReasonKind::constant);
  EXPECT_EQ(report.reason.value, 4);
  EXPECT_TRUE(report.blocks.empty());
}

TEST(GradientCheck, CannotTellOfAFunctionThatIsNotDeterministic) {
  int calls = 0;
  const GradientReport report =
      check_gradient([&](Point) { return static_cast<double>(++calls); }, cubes_gradient, point);
  EXPECT_EQ(report.verdict, Verdict::cannot_tell);
  EXPECT_EQ(report.reason.kind, CheckReasonKind::value_not_deterministic);
  EXPECT_EQ(report.reason.value, 1);
  EXPECT_EQ(report.reason.value_again, 2);
}

TEST(GradientCheck, CannotTellOfAGradientThatIsNotDeterministic) {
  double calls = 0;
  const auto gradient = [&](Point x) { return Gradient(x.size(), ++calls); };
  const GradientReport report = check_gradient(cubes, gradient, point);
  EXPECT_EQ(report.verdict, Verdict::cannot_tell);
  EXPECT_EQ(report.reason.kind, CheckReasonKind::gradient_not_deterministic);
}

TEST(GradientCheck, CannotTellOfAnAccuracy) {
  const auto share_of_positive = [](Point x) {
    double count = 0;
    for (const double number : x.first(3)) {
      count += number > 0 ? 1 : 0;
    }
    return count / 3;
  };
  const GradientReport report = check_gradient(share_of_positive, cubes_gradient, point);
  EXPECT_EQ(report.verdict, Verdict::cannot_tell);
  EXPECT_EQ(report.reason.kind, CheckReasonKind::few_values);
  EXPECT_TRUE(report.worst.empty());
}

TEST(GradientCheck, CannotTellWhereTheFunctionIsNotFinite) {
  const auto f = [](Point x) { return std::log(x[1]); };
  const GradientReport report = check_gradient(f, cubes_gradient, point);
  EXPECT_EQ(report.verdict, Verdict::cannot_tell);
  EXPECT_EQ(report.reason.kind, CheckReasonKind::value_not_finite);
  EXPECT_TRUE(std::isnan(report.reason.value));
}

TEST(GradientCheck, CannotTellThroughNoise) {
  // Every value is off by up to 1e-3, differently at each point.
  const auto f = [](Point x) { return cubes(x) + 1e-3 * std::sin(1e15 * x[0]); };
  const GradientReport report = check_gradient(f, cubes_gradient, point);
  EXPECT_EQ(report.verdict, Verdict::cannot_tell);
  EXPECT_EQ(report.reason.kind, CheckReasonKind::open_blocks);
  EXPECT_EQ(report.blocks[0].reason.kind, BlockReasonKind::noise);
  EXPECT_FALSE(report.blocks[0].reason_at_point);
}

// (x - 1e4)^2 written out is off by up to a unit in the last place of 1e8, 1.5e-8, of 1e-3. No
// bound on the rounding of a sum of products knows of it, but it is another one at the next double.
TEST(GradientCheck, CallsAGradientThatCancelsRight) {
  const std::vector<double> close = {1e4 + 0.03, 1e4 + 0.039, 1e4 - 0.03, 1e4 - 0.024};
  const auto f = [](Point x) {
    double sum = 0;
    for (const double number : x) {
      const double distance = number - 1e4;
      sum += distance * distance * distance / 3;
    }
    return sum;
  };
  const auto gradient = [](Point x) {
    Gradient g(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
      g[i] = x[i] * x[i] - 2e4 * x[i] + 1e8;
    }
    return g;
  };
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    EXPECT_EQ(check_gradient(f, gradient, close, {.seed = seed}).verdict, Verdict::right) << seed;
  }
}

TEST(GradientCheck, CallsAGradientWithNanWrong) {
  const auto gradient = [](Point x) {
    Gradient g = cubes_gradient(x);
    g[2] = std::numeric_limits<double>::quiet_NaN();
    return g;
  };
  const GradientReport report = check_gradient(cubes, gradient, point);
  EXPECT_EQ(report.verdict, Verdict::wrong);
  EXPECT_EQ(report.reason.kind, CheckReasonKind::gradient_not_finite);
  EXPECT_EQ(report.reason.not_finite.name, "x");
  EXPECT_EQ(report.reason.not_finite.element, 2U);
  EXPECT_TRUE(std::isnan(report.reason.not_finite.claimed));
}

TEST(GradientCheck, NeverCallsRightWhatItCouldNotResolve) {
  const std::vector<double> zero{0};
  const auto f = [](Point x) { return 1e200 * std::abs(x[0]); };
  const auto gradient = [](Point x) { return Gradient{x[0] == 0 ? 7e200 : 1e200}; };
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const GradientReport report = check_gradient(f, gradient, zero, {.seed = seed});
    EXPECT_TRUE(report.verdict != Verdict::right || report.blocks[0].reason_at_point);
  }
}

TEST(GradientCheck, CallsNoSmoothJointWrong) {
  // Smooth once only: there the error of differences falls more slowly than elsewhere.
  const auto hinge = [](double x) { return std::max(x - 0.3, 0.0); };
  const auto f = [&](Point x) { return x[0] + hinge(x[0]) * hinge(x[0]); };
  const auto gradient = [&](Point x) { return Gradient{1 + 2 * hinge(x[0])}; };
  const std::vector<double> joint{0.3};
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    EXPECT_NE(check_gradient(f, gradient, joint, {.seed = seed}).verdict, Verdict::wrong) << seed;
  }
}

TEST(GradientCheck, DoesNotTakeTheEdgeOfADomainForAConstant) {
  const std::vector<double> tiny(30, 1e-8);
  const auto f = [](Point x) {
    double sum = 0;
    for (const double number : x) {
      sum += std::log(number);
    }
    return sum;
  };
  const auto gradient = [](Point x) {
    Gradient g(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
      g[i] = 1 / x[i];
    }
    return g;
  };
  const GradientReport report = check_gradient(f, gradient, tiny);
  EXPECT_NE(report.reason.kind, CheckReasonKind::constant);
  EXPECT_NE(report.verdict, Verdict::wrong);
}

TEST(GradientCheck, SaysTheSameForTheSameSeed) {
  const GradientReport once = check_gradient(cubes, cubes_gradient, point, {.seed = 7});
  const GradientReport twice = check_gradient(cubes, cubes_gradient, point, {.seed = 7});
  EXPECT_EQ(once.blocks[0].gap, twice.blocks[0].gap);
  EXPECT_EQ(once.num_evaluations, twice.num_evaluations);
}

TEST(GradientCheck, RefusesWhatDoesNotFit) {
  EXPECT_THROW(static_cast<void>(check_gradient(
                   cubes, [](Point) { return Gradient{1}; }, point)),
               ShapeError);
  const ParameterBlock outside{.name = "W", .shape = {7}};
  EXPECT_THROW(static_cast<void>(check_gradient(cubes, cubes_gradient, point, {&outside, 1})),
               ShapeError);
  EXPECT_THROW(static_cast<void>(check_gradient(cubes, cubes_gradient, point, {.resolution = 0})),
               ValueError);
  EXPECT_THROW(
      static_cast<void>(check_gradient(cubes, cubes_gradient, point, {.num_directions = 0})),
      ValueError);
}

}  // namespace
}  // namespace gradus

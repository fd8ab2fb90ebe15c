// SPDX-License-Identifier: MIT
#include "gradus/optim/problems.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "gradus/diff/expression.hpp"
#include "gradus/diff/tape.hpp"
#include "gradus/math/norm.hpp"

namespace gradus {
namespace {

double value(const Expression& f, const PlanePoint& x) {
  return f(std::span<const double>(x));
}

/// The smaller and the larger eigenvalue of the second derivatives, by differences of gradients.
std::array<double, 2> curvatures(const Expression& f, const PlanePoint& x) {
  constexpr double h = 1e-6;
  const auto bend = [&](PlanePoint step) {
    const std::vector<double> ahead = gradient(f, std::vector{x[0] + step[0], x[1] + step[1]});
    const std::vector<double> behind = gradient(f, std::vector{x[0] - step[0], x[1] - step[1]});
    return std::array{(ahead[0] - behind[0]) / (2 * h), (ahead[1] - behind[1]) / (2 * h)};
  };
  const auto [a, b] = bend({h, 0});
  const double d = bend({0, h})[1];
  const double middle = (a + d) / 2;
  const double radius = std::hypot((a - d) / 2, b);
  return {middle - radius, middle + radius};
}

bool is_kind_of_minimum(CriticalKind kind) {
  return kind == CriticalKind::minimum || kind == CriticalKind::local_minimum;
}

TEST(EveryProblem, HasNoSlopeWhereItSaysSo) {
  for (const Problem& problem : problems()) {
    const Expression f(problem.function);
    for (const CriticalPoint& point : problem.critical_points) {
      const std::vector<double> slope = gradient(f, std::vector(point.x.begin(), point.x.end()));
      // x is off by half a unit of its last digit, and a curvature of at most 900 makes it this.
      EXPECT_LT(euclidean_norm(slope), 1e-12) << problem.id << " " << point.x[0];
    }
  }
}

TEST(EveryProblem, BendsThereAsItSays) {
  for (const Problem& problem : problems()) {
    const Expression f(problem.function);
    for (const CriticalPoint& point : problem.critical_points) {
      const auto [least, most] = curvatures(f, point.x);
      EXPECT_EQ(least > 0, is_kind_of_minimum(point.kind)) << problem.id << " " << point.x[0];
      EXPECT_EQ(most < 0, point.kind == CriticalKind::maximum) << problem.id << " " << point.x[0];
    }
  }
}

TEST(EveryProblem, IsNowhereSmallerThanInItsMinima) {
  constexpr int num_steps = 200;
  for (const Problem& problem : problems()) {
    const Expression f(problem.function);
    ASSERT_EQ(problem.critical_points.front().kind, CriticalKind::minimum) << problem.id;
    const double least = value(f, problem.critical_points.front().x);
    for (const CriticalPoint& point : problem.critical_points) {
      const double gap = value(f, point.x) - least;
      if (point.kind == CriticalKind::minimum) {
        EXPECT_NEAR(gap, 0, 1e-24) << problem.id;
      } else {
        EXPECT_GT(gap, 0.1) << problem.id;
      }
    }
    for (int i = 0; i <= num_steps; ++i) {
      for (int j = 0; j <= num_steps; ++j) {
        const PlanePoint x{problem.reach * (2.0 * i / num_steps - 1),
                           problem.reach * (2.0 * j / num_steps - 1)};
        EXPECT_GE(value(f, x), least) << problem.id << " " << x[0] << " " << x[1];
      }
    }
  }
}

/// How often the gradient turns round while x goes once round the square.
double turns_round(const Problem& problem) {
  const Expression f(problem.function);
  constexpr int num_steps = 4000;
  const double reach = problem.reach;
  double turned = 0;
  double before = 0;
  for (int i = 0; i <= 4 * num_steps; ++i) {
    const double along = reach * (2.0 * (i % num_steps) / num_steps - 1);
    const std::array<PlanePoint, 4> sides{
        {{along, -reach}, {reach, along}, {-along, reach}, {-reach, -along}}};
    const PlanePoint& x = sides[static_cast<std::size_t>(i / num_steps % 4)];
    const std::vector<double> slope = gradient(f, std::vector(x.begin(), x.end()));
    const double angle = std::atan2(slope[1], slope[0]);
    turned += i == 0 ? 0 : std::remainder(angle - before, 2 * std::numbers::pi);
    before = angle;
  }
  return turned / (2 * std::numbers::pi);
}

// Minima and maxima count 1, saddles -1: what the gradient does around the square is their sum
// (Poincaré, Hopf). So none is missing, or two that cancel.
TEST(EveryProblem, KnowsAllPlacesWithoutSlope) {
  for (const Problem& problem : problems()) {
    double sum = 0;
    for (const CriticalPoint& point : problem.critical_points) {
      EXPECT_LT(std::max(std::abs(point.x[0]), std::abs(point.x[1])), problem.reach);
      sum += point.kind == CriticalKind::saddle ? -1 : 1;
    }
    EXPECT_NEAR(turns_round(problem), sum, 1e-9) << problem.id;
  }
}

TEST(EveryProblem, StartsInItsSquareWhereThereIsASlope) {
  for (const Problem& problem : problems()) {
    EXPECT_LT(std::max(std::abs(problem.start[0]), std::abs(problem.start[1])), problem.reach);
    const Expression f(problem.function);
    const std::vector<double> start(problem.start.begin(), problem.start.end());
    EXPECT_GT(euclidean_norm(gradient(f, start)), 0) << problem.id;
  }
}

TEST(CriticalKind, HasWords) {
  EXPECT_EQ(to_string(CriticalKind::minimum), "minimum");
  EXPECT_EQ(to_string(CriticalKind::local_minimum), "local_minimum");
  EXPECT_EQ(to_string(CriticalKind::saddle), "saddle");
  EXPECT_EQ(to_string(CriticalKind::maximum), "maximum");
}

}  // namespace
}  // namespace gradus

// SPDX-License-Identifier: MIT
#include "diff/obstacles.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <vector>

namespace gradus {
namespace {

std::vector<double> no_gradient(std::span<const double> x) {
  return std::vector<double>(x.size());
}

/// What is found around 0 of a function that has one step at each of these places, and so one value
/// more than places. Its value at every point asked for goes into `seen`.
Obstacles obstacles_of_steps_at(const std::vector<double>& places, std::set<double>& seen) {
  Random random(1, Stream::gradient_check);
  const auto f = [&](std::span<const double> x) {
    const auto count =
        std::count_if(places.begin(), places.end(), [&](double place) { return place < x[0]; });
    return *seen.insert(static_cast<double>(count)).first;
  };
  return find_obstacles(f, no_gradient, std::vector<double>{0}, random);
}

TEST(Obstacles, AFunctionOfUpToFiveValuesIsAStaircase) {
  std::set<double> seen;
  EXPECT_TRUE(obstacles_of_steps_at({-0.1}, seen).is_staircase);
  EXPECT_EQ(seen.size(), 2U);
  seen.clear();
  const Obstacles of_five = obstacles_of_steps_at({-0.1, -0.01, 0.01, 0.1}, seen);
  EXPECT_TRUE(of_five.is_staircase);
  EXPECT_FALSE(of_five.reason);
  EXPECT_EQ(seen.size(), 5U);
}

TEST(Obstacles, AFunctionOfSixValuesIsNoStaircase) {
  std::set<double> seen;
  const Obstacles of_six = obstacles_of_steps_at({-0.1, -0.01, 0.001, 0.01, 0.1}, seen);
  EXPECT_FALSE(of_six.is_staircase);
  EXPECT_FALSE(of_six.reason);
  EXPECT_EQ(seen.size(), 6U);
}

}  // namespace
}  // namespace gradus

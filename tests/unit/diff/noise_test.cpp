// SPDX-License-Identifier: MIT
#include "diff/noise.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <vector>

#include "gradus/core/random.hpp"

namespace gradus {
namespace {

constexpr double spacing = 0.01;

/// A cubic with noise from N(0, deviation^2) added to its values.
ValuesOnLine noisy_cubic(std::size_t count, double deviation, Random& random) {
  ValuesOnLine line{1, spacing, {}};
  for (std::size_t i = 0; i < count; ++i) {
    const double x = line.place(i);
    line.values.push_back(x * (x * (x - 2) + 3) + deviation * random.normal());
  }
  return line;
}

/// The square root of the mean square of what is found on 10,000 lines, in deviations of the noise.
double mean_noise(std::size_t count, std::size_t lowest_order, double deviation) {
  constexpr std::uint64_t num_lines = 10'000;
  Random random(1, Stream::sampling);
  double sum_of_squares = 0;
  for (std::uint64_t i = 0; i < num_lines; ++i) {
    const double noise = noise_of(noisy_cubic(count, deviation, random), lowest_order) / deviation;
    sum_of_squares += noise * noise;
  }
  return std::sqrt(sum_of_squares / num_lines);
}

TEST(Noise, IsItsStandardDeviationByDifferencesOfEachOrder) {
  for (std::size_t order = 4; order <= 8; ++order) {  // those below see the cubic
    // Of one squared difference a line the mean is off by sqrt(2 / 10,000), its root by half of
    // that.
    EXPECT_NEAR(mean_noise(order + 1, order, 1e-6), 1, 4 * 0.0071) << order;
  }
}

TEST(Noise, OfSeveralOrdersIsTheLargestThatOneOfThemFinds) {
  // Each order finds a mean square of 1: the largest of a few has more, and less than their sum.
  for (const double deviation : {1e-12, 1e-6, 1e-3}) {
    const double found = mean_noise(9, 5, deviation);
    EXPECT_GT(found, 1) << deviation;
    EXPECT_LT(found, std::sqrt(4)) << deviation;
  }
}

TEST(Noise, OfASmoothFunctionIsItsRounding) {
  Random unused(1, Stream::sampling);
  const ValuesOnLine line = noisy_cubic(9, 0, unused);
  EXPECT_LT(noise_of(line, 5), 4 * unit_in_the_last_place(line.largest()));
  EXPECT_EQ(noise_of({0, 1, std::vector<double>(9, 0.1)}, 5), 0);
  EXPECT_EQ(noise_of({0, 1, std::vector<double>(9, 0)}, 5), 0);
}

TEST(Noise, GrowsWithTheValuesAlsoWhereTheirSquaresOverflow) {
  Random random(1, Stream::sampling);
  ValuesOnLine line = noisy_cubic(9, 1e-3, random);
  const double noise = noise_of(line, 5);
  for (double& value : line.values) {
    value = std::ldexp(value, 1000);
  }
  EXPECT_EQ(noise_of(line, 5), std::ldexp(noise, 1000));
}

}  // namespace
}  // namespace gradus

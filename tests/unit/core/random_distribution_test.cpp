// SPDX-License-Identifier: MIT
// Whether random numbers are spread as they should be. Each test looks at fixed seeds, so it gives
// the same answer every time; tests/tolerances.hpp says how far from the ideal that may be.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "gradus/core/random.hpp"
#include "tolerances.hpp"

namespace gradus {
namespace {

constexpr std::size_t num_draws = 100'000;
constexpr double n = num_draws;

template <class Draw>
std::vector<double> draws(std::uint64_t seed, Draw draw) {
  Random random(seed, Stream::sampling);
  std::vector<double> numbers(num_draws);
  std::generate(numbers.begin(), numbers.end(), [&] { return draw(random); });
  return numbers;
}

/// The mean of (x - center)^power.
double moment(const std::vector<double>& numbers, double center, int power) {
  double sum = 0;
  for (const double x : numbers) {
    sum += std::pow(x - center, power);
  }
  return sum / static_cast<double>(numbers.size());
}

/// By how many standard deviations chi-square is off when all counts should be the same.
double chi_square_deviation(const std::vector<std::size_t>& counts) {
  double total = 0;
  for (const std::size_t count : counts) {
    total += static_cast<double>(count);
  }
  const double expected = total / static_cast<double>(counts.size());
  double chi_square = 0;
  for (const std::size_t count : counts) {
    chi_square += (static_cast<double>(count) - expected) * (static_cast<double>(count) - expected);
  }
  const double freedom = static_cast<double>(counts.size()) - 1;
  return (chi_square / expected - freedom) / std::sqrt(2 * freedom);
}

/// The largest distance between the share of numbers up to x and what cdf(x) says.
template <class Cdf>
double kolmogorov_smirnov(std::vector<double> numbers, Cdf cdf) {
  std::sort(numbers.begin(), numbers.end());
  double largest = 0;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const double below = static_cast<double>(i) / n;
    largest = std::max(
        {largest, std::abs(cdf(numbers[i]) - below), std::abs(cdf(numbers[i]) - below - 1 / n)});
  }
  return largest;
}

double normal_cdf(double x) {
  return std::erfc(-x / std::sqrt(2.0)) / 2;
}

template <class Check>
void for_seeds(Check check) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    check(seed);
  }
}

double uniform(Random& random) {
  return random.uniform();
}
double normal(Random& random) {
  return random.normal();
}

TEST(UniformNumbers, AreAtLeastZeroAndBelowOne) {
  for_seeds([](std::uint64_t seed) {
    const auto numbers = draws(seed, uniform);
    EXPECT_GE(*std::min_element(numbers.begin(), numbers.end()), 0.0);
    EXPECT_LT(*std::max_element(numbers.begin(), numbers.end()), 1.0);
  });
}

TEST(UniformNumbers, UseAll53Bits) {
  std::uint64_t set_bits = 0;
  std::uint64_t unset_bits = 0;
  for (const double x : draws(1, uniform)) {
    const double scaled = x * 0x1p53;
    ASSERT_EQ(scaled, std::floor(scaled));
    set_bits |= static_cast<std::uint64_t>(scaled);
    unset_bits |= ~static_cast<std::uint64_t>(scaled);
  }
  EXPECT_EQ(set_bits, (std::uint64_t{1} << 53) - 1);
  EXPECT_EQ(unset_bits & set_bits, set_bits);
}

TEST(UniformNumbers, HaveMeanOneHalf) {
  for_seeds([](std::uint64_t seed) {
    const double deviation = std::sqrt(1.0 / 12 / n);
    EXPECT_NEAR(moment(draws(seed, uniform), 0, 1), 0.5, tolerance::deviations * deviation);
  });
}

TEST(UniformNumbers, HaveVarianceOneTwelfth) {
  for_seeds([](std::uint64_t seed) {
    const double deviation = std::sqrt((1.0 / 80 - 1.0 / 144) / n);
    EXPECT_NEAR(moment(draws(seed, uniform), 0.5, 2), 1.0 / 12, tolerance::deviations * deviation);
  });
}

TEST(UniformNumbers, FillEqualBinsEqually) {
  for_seeds([](std::uint64_t seed) {
    std::vector<std::size_t> counts(100);
    for (const double x : draws(seed, uniform)) {
      ++counts.at(static_cast<std::size_t>(x * 100));
    }
    EXPECT_LT(std::abs(chi_square_deviation(counts)), tolerance::deviations);
  });
}

TEST(UniformNumbers, OfNeighbouringPositionsAreNotCorrelated) {
  double sum = 0;
  for (std::uint64_t position = 0; position < num_draws; ++position) {
    Random here(1, Stream::sampling, position);
    Random next(1, Stream::sampling, position + 1);
    sum += (here.uniform() - 0.5) * (next.uniform() - 0.5);
  }
  EXPECT_NEAR(sum / n, 0.0, tolerance::deviations / 12 / std::sqrt(n));
}

TEST(UniformNumbers, OfNeighbouringStreamsAreNotCorrelated) {
  double sum = 0;
  Random sampling(1, Stream::sampling);
  Random shuffling(1, Stream::shuffling);
  for (std::size_t i = 0; i < num_draws; ++i) {
    sum += (sampling.uniform() - 0.5) * (shuffling.uniform() - 0.5);
  }
  EXPECT_NEAR(sum / n, 0.0, tolerance::deviations / 12 / std::sqrt(n));
}

TEST(WholeNumbersBelow, AreEquallyFrequent) {
  for (const std::uint32_t bound : {2U, 3U, 10U, 100U, 1000U}) {
    SCOPED_TRACE("below " + std::to_string(bound));
    std::vector<std::size_t> counts(bound);
    for (const double x : draws(bound, [&](Random& random) { return random.below(bound); })) {
      ++counts.at(static_cast<std::size_t>(x));
    }
    EXPECT_LT(std::abs(chi_square_deviation(counts)), tolerance::deviations);
  }
}

// 2^32 numbers cannot be shared out evenly among 3 * 2^30: without another draw some would be twice
// as frequent as others, namely every third (by multiplication) or the first third (by remainder).
TEST(WholeNumbersBelow, AreEquallyFrequentAlsoBelowALargeBound) {
  constexpr std::uint32_t bound = 3U << 30;
  std::vector<std::size_t> by_remainder(3);
  std::vector<std::size_t> by_third(3);
  Random random(1, Stream::sampling);
  for (std::size_t i = 0; i < num_draws; ++i) {
    const std::uint32_t number = random.below(bound);
    ++by_remainder.at(number % 3);
    ++by_third.at(number >> 30);
  }
  EXPECT_LT(std::abs(chi_square_deviation(by_remainder)), tolerance::deviations);
  EXPECT_LT(std::abs(chi_square_deviation(by_third)), tolerance::deviations);
}

// Of x from N(0, 1) the means of x, x^2, x^3, x^4 are 0, 1, 0, 3 with the variances 1, 2, 15, 96.
TEST(NormalNumbers, HaveTheMomentsOfTheNormalDistribution) {
  for_seeds([](std::uint64_t seed) {
    const auto numbers = draws(seed, normal);
    const double deviation = tolerance::deviations / std::sqrt(n);
    EXPECT_NEAR(moment(numbers, 0, 1), 0.0, std::sqrt(1.0) * deviation);
    EXPECT_NEAR(moment(numbers, 0, 2), 1.0, std::sqrt(2.0) * deviation);
    EXPECT_NEAR(moment(numbers, 0, 3), 0.0, std::sqrt(15.0) * deviation);
    EXPECT_NEAR(moment(numbers, 0, 4), 3.0, std::sqrt(96.0) * deviation);
  });
}

TEST(NormalNumbers, AreDistributedNormally) {
  for_seeds([](std::uint64_t seed) {
    EXPECT_LT(kolmogorov_smirnov(draws(seed, normal), normal_cdf),
              tolerance::kolmogorov_smirnov / std::sqrt(n));
  });
}

// The polar method makes two at a time.
TEST(NormalNumbers, OfOnePairAreNotCorrelated) {
  const auto numbers = draws(1, normal);
  double sum = 0;
  for (std::size_t i = 0; i < numbers.size(); i += 2) {
    sum += numbers[i] * numbers[i + 1];
  }
  EXPECT_NEAR(sum / (n / 2), 0.0, tolerance::deviations / std::sqrt(n / 2));
}

}  // namespace
}  // namespace gradus

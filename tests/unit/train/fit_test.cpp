// SPDX-License-Identifier: MIT
#include "gradus/train/fit.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "gradus/core/error.hpp"
#include "support.hpp"

namespace gradus {
namespace {

struct Answers {
  std::vector<double> answers;
  std::vector<double> truth;
};

/// The truth and answers that are off by some of it, K columns.
Answers some_answers(std::size_t num_samples, std::size_t num_targets, std::uint64_t seed) {
  Answers some;
  some.truth = random_numbers<double>(num_samples * num_targets, seed);
  const auto noise = random_numbers<double>(num_samples * num_targets, seed + 1);
  for (std::size_t i = 0; i < some.truth.size(); ++i) {
    some.truth[i] = 150 + 70 * some.truth[i];
    some.answers.push_back(150 + 0.6 * (some.truth[i] - 150) + 40 * noise[i]);
  }
  return some;
}

Fit fit_of_columns(const Answers& some, std::size_t num_targets) {
  const std::size_t num_samples = some.truth.size() / num_targets;
  return fit_of({some.answers.data(), num_samples, num_targets},
                {some.truth.data(), num_samples, num_targets},
                std::vector<double>(num_targets, 140));
}

/// The mean R2 by its definition, over all rows but one.
double mean_r2_without(const Answers& some, std::size_t num_targets, std::size_t left_out) {
  const std::size_t num_samples = some.truth.size() / num_targets;
  double sum = 0;
  for (std::size_t k = 0; k < num_targets; ++k) {
    long double mean = 0;
    long double count = 0;
    for (std::size_t n = 0; n < num_samples; ++n) {
      mean += n == left_out ? 0 : some.truth[n * num_targets + k];
      count += n == left_out ? 0 : 1;
    }
    mean /= count;
    long double errors = 0;
    long double spread = 0;
    for (std::size_t n = 0; n < num_samples; ++n) {
      const std::size_t i = n * num_targets + k;
      const long double error = some.answers[i] - some.truth[i];
      errors += n == left_out ? 0 : error * error;
      spread += n == left_out ? 0 : (some.truth[i] - mean) * (some.truth[i] - mean);
    }
    sum += static_cast<double>(1 - errors / spread);
  }
  return sum / static_cast<double>(num_targets);
}

TEST(Fit, HasTheErrorsOfItsDefinitions) {
  const Answers some{{1, 2, 3, 8}, {1, 4, 3, 4}};
  const Fit fit = fit_of_columns(some, 1);
  EXPECT_EQ(fit.num_samples, 4U);
  EXPECT_DOUBLE_EQ(fit.targets[0].root_mean_square_error, std::sqrt(5.0));  // 0, 2, 0, 4
  EXPECT_DOUBLE_EQ(fit.targets[0].mean_absolute_error, 1.5);
  EXPECT_DOUBLE_EQ(fit.targets[0].error_of_mean,
                   std::sqrt((139.0 * 139 + 136.0 * 136 + 137.0 * 137 + 136.0 * 136) / 4));
  EXPECT_DOUBLE_EQ(fit.targets[0].r2.value(), 1 - 20 / 6.0);
}

TEST(Fit, HasAnR2OfOneWhenAllIsRightAndOfZeroForTheMean) {
  Answers some{{1, 2, 6}, {1, 2, 6}};
  EXPECT_EQ(fit_of_columns(some, 1).r2, 1);
  EXPECT_EQ(fit_of_columns(some, 1).r2_error, 0);
  some.answers = {3, 3, 3};
  EXPECT_NEAR(fit_of_columns(some, 1).r2.value(), 0, 1e-15);
}

TEST(Fit, HasTheR2AndTheErrorThatAJackknifeGives) {
  constexpr std::size_t num_samples = 1000;
  for (const std::size_t num_targets : {1U, 3U}) {
    const Answers some = some_answers(num_samples, num_targets, 5);
    const Fit fit = fit_of_columns(some, num_targets);
    EXPECT_NEAR(fit.r2.value(), mean_r2_without(some, num_targets, num_samples), 1e-12);
    double mean = 0;
    std::vector<double> values;
    for (std::size_t n = 0; n < num_samples; ++n) {
      values.push_back(mean_r2_without(some, num_targets, n));
      mean += values.back() / num_samples;
    }
    double sum = 0;
    for (const double value : values) {
      sum += (value - mean) * (value - mean);
    }
    const double jackknife = std::sqrt(sum * (num_samples - 1) / num_samples);
    // The two differ in what is of second order: some 1 / N of the error.
    EXPECT_NEAR(fit.r2_error.value() / jackknife, 1, 10.0 / num_samples);
  }
}

TEST(Fit, HasNoR2WhereTheTruthIsTheSameEverywhere) {
  const Answers some{{1, 2, 3, 4}, {0.1, 7, 0.1, 9}};
  const Fit fit = fit_of_columns(some, 2);
  EXPECT_FALSE(fit.targets[0].r2);
  EXPECT_FALSE(fit.targets[0].r2_error);
  EXPECT_EQ(fit.r2, fit.targets[1].r2);
  const Fit none = fit_of_columns({{1, 2, 3}, {0.1, 0.1, 0.1}}, 1);
  EXPECT_FALSE(none.r2);
  EXPECT_FALSE(fit_of_columns({{1}, {2}}, 1).r2_error);
}

TEST(Fit, RefusesWhatDoesNotFit) {
  const std::vector<double> numbers(6);
  const MatrixView<const double> six(numbers.data(), 3, 2);
  const std::vector<double> means(2);
  EXPECT_NO_THROW(static_cast<void>(fit_of(six, six, means)));
  EXPECT_THROW(static_cast<void>(fit_of({numbers.data(), 2, 2}, six, means)), ShapeError);
  EXPECT_THROW(static_cast<void>(fit_of({}, {}, {})), ShapeError);
  EXPECT_THROW(static_cast<void>(fit_of(six, six, std::span(means).first(1))), ShapeError);
}

}  // namespace
}  // namespace gradus

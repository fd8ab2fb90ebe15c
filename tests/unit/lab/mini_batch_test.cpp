// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "gradus/core/random.hpp"
#include "gradus/loss/cross_entropy_error.hpp"
#include "support.hpp"
#include "tolerances.hpp"
#include "unit/lab/result_of.hpp"

namespace gradus {
namespace {

/// The standard deviation of the share that happens in so many trials.
double deviation(double chance, double num_trials) {
  return std::sqrt(chance * (1 - chance) / num_trials);
}

TEST(LabMiniBatch, HasDuplicatesAsOftenAsCountingSays) {
  const Table table = result_of("mini-batch").tables.at(1);
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_NEAR(cell(table, 0, "chance"), 0.00075, 5e-6);  // the rounding of what others printed
  EXPECT_NEAR(cell(table, 1, "chance"), 0.0792, 5e-5);
  // All different: 60,000! / (60,000 - k)! / 60,000^k, by the logarithm of the gamma function.
  for (std::size_t row = 0; row < 2; ++row) {
    const double n = 60'000;
    const double k = cell(table, row, "batch_size");
    const double different = std::lgamma(n + 1) - std::lgamma(n - k + 1) - k * std::log(n);
    EXPECT_NEAR(cell(table, row, "chance"), 1 - std::exp(different), 1e-9);  // lgamma is near 6e5
    const double chance = cell(table, row, "chance");
    EXPECT_NEAR(cell(table, row, "drawn"), chance,
                tolerance::deviations * deviation(chance, cell(table, row, "batches_drawn")));
  }
}

TEST(LabMiniBatch, IsSureToHaveADuplicateWhenTheBatchIsAsLargeAsTheSamples) {
  const Table table = result_of("mini-batch", {"samples=50", "batch=50"}).tables.at(1);
  EXPECT_NEAR(cell(table, 1, "chance"), 1, 1e-15);
  EXPECT_EQ(cell(table, 1, "drawn"), 1);
}

TEST(LabMiniBatch, MeetsSixtyThreePercentOfTheSamplesInAnEpoch) {
  const Result result = result_of("mini-batch");
  const Table& coverage = result.tables.at(2);
  for (std::size_t row = 0; row < 3; ++row) {
    const double expected = 1 - std::exp(-1.0 - static_cast<double>(row));  // of many samples
    EXPECT_NEAR(cell(coverage, row, "expected"), expected, 1e-5);
    EXPECT_NEAR(cell(coverage, row, "replacement"), expected,
                tolerance::deviations * deviation(expected, 60'000));
    EXPECT_EQ(cell(coverage, row, "shuffle"), 1);
  }
  EXPECT_NEAR(scalar(result, "coverage_of_an_epoch"), 0.632, 5e-4);
}

TEST(LabMiniBatch, DrawsTheMaskFromItsSeedAlone) {
  const Table batch = result_of("mini-batch", {"seed=7"}).tables.at(0);
  Random random(7, Stream::sampling, 0);
  for (std::size_t i = 0; i < 10; ++i) {
    EXPECT_EQ(cell(batch, i, "sample"), random.below(60'000));
    const auto& one_hot = std::get<std::string>(batch.rows[i].at(3));
    EXPECT_EQ(one_hot.find('1') / 2, cell(batch, i, "label"));
    EXPECT_EQ(cell(batch, i, "back"), cell(batch, i, "label"));
  }
}

TEST(LabMiniBatch, HasAGradientWhoseErrorFallsLikeTheRootOfTheBatch) {
  const Table spread = result_of("mini-batch").tables.at(3);
  ASSERT_EQ(spread.rows.size(), 5U);
  for (std::size_t row = 0; row < 5; ++row) {
    const double size = std::pow(4.0, static_cast<double>(row));
    EXPECT_EQ(cell(spread, row, "batch_size"), size);
    const double expected = cell(spread, 0, "spread_expected") / std::sqrt(size);
    EXPECT_NEAR(cell(spread, row, "spread_expected"), expected, 1e-12);
    // 40 squared lengths in some ten directions: their mean is off by a tenth, its root by half.
    EXPECT_NEAR(cell(spread, row, "spread_measured") / expected, 1,
                tolerance::deviations * 0.5 * std::sqrt(2.0 / 10 / 40));
  }
}

TEST(LabMiniBatch, HasTheBatchLossOfTheTextbookInBothForms) {
  const Result result = result_of("mini-batch");
  const Table& loss = result.tables.at(4);
  const double right = cross_entropy_error(textbook::sure_and_right, textbook::t);
  const double wrong = cross_entropy_error(textbook::sure_and_wrong, textbook::t);
  EXPECT_DOUBLE_EQ(cell(loss, 0, "loss"), (right + wrong) / 2);
  EXPECT_DOUBLE_EQ(cell(loss, 1, "loss"), (right + wrong) / 2);
  EXPECT_EQ(cell(loss, 2, "loss"), right);
  EXPECT_EQ(cell(loss, 3, "loss"), wrong);
  EXPECT_DOUBLE_EQ(said(result, "mean_not_sum", "sum"), right + wrong);
}

TEST(LabMiniBatch, KnowsWhatMixedFormsOfLabelsGive) {
  const Result result = result_of("mini-batch");
  EXPECT_DOUBLE_EQ(said(result, "labels_and_one_hot_mixed", "one"), 23.7189871105069);
  EXPECT_DOUBLE_EQ(said(result, "labels_and_one_hot_mixed", "ten"), 155.76484177405652);
  EXPECT_DOUBLE_EQ(said(result, "argmax_of_soft_labels", "right"),
                   -0.8 * std::log(0.6 + 1e-7) - 0.2 * std::log(0.1 + 1e-7));
}

TEST(LabMiniBatch, SaysThatTheLastBatchOfAnEpochIsShort) {
  EXPECT_FALSE(says(result_of("mini-batch"), "last_batch_is_short"));
  const Result result = result_of("mini-batch", {"batch=128"});  // 60,000 = 468 * 128 + 96
  EXPECT_EQ(said(result, "last_batch_is_short", "rest"), 96);
  EXPECT_EQ(said(result, "last_batch_is_short", "iterations"), 469);
}

}  // namespace
}  // namespace gradus

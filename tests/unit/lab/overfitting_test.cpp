// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "unit/lab/result_of.hpp"

namespace gradus {
namespace {

TEST(LabOverfitting, LearnsFewImagesByHeart) {
  const Result result = result_of("overfitting");
  EXPECT_TRUE(says(result, "by_heart"));
  EXPECT_EQ(scalar(result, "train_accuracy"), 1);
  const double test = scalar(result, "test_accuracy");
  EXPECT_GT(scalar(result, "gap"), 10 * std::sqrt(test * (1 - test) / 500));
  EXPECT_DOUBLE_EQ(scalar(result, "gap"), 1 - test);
}

TEST(LabOverfitting, HasASmallerGapWithEachRemedy) {
  const Table remedies = result_of("overfitting").tables.at(0);
  ASSERT_EQ(remedies.rows.size(), 4U);
  for (std::size_t row = 1; row < 4; ++row) {
    EXPECT_LT(cell(remedies, row, "gap"), cell(remedies, 0, "gap")) << row;
    EXPECT_LT(cell(remedies, row, "validation_loss"), cell(remedies, 0, "validation_loss")) << row;
    EXPECT_DOUBLE_EQ(cell(remedies, row, "gap"),
                     cell(remedies, row, "train_accuracy") - cell(remedies, row, "test_accuracy"));
  }
}

TEST(LabOverfitting, IsTheSameRunAsARemedyWhenThatIsSet) {
  const Table remedies = result_of("overfitting").tables.at(0);
  const Table more = result_of("overfitting", {"images=1000"}).tables.at(0);
  const Table decay = result_of("overfitting", {"decay=0.1"}).tables.at(0);
  const Table early = result_of("overfitting", {"patience=3"}).tables.at(0);
  EXPECT_EQ(decay.rows.size(), 3U);  // it is not tried twice
  EXPECT_EQ(early.rows.size(), 3U);
  for (const char* const column : {"iterations", "train_accuracy", "test_accuracy", "train_loss"}) {
    EXPECT_EQ(cell(more, 0, column), cell(remedies, 1, column));
    EXPECT_EQ(cell(decay, 0, column), cell(remedies, 2, column));
    EXPECT_EQ(cell(early, 0, column), cell(remedies, 3, column));
  }
}

TEST(LabOverfitting, FindsWhereTheValidationLossTurns) {
  const Result result = result_of("overfitting");
  ASSERT_TRUE(says(result, "validation_turns"));
  const Series& drawn = result.figures.at(1).series.at(1);
  const auto lowest = std::min_element(drawn.y.begin(), drawn.y.end());
  EXPECT_EQ(said(result, "validation_turns", "low"), *lowest);
  EXPECT_EQ(said(result, "validation_turns", "at"),
            drawn.x[static_cast<std::size_t>(lowest - drawn.y.begin())]);
  EXPECT_GT(said(result, "validation_turns", "last"), *lowest);
}

TEST(LabOverfitting, KeepsTheBestParametersWhenItStopsEarly) {
  const Result result = result_of("overfitting", {"patience=3"});
  ASSERT_TRUE(says(result, "stopped"));
  EXPECT_NEAR(cell(result.tables.at(0), 0, "validation_loss"), said(result, "stopped", "low"),
              1e-6);
  EXPECT_EQ(said(result, "stopped", "end") - said(result, "stopped", "at"), 3 * 400 / 20);
}

TEST(LabOverfitting, SaysWhenNothingWasLearned) {
  EXPECT_TRUE(says(result_of("overfitting", {"decay=1"}), "learned_nothing"));
}

TEST(LabOverfitting, SaysWhenThereIsNoSignOfIt) {
  const Result result = result_of("overfitting", {"images=1000", "hidden=5", "iterations=40"});
  EXPECT_TRUE(says(result, "no_gap"));
  EXPECT_TRUE(says(result, "validation_falls"));
  EXPECT_TRUE(
      says(result_of("overfitting", {"images=1000", "iterations=40"}), "remedies_change_little"));
}

}  // namespace
}  // namespace gradus

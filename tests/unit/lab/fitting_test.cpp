// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "unit/lab/result_of.hpp"

namespace gradus {
namespace {

/// With nothing set, computed once.
const Result& usual_fit() {
  static const Result result = result_of("fitting");
  return result;
}

const Table& table_of(const Result& result, std::string_view id) {
  for (const Table& table : result.tables) {
    if (table.id == id) {
      return table;
    }
  }
  throw std::out_of_range("no such table");
}

TEST(LabFitting, UnderfitsWithFewUnitsAndOverfitsWithMany) {
  const Result& result = usual_fit();
  const Table& table = table_of(result, "by_units");
  ASSERT_EQ(table.rows.size(), 5U);
  EXPECT_TRUE(says(result, "underfits"));
  EXPECT_TRUE(says(result, "overfits"));
  EXPECT_TRUE(says(result, "noise_learned"));
  for (std::size_t row = 1; row < 5; ++row) {
    EXPECT_LT(cell(table, row, "train_error"), cell(table, row - 1, "train_error"));
  }
  EXPECT_GT(cell(table, 0, "test_error"), cell(table, 2, "test_error"));
  EXPECT_GT(cell(table, 4, "test_error"), cell(table, 2, "test_error"));
  EXPECT_LT(cell(table, 4, "train_error"), 0.4);  // the noise
  EXPECT_GT(cell(table, 2, "test_error"), 0.4);   // and below it no answer can come
}

TEST(LabFitting, ClaimsNoOverfittingWhereNoneIsSeen) {
  const Result without_noise = result_of("fitting", {"noise=0"});
  EXPECT_FALSE(says(without_noise, "overfits"));
  EXPECT_FALSE(says(without_noise, "noise_learned"));
  const Result straight = result_of("fitting", {"units=0,1"});
  EXPECT_TRUE(says(straight, "most_is_best"));
  EXPECT_FALSE(says(straight, "overfits"));
}

TEST(LabFitting, HasTheErrorOfAStraightLineForNoHiddenUnits) {
  // The mean square of sin(pi x) over [-1, 1] is 1/2; its best line takes (mean of x sin)^2 / (mean
  // of x^2) = (1 / pi)^2 / (1/3) away. The noise comes on top.
  const double pi = std::acos(-1);
  const double left = 0.5 - 3 / (pi * pi);
  const double expected = std::sqrt(left + 0.4 * 0.4);
  const Result result = result_of("fitting", {"points=200", "units=0,1", "iterations=500"});
  const Table& table = table_of(result, "by_units");
  EXPECT_NEAR(cell(table, 0, "test_error"), expected, 0.02);
}

TEST(LabFitting, HasTheGradientOfHalfTheSumOfSquares) {
  const Result& result = usual_fit();
  const Table& table = table_of(result, "gradient");
  ASSERT_EQ(table.rows.size(), 4U);
  for (std::size_t row = 0; row < 4; ++row) {
    EXPECT_DOUBLE_EQ(cell(table, row, "difference"),
                     cell(table, row, "answer") - cell(table, row, "truth"));
    EXPECT_NEAR(cell(table, row, "numerical"), cell(table, row, "difference"), 1e-9);
  }
  EXPECT_LT(said(result, "gradient_is_the_difference", "largest"), 1e-9);
}

TEST(LabFitting, WalksTheSameWayByBothFormsWhenTheRatesFit) {
  const Result& result = usual_fit();
  const Table& table = table_of(result, "forms");
  ASSERT_EQ(table.rows.size(), 3U);
  const double factor = 40 / 2.0;
  EXPECT_NEAR(cell(table, 1, "first_length") / cell(table, 0, "first_length"), factor, 1e-9);
  EXPECT_NEAR(said(result, "same_minimum", "ratio"), factor, 1e-9);
  EXPECT_DOUBLE_EQ(cell(table, 2, "rate") * factor, cell(table, 0, "rate"));
  const std::vector<Series>& ways = result.figures.at(2).series;
  ASSERT_EQ(ways.at(0).y.size(), ways.at(2).y.size());
  for (std::size_t step = 0; step < ways[0].y.size(); ++step) {
    EXPECT_NEAR(ways[0].y[step], ways[2].y[step], 1e-9);
  }
  EXPECT_TRUE(says(result, "same_rate_is_too_large"));
  EXPECT_GT(cell(table, 1, "last_error"), 1e5 * ways[1].y.front());
  EXPECT_TRUE(says(result_of("fitting", {"lr=0.01", "iterations=1"}), "same_rate_still_falls"));
}

TEST(LabFitting, GetsStuckBySquaresWhereTheNetIsSureAndWrong) {
  const Result& result = usual_fit();
  const Table& table = table_of(result, "classes");
  ASSERT_EQ(table.rows.size(), 4U);
  EXPECT_EQ(cell(table, 0, "runs_there"), 5);
  EXPECT_EQ(cell(table, 1, "runs_there"), 5);
  EXPECT_GT(cell(table, 2, "runs_there"), cell(table, 3, "runs_there"));
  EXPECT_TRUE(says(result, "squares_are_stuck"));
}

TEST(LabFitting, DrawsHowHardEachLossPulls) {
  const Figure figure = usual_fit().figures.at(3);
  for (std::size_t i = 0; i < figure.series.at(0).x.size(); ++i) {
    const double p = figure.series[0].x[i];
    EXPECT_NEAR(figure.series[0].y[i], 1 - p, 1e-12);
    // The mean square is (1 - p)^2, and dp/dscore is p (1 - p).
    EXPECT_NEAR(figure.series.at(1).y[i], 2 * p * (1 - p) * (1 - p), 1e-12);
  }
}

}  // namespace
}  // namespace gradus

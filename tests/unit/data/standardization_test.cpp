// SPDX-License-Identifier: MIT
#include "gradus/data/standardization.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "gradus/core/numbers_below.hpp"
#include "support.hpp"

namespace gradus {
namespace {

MatrixView<const float> table_of(const std::vector<float>& numbers, std::size_t num_columns) {
  return {numbers.data(), numbers.size() / num_columns, num_columns};
}

TEST(Standardization, BringsColumnsToMeanZeroAndMeanSquareOneAndBack) {
  std::vector<float> numbers = random_numbers<float>(300, 1);
  for (std::size_t i = 0; i < numbers.size(); i += 3) {
    numbers[i] = 1000 + 20 * numbers[i];
    numbers[i + 1] = 1e-6F * numbers[i + 1];
  }
  const auto table = table_of(numbers, 3);
  const auto rows = numbers_below<std::uint32_t>(100);
  const Standardization columns = standardization_of(table, rows);
  ASSERT_EQ(columns.num_columns(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    double sum = 0;
    double squares = 0;
    for (const std::uint32_t row : rows) {
      const double x = columns.apply(double{table(row, i)}, i);
      sum += x;
      squares += x * x;
      EXPECT_NEAR(columns.undo(x, i), double{table(row, i)}, 1e-12);
    }
    EXPECT_NEAR(sum / 100, 0, 1e-12);
    EXPECT_NEAR(squares / 100, 1, 1e-12);
  }
}

TEST(Standardization, LooksAtNoOtherRows) {
  const std::vector<float> numbers{1, 900, 3, -900};
  const std::vector<std::uint32_t> rows{0, 2};
  const Standardization columns = standardization_of(table_of(numbers, 1), rows);
  EXPECT_EQ(columns.means[0], 2);
  EXPECT_EQ(columns.deviations[0], 1);  // of 1 and 3
}

TEST(Standardization, OfAColumnThatNeverChangesIsZeroEverywhere) {
  const std::vector<float> numbers(1000, 0.1F);  // a thousand times 0.1F is not 100
  const auto rows = numbers_below<std::uint32_t>(1000);
  const Standardization columns = standardization_of(table_of(numbers, 1), rows);
  EXPECT_EQ(columns.deviations[0], 1);
  EXPECT_EQ(columns.apply(double{0.1F}, 0), 0);
}

TEST(Standardization, OfBytesIsThatOfTheSameNumbers) {
  const std::vector<std::uint8_t> bytes{0, 255, 3, 7, 9, 200};
  const std::vector<float> numbers(bytes.begin(), bytes.end());
  const auto rows = numbers_below<std::uint32_t>(3);
  const auto of_bytes =
      standardization_of(MatrixView<const std::uint8_t>(bytes.data(), 3, 2), rows);
  const auto of_numbers = standardization_of(table_of(numbers, 2), rows);
  EXPECT_EQ(of_bytes.means, of_numbers.means);
  EXPECT_EQ(of_bytes.deviations, of_numbers.deviations);
}

TEST(NeedsStandardizing, WhenAColumnIsMoreThanTenTimesTheDeviationOfAnother) {
  const auto needs = [](const std::vector<float>& numbers, std::size_t num_columns) {
    return needs_standardizing(table_of(numbers, num_columns),
                               numbers_below<std::uint32_t>(numbers.size() / num_columns));
  };
  EXPECT_FALSE(needs({1, 10, -1, -10}, 2));  // 10 and 1
  EXPECT_TRUE(needs({1, 10.01F, -1, -10.01F}, 2));
  EXPECT_TRUE(needs({11, 9}, 1)) << "far from 0 beside its own deviation";
  EXPECT_TRUE(needs({11, -11}, 1)) << "large beside the 1 of the bias";
  EXPECT_FALSE(needs({7, 7}, 1)) << "nothing varies";
  EXPECT_TRUE(needs({50, 1, 50, -1}, 2)) << "one that never changes is far from 0 too";
  EXPECT_FALSE(needs({0.001F, 1, 0.001F, -1}, 2)) << "one that never changes has no deviation";
}

/// The largest and smallest eigenvalue of a symmetric 2 x 2 matrix.
double condition_of(double a, double b, double c) {
  const double middle = (a + c) / 2;
  const double radius = std::hypot((a - c) / 2, b);
  return (middle + radius) / (middle - radius);
}

// The reason for the limit, computed from the eigenvalues instead of two directions.
TEST(NeedsStandardizing, MeansAConditionNumberAbove100) {
  for (const float mean : {0.0F, 1.0F, 3.0F, 12.0F, 100.0F}) {
    for (const float deviation : {0.01F, 0.3F, 1.0F, 20.0F}) {
      const std::vector<float> numbers{mean - deviation, mean + deviation};
      if (needs_standardizing(table_of(numbers, 1), numbers_below<std::uint32_t>(2))) {
        const double square = double{mean} * mean + double{deviation} * deviation;
        EXPECT_GT(condition_of(square, mean, 1), 100) << mean << " " << deviation;
      }
    }
  }
}

}  // namespace
}  // namespace gradus

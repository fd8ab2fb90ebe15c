// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include "gradus/math/softmax.hpp"
#include "unit/lab/result_of.hpp"

namespace gradus {
namespace {

TEST(LabSoftmaxSigmoid, HasTheProbabilitiesOfTheTextbooksScores) {
  const Table table = result_of("softmax-sigmoid").tables.at(0);
  const std::vector<double> scores{cell(table, 0, "score"), cell(table, 1, "score"),
                                   cell(table, 2, "score")};
  std::vector<double> p(3);
  softmax_into<double>(scores, p);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(cell(table, i, "softmax"), p[i]);
  }
  EXPECT_NEAR(p[0], .36541271113, 1e-11);  // so the scores are the textbook's
}

TEST(LabSoftmaxSigmoid, DoesNotNoticeAShiftOfAllScores) {
  for (const char* shift : {"shift=100", "shift=1000", "shift=-1000"}) {
    const Table table = result_of("softmax-sigmoid", {shift}).tables.at(0);
    for (std::size_t i = 0; i < 3; ++i) {
      // Scores near 1000 are rounded by 1e-13.
      EXPECT_NEAR(cell(table, i, "stable_shifted"), cell(table, i, "softmax"), 1e-13) << shift;
    }
  }
}

TEST(LabSoftmaxSigmoid, ShowsWhereTheNaiveFormulaFails) {
  const Result high = result_of("softmax-sigmoid", {"shift=1000"});
  EXPECT_TRUE(std::isnan(cell(high.tables.at(0), 0, "naive_shifted")));
  EXPECT_TRUE(says(high, "naive_overflows"));
  const Result low = result_of("softmax-sigmoid", {"shift=-1000"});
  EXPECT_TRUE(std::isnan(cell(low.tables.at(0), 0, "naive_shifted")));
  EXPECT_TRUE(says(low, "naive_underflows"));
  EXPECT_TRUE(says(result_of("softmax-sigmoid"), "naive_does"));
}

TEST(LabSoftmaxSigmoid, KnowsASigmoidThatDoesNotOverflow) {
  const Table table = result_of("softmax-sigmoid").tables.at(2);
  constexpr double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(cell(table, 0, "x"), -1000);
  EXPECT_EQ(cell(table, 0, "exp_of_minus_x"), infinity);
  EXPECT_EQ(cell(table, 0, "stable"), 0);
  EXPECT_EQ(cell(table, 1, "x"), -710);
  EXPECT_EQ(cell(table, 1, "naive"), 0);
  EXPECT_DOUBLE_EQ(cell(table, 1, "stable"), std::exp(-710.0));
  EXPECT_EQ(cell(table, 6, "x"), 1000);
  EXPECT_TRUE(std::isnan(cell(table, 6, "other_way")));
  EXPECT_EQ(cell(table, 6, "stable"), 1);
}

TEST(LabSoftmaxSigmoid, HasSlopesThatAgreeWithDifferences) {
  const Result result = result_of("softmax-sigmoid");
  EXPECT_EQ(scalar(result, "sigmoid"), 0.5);
  EXPECT_EQ(scalar(result, "slope"), 0.25);
  // h^2 / 6 times the third derivative of the sigmoid, at most 1/8; of a softmax, below 1.
  EXPECT_NEAR(scalar(result, "numerical_slope"), 0.25, 3e-10);
  const Table& slopes = result.tables.at(1);
  double sum = 0;
  for (std::size_t j = 0; j < 3; ++j) {
    EXPECT_LT(cell(slopes, j, "error"), 2e-9);
    sum += cell(slopes, j, "formula");
  }
  EXPECT_NEAR(sum, 0, 1e-16);
  const double p = cell(result.tables.at(0), 2, "softmax");
  EXPECT_DOUBLE_EQ(cell(slopes, 2, "formula"), p * (1 - p));
}

TEST(LabSoftmaxSigmoid, TellsASteepPlaceFromALevelOne) {
  EXPECT_TRUE(says(result_of("softmax-sigmoid"), "steepest_here"));
  EXPECT_TRUE(says(result_of("softmax-sigmoid", {"x=2"}), "slope_here"));
  EXPECT_TRUE(says(result_of("softmax-sigmoid", {"x=1000"}), "saturated_here"));
}

}  // namespace
}  // namespace gradus

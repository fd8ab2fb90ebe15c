// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "unit/lab/result_of.hpp"

namespace gradus {
namespace {

TEST(LabWhyNotAccuracy, HasAStaircaseOfAccuraciesOverASmoothLoss) {
  for (const double samples : {10.0, 100.0, 1000.0}) {
    const Result result =
        result_of("why-not-accuracy", {"samples=" + std::to_string(static_cast<int>(samples))});
    const Series& stairs = result.figures.at(1).series.at(0);
    std::size_t num_level = 0;
    for (std::size_t i = 0; i < stairs.y.size(); ++i) {
      const double right = stairs.y[i] * samples;
      EXPECT_NEAR(right, std::round(right), 1e-9);
      if (i > 0) {  // level or upright, never aslant
        EXPECT_TRUE(stairs.x[i] == stairs.x[i - 1] || stairs.y[i] == stairs.y[i - 1]);
        num_level += stairs.y[i] == stairs.y[i - 1] ? 1U : 0U;
      }
    }
    EXPECT_GE(num_level, 400U);
    const Series& loss = result.figures.at(0).series.at(0);
    ASSERT_EQ(loss.y.size(), 401U);
    for (std::size_t i = 1; i + 1 < loss.y.size(); ++i) {  // it bends little between neighbours
      EXPECT_NEAR(loss.y[i], (loss.y[i - 1] + loss.y[i + 1]) / 2, 1e-3);
      EXPECT_NE(loss.y[i], loss.y[i - 1]);
    }
  }
}

TEST(LabWhyNotAccuracy, FindsNoSlopeInTheAccuracyButOneInTheLoss) {
  const Result result = result_of("why-not-accuracy");
  EXPECT_EQ(scalar(result, "slope_of_accuracy"), 0);
  EXPECT_EQ(scalar(result, "correct"), 31);
  EXPECT_TRUE(says(result, "no_slope"));
  EXPECT_TRUE(says(result_of("why-not-accuracy", {"h=1"}), "jump_nearby"));
  const Table& quotients = result.tables.at(0);
  ASSERT_EQ(cell(quotients, 4, "step"), 1e-4);
  // Backpropagation and the central difference: h^2 / 6 times a third derivative.
  EXPECT_NEAR(cell(quotients, 4, "loss_quotient"), scalar(result, "slope_of_loss"), 2e-9);
  EXPECT_EQ(cell(quotients, 4, "accuracy_quotient"), 0);
}

TEST(LabWhyNotAccuracy, CountsTheAnswersThatAJumpChanges) {
  const Table quotients = result_of("why-not-accuracy", {"samples=1000"}).tables.at(0);
  for (std::size_t i = 0; i < quotients.rows.size(); ++i) {
    EXPECT_DOUBLE_EQ(cell(quotients, i, "accuracy_quotient") * 2 * cell(quotients, i, "step"),
                     cell(quotients, i, "samples_changed") / 1000);
  }
}

TEST(LabWhyNotAccuracy, GivesTheFirstLayerNothingThroughAStepFunction) {
  const Table norms = result_of("why-not-accuracy").tables.at(1);
  EXPECT_GT(cell(norms, 0, "W1"), 0);
  EXPECT_GT(cell(norms, 0, "b1"), 0);
  EXPECT_EQ(cell(norms, 1, "W1"), 0);
  EXPECT_EQ(cell(norms, 1, "b1"), 0);
  EXPECT_GT(cell(norms, 1, "W2"), 0);
}

}  // namespace
}  // namespace gradus

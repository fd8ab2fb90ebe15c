// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "unit/lab/result_of.hpp"

namespace gradus {
namespace {

// The expected numbers are given to ten or eleven digits.
constexpr double last_digit = 1e-10;

TEST(LabSimpleNet, PredictsAndLosesAsTheTextbooksNet) {
  const Result result = result_of("simple-net");
  const Table& answer = result.tables.at(0);
  constexpr std::array scores{1.054148091, .630716529, 1.132807401};
  constexpr std::array p{.36541271113, .23927077687, .39531651200};
  constexpr std::array losses{1.0067275750851048, 1.430158992811785, 0.9280682857864075};
  for (std::size_t k = 0; k < 3; ++k) {
    EXPECT_NEAR(cell(answer, k, "score"), scores.at(k), last_digit);
    EXPECT_NEAR(cell(answer, k, "p"), p.at(k), last_digit);
    EXPECT_NEAR(cell(answer, k, "loss_if"), losses.at(k), 1e-15);
  }
  EXPECT_EQ(scalar(result, "predicted"), 2);
  EXPECT_NEAR(scalar(result, "loss"), losses[2], 1e-15);
}

TEST(LabSimpleNet, HasTheGradientOfTheTextbookByBothWays) {
  const Table slopes = result_of("simple-net").tables.at(1);
  constexpr std::array numerical{.2192475712, .1435624298, -.3628100010,
                                 .3288713569, .2153436448, -.5442150015};
  constexpr std::array by_hand{.21924762668, .14356246612, -.36281009280,
                               .32887144002, .21534369918, -.54421513920};
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_NEAR(cell(slopes, i, "numerical"), numerical.at(i), last_digit);
    EXPECT_NEAR(cell(slopes, i, "by_hand"), by_hand.at(i), last_digit / 10);
  }
  for (std::size_t k = 0; k < 3; ++k) {
    EXPECT_NEAR(cell(slopes, 3 + k, "by_hand"), 1.5 * cell(slopes, k, "by_hand"), 1e-15);
  }
}

TEST(LabSimpleNet, StepsAgainstTheGradient) {
  const Result result = result_of("simple-net");
  EXPECT_NEAR(cell(result.tables.at(1), 0, "after"), 0.47355232 - 0.1 * .2192475712, 1e-11);
  // To first order the loss falls by the learning rate times the squared length of the gradient.
  double squares = 0;
  for (std::size_t i = 0; i < 6; ++i) {
    squares += std::pow(cell(result.tables.at(1), i, "numerical"), 2);
  }
  const double fall = scalar(result, "loss") - scalar(result, "next_loss");
  EXPECT_NEAR(fall, 0.1 * squares, 0.03 * fall);  // and to second, less
  EXPECT_TRUE(says(result, "step_lowers"));
}

TEST(LabSimpleNet, LosesLessWithOneSampleHoweverLongTheStep) {
  for (const char* rate : {"lr=1", "lr=100", "lr=1000"}) {
    const Result result = result_of("simple-net", {rate, "t=1"});
    EXPECT_LT(scalar(result, "next_loss"), scalar(result, "loss")) << rate;
  }
}

TEST(LabSimpleNet, SaysWhenTheDeltaHidesTheWay) {
  const Result result = result_of("simple-net", {"W=20,-20,0,0,0,0", "t=1"});
  EXPECT_TRUE(says(result, "delta_hides_the_way"));  // p = exp(-24), the loss is -ln 1e-7
  EXPECT_NEAR(scalar(result, "loss"), 16.118, 0.001);
  EXPECT_NEAR(cell(result.tables.at(1), 1, "by_hand"), -0.6, 1e-10);
  EXPECT_LT(std::abs(cell(result.tables.at(1), 1, "numerical")), 1e-3);
}

TEST(LabSimpleNet, SaysWhatEachSignMeans) {
  EXPECT_TRUE(says(result_of("simple-net"), "raising_w11_raises"));
  EXPECT_TRUE(says(result_of("simple-net"), "largest_is_raised"));
  EXPECT_TRUE(says(result_of("simple-net"), "rows_are_alike"));
  EXPECT_TRUE(says(result_of("simple-net", {"t=0"}), "raising_w11_lowers"));
  EXPECT_TRUE(says(result_of("simple-net", {"t=0"}), "predicted_wrong"));
  EXPECT_TRUE(says(result_of("simple-net", {"x=0,1"}), "silent_input"));
  EXPECT_TRUE(says(result_of("simple-net", {"x=0,0"}), "step_does_nothing"));
}

}  // namespace
}  // namespace gradus

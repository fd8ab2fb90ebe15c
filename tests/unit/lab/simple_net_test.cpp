// SPDX-License-Identifier: MIT
#include "gradus/nn/simple_net.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "gradus/math/softmax.hpp"
#include "unit/lab/result_of.hpp"

namespace gradus {
namespace {

// The textbook's net and question; tests/unit/nn compares its numbers with the printed ones.
constexpr std::array x{0.6, 0.9};
constexpr std::array right{0.0, 0.0, 1.0};

SimpleNet textbook_net() {
  return SimpleNet(Array<double>(
      Shape{2, 3}, {0.47355232, 0.9977393, 0.84668094, 0.85557411, 0.03563661, 0.69422093}));
}

TEST(LabSimpleNet, PredictsAndLosesAsTheTextbooksNet) {
  const std::vector<double> scores = textbook_net().predict(x);
  std::vector<double> p(3);
  softmax_into<double>(scores, p);
  for (std::size_t k = 0; k < 3; ++k) {
    const Result result = result_of("simple-net", {"t=" + std::to_string(k)});
    std::array<double, 3> t{};
    t.at(k) = 1;
    EXPECT_EQ(scalar(result, "loss"), textbook_net().loss(x, t));
    EXPECT_EQ(scalar(result, "predicted"), 2);
    const Table& answer = result.tables.at(0);
    EXPECT_EQ(cell(answer, k, "score"), scores[k]);
    EXPECT_EQ(cell(answer, k, "p"), p[k]);
    EXPECT_EQ(cell(answer, k, "loss_if"), textbook_net().loss(x, t));
  }
}

TEST(LabSimpleNet, HasTheGradientByDifferencesAndByHand) {
  const Table slopes = result_of("simple-net").tables.at(1);
  const Array<double> numerical = textbook_net().numerical_gradient(x, right);
  // Given to eleven digits. By hand is p - t: that is this experiment's own, the net knows the
  // delta.
  constexpr std::array by_hand{.21924762668, .14356246612, -.36281009280,
                               .32887144002, .21534369918, -.54421513920};
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_EQ(cell(slopes, i, "numerical"), numerical.elements()[i]);
    EXPECT_NEAR(cell(slopes, i, "by_hand"), by_hand.at(i), 1e-11);
  }
  for (std::size_t k = 0; k < 3; ++k) {
    EXPECT_NEAR(cell(slopes, 3 + k, "by_hand"), 1.5 * cell(slopes, k, "by_hand"), 1e-15);
  }
}

TEST(LabSimpleNet, StepsAgainstTheGradient) {
  const Result result = result_of("simple-net");
  EXPECT_EQ(cell(result.tables.at(1), 0, "after"),
            0.47355232 - 0.1 * cell(result.tables.at(1), 0, "numerical"));
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

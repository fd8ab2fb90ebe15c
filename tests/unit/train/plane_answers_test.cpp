// SPDX-License-Identifier: MIT
#include "gradus/train/plane_answers.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace gradus {
namespace {

/// Without a hidden layer: class 1 where 2 x - y + 3 > 0, in the units of standardized columns.
Model<double> linear_classes() {
  return {.network = {.layer_sizes = {2, 2}},
          .scaling = InputScaling(Standardization{{10, -4}, {2, 0.5}}),
          .sample_shape = Shape{2},
          .parameters = {0, 2, 0, -1, 0, 3}};
}

/// y = 100 + 5 * (3 * (x - 10) / 2 + 1), as targets of mean 100 and deviation 5 are put back.
Model<double> linear_numbers() {
  return {.network = {.layer_sizes = {1, 2}},
          .loss = "mean_squared_error",
          .scaling = InputScaling(Standardization{{10}, {2}}),
          .sample_shape = Shape{1},
          .parameters = {7, 3, 0, 1},
          .targets = {{0, 100}, {1, 5}},
          .target_names = {"a", "b"}};
}

TEST(PlaneAnswers, OfALinearNetHaveALineBetweenThem) {
  std::vector<double> x;
  std::vector<double> y;
  for (int i = 0; i < 50; ++i) {
    x.push_back(2 + 0.25 * i);
    y.push_back(-6 + 0.0625 * i);
  }
  const std::vector<Label> classes = classes_over_grid(linear_classes(), x, y);
  ASSERT_EQ(classes.size(), 2500U);
  std::size_t num_of_one = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    for (std::size_t j = 0; j < y.size(); ++j) {
      const double side = 2 * (x[i] - 10) / 2 - (y[j] + 4) / 0.5 + 3;
      EXPECT_EQ(classes[i * y.size() + j], side > 0 ? 1U : 0U) << x[i] << " " << y[j];
      num_of_one += classes[i * y.size() + j];
    }
  }
  EXPECT_GT(num_of_one, 500U);
  EXPECT_LT(num_of_one, 2000U);
}

TEST(PlaneAnswers, AlongALineAreInTheUnitsOfTheTarget) {
  const std::vector<double> x{-3, 0, 10, 11.5};
  const std::vector<double> answers = answers_along(linear_numbers(), x, 1);
  ASSERT_EQ(answers.size(), 4U);
  for (std::size_t i = 0; i < x.size(); ++i) {
    EXPECT_DOUBLE_EQ(answers[i], 100 + 5 * (3 * (x[i] - 10) / 2 + 1));
  }
}

TEST(PlaneAnswers, AreOfOneOrTwoNumbers) {
  EXPECT_TRUE(has_regions(linear_classes()));
  EXPECT_FALSE(has_curves(linear_classes()));
  EXPECT_TRUE(has_curves(linear_numbers()));
  EXPECT_FALSE(has_regions(linear_numbers()));
  Model<double> wide = linear_classes();
  wide.network.layer_sizes = {3, 2};
  EXPECT_FALSE(has_regions(wide));
  wide.targets = {{0}, {1}};
  EXPECT_FALSE(has_curves(wide));
}

TEST(PlaneAnswers, AreNotOfAWord) {
  Model<double> model = linear_classes();
  model.layout.features = {{.name = "colour", .place = 0, .words = {"blue", "red"}, .fill = {}}};
  EXPECT_FALSE(has_regions(model));
}

}  // namespace
}  // namespace gradus

// SPDX-License-Identifier: MIT
// What holds for every trainable loss is in tests/property/loss_test.cpp.
#include "gradus/loss/mean_squared_error.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "support.hpp"
#include "tolerances.hpp"
#include "unit/formats/thrown.hpp"

namespace gradus {
namespace {

double value(const std::vector<double>& scores, Label label) {
  return SoftmaxMeanSquaredError<double>().value({scores.data(), 1, scores.size()},
                                                 std::vector<Label>{label});
}

// The textbook divides none of these by ten, although it calls them means.
TEST(MeanSquaredError, IsTheTextbooksSumOfSquaresAsATrueMean) {
  EXPECT_NEAR(mean_squared_error(textbook::sure_and_right, textbook::t), 0.0195,
              tolerance::decimal_sum);
  EXPECT_NEAR(mean_squared_error(textbook::guess_of_four, textbook::t), 0.14025,
              tolerance::decimal_sum);
  EXPECT_NEAR(mean_squared_error(textbook::sure_and_wrong, textbook::t), 0.1195,
              tolerance::decimal_sum);
}

TEST(MeanSquaredError, DividesByTheNumberOfNumbers) {
  EXPECT_EQ(mean_squared_error(std::vector<double>{3, 0, 0, 0}, std::vector<double>{0, 0, 4, 0}),
            6.25);
}

TEST(MeanSquaredError, OfWhatIsRightIsZero) {
  EXPECT_EQ(mean_squared_error(textbook::t, textbook::t), 0.0);
}

TEST(MeanSquaredError, DifferentLengthsAreRefused) {
  EXPECT_EQ(thrown<ShapeError>(
                [] { static_cast<void>(mean_squared_error(textbook::t, std::vector<double>(9))); }),
            "mean_squared_error: y has 10 numbers, t has 9, expected the same number of at least "
            "one");
}

TEST(MeanSquaredError, NothingHasNoMean) {
  EXPECT_EQ(thrown<ShapeError>([] {
              static_cast<void>(mean_squared_error(std::vector<double>{}, std::vector<double>{}));
            }),
            "mean_squared_error: y has 0 numbers, t has 0, expected the same number of at least "
            "one");
}

// Four classes at 1/4: three are off by 1/4, one by 3/4; (3/16 + 9/16) / 4.
TEST(SoftmaxMeanSquaredError, OfAUniformGuessIsThatOfItsProbabilities) {
  EXPECT_EQ(value({7, 7, 7, 7}, 1), 0.1875);
}

TEST(SoftmaxMeanSquaredError, OfASureAndRightGuessIsZero) {
  EXPECT_EQ(value({-1e4, 1e4, -1e4, -1e4}, 1), 0.0);
}

TEST(SoftmaxMeanSquaredError, OfASureAndWrongGuessIsTwoOverTheNumberOfClasses) {
  EXPECT_EQ(value({-1e4, 1e4, -1e4, -1e4}, 2), 0.5);
}

TEST(SoftmaxMeanSquaredError, IsTheMeanSquaredErrorOfItsProbabilities) {
  const std::vector<double> scores = random_numbers<double>(10, 1);
  double sum = 0;
  for (const double score : scores) {
    sum += std::exp(score);
  }
  std::vector<double> probabilities;
  for (const double score : scores) {
    probabilities.push_back(std::exp(score) / sum);
  }
  EXPECT_NEAR(value(scores, 2), mean_squared_error(probabilities, textbook::t),
              tolerance::decimal_sum);
}

// What makes it learn slowly: cross entropy has a gradient of 1 there.
TEST(SoftmaxMeanSquaredError, IsFlatWhereAGuessIsSureAndWrong) {
  const std::vector<double> scores{-50, 50, -50, -50};
  std::vector<double> d_scores(4);
  SoftmaxMeanSquaredError<double>().value_and_gradient({scores.data(), 1, 4}, std::vector<Label>{2},
                                                       {d_scores.data(), 1, 4});
  for (const double d : d_scores) {
    EXPECT_NEAR(d, 0.0, tolerance::decimal_sum);
  }
}

}  // namespace
}  // namespace gradus

// SPDX-License-Identifier: MIT
#include "gradus/loss/sum_squares_error.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "support.hpp"
#include "unit/formats/thrown.hpp"

namespace gradus {
namespace {

TEST(SumSquaresError, IsTheTextbooksForASureAndRightGuess) {
  EXPECT_NEAR(sum_squares_error(textbook::sure_and_right, textbook::t), 0.09750000000000003,
              textbook::tolerance_of(0.09750000000000003));
}

TEST(SumSquaresError, IsTheTextbooksForAGuessOfClassFour) {
  EXPECT_NEAR(sum_squares_error(textbook::guess_of_four, textbook::t), 0.7012499999999999,
              textbook::tolerance_of(0.7012499999999999));
}

TEST(SumSquaresError, IsTheTextbooksForASureAndWrongGuess) {
  EXPECT_NEAR(sum_squares_error(textbook::sure_and_wrong, textbook::t), 0.5975,
              textbook::tolerance_of(0.5975));
}

TEST(SumSquaresError, IsHalfTheSumNotTheMean) {
  EXPECT_EQ(sum_squares_error(std::vector<double>{3, 0, 0, 0}, std::vector<double>{0, 0, 4, 0}),
            12.5);
}

TEST(SumSquaresError, OfWhatIsRightIsZero) {
  EXPECT_EQ(sum_squares_error(textbook::t, textbook::t), 0.0);
}

TEST(SumSquaresError, OfNothingIsZero) {
  EXPECT_EQ(sum_squares_error(std::vector<double>{}, std::vector<double>{}), 0.0);
}

TEST(SumSquaresError, DifferentLengthsAreRefused) {
  EXPECT_EQ(thrown<ShapeError>(
                [] { static_cast<void>(sum_squares_error(textbook::t, std::vector<double>(9))); }),
            "sum_squares_error: y has 10 numbers, t has 9");
}

}  // namespace
}  // namespace gradus

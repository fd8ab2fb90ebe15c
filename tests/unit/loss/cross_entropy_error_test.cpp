// SPDX-License-Identifier: MIT
#include "gradus/loss/cross_entropy_error.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "gradus/math/softmax.hpp"
#include "support.hpp"
#include "unit/formats/thrown.hpp"

namespace gradus {
namespace {

using Labels = std::vector<Label>;

/// Vectors of the same length as the rows of a matrix.
Array<double> rows(const std::vector<std::vector<double>>& vectors) {
  std::vector<double> elements;
  for (const std::vector<double>& vector : vectors) {
    elements.insert(elements.end(), vector.begin(), vector.end());
  }
  return {Shape{vectors.size(), vectors.at(0).size()}, elements};
}

/// `count` times the textbook's sure and right guess.
Array<double> guesses(std::size_t count) {
  return rows(std::vector<std::vector<double>>(count, textbook::sure_and_right));
}

double error(const Array<double>& y, const Array<double>& t) {
  return cross_entropy_error(y.matrix(), t.matrix());
}
double error(const Array<double>& y, const Labels& labels) {
  return cross_entropy_error(y.matrix(), labels);
}

TEST(CrossEntropyError, IsTheTextbooksForASureAndRightGuess) {
  EXPECT_NEAR(cross_entropy_error(textbook::sure_and_right, textbook::t), 0.510825457099338,
              textbook::tolerance_of(0.510825457099338));
}

TEST(CrossEntropyError, IsTheTextbooksForASureAndWrongGuess) {
  EXPECT_NEAR(cross_entropy_error(textbook::sure_and_wrong, textbook::t), 2.302584092994546,
              textbook::tolerance_of(2.302584092994546));
}

TEST(CrossEntropyError, IsTheTextbooksForNumbersThatAreNoProbabilities) {
  EXPECT_NEAR(cross_entropy_error(textbook::guess_of_five, textbook::t), 1.2039724709926583,
              textbook::tolerance_of(1.2039724709926583));
}

TEST(CrossEntropyError, IsNearMinusTheLogarithmOfTheRightProbability) {
  const double share = cross_entropy_delta / 0.1;  // by which the delta changes the smaller one
  EXPECT_NEAR(cross_entropy_error(textbook::sure_and_right, Label{2}), 0.5108256237659907, share);
  EXPECT_NEAR(cross_entropy_error(textbook::sure_and_wrong, Label{2}), 2.3025850929940455, share);
}

TEST(CrossEntropyError, FromAClassIsTheOneFromOneHot) {
  EXPECT_EQ(cross_entropy_error(textbook::sure_and_right, Label{2}),
            cross_entropy_error(textbook::sure_and_right, textbook::t));
}

TEST(CrossEntropyError, OfAPerfectGuessIsMinusTheDelta) {
  EXPECT_NEAR(cross_entropy_error(textbook::t, textbook::t), -9.999999505838704e-08,
              textbook::tolerance_of(9.999999505838704e-08));
}

TEST(CrossEntropyError, OfTheProbabilityZeroIsFinite) {
  EXPECT_NEAR(cross_entropy_error(textbook::t, Label{0}), 16.11809565095832,
              textbook::tolerance_of(16.11809565095832));
}

// Zero times an infinite logarithm would be NaN.
TEST(CrossEntropyError, AClassThatCannotBeRightDoesNotCount) {
  EXPECT_TRUE(std::isfinite(cross_entropy_error(textbook::sure_and_right, textbook::t)));
  EXPECT_EQ(cross_entropy_error(std::vector<double>{0, 0.5}, std::vector<double>{0, 1}),
            -std::log(0.5 + cross_entropy_delta));
}

TEST(CrossEntropyError, OfADistributionIsItsEntropyWhereTheGuessIsThatDistribution) {
  const std::vector<double> p{0.2, 0.5, 0.3};
  double entropy = 0;
  for (const double share : p) {
    entropy -= share * std::log(share);
  }
  const double effect_of_delta = static_cast<double>(p.size()) * cross_entropy_delta;
  EXPECT_NEAR(cross_entropy_error(p, p), entropy, effect_of_delta);
}

TEST(CrossEntropyError, OfADistributionIsLargerForEveryOtherGuess) {
  const std::vector<double> p{0.2, 0.5, 0.3};
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    std::vector<double> guess = random_numbers<double>(3, seed);
    softmax_into<double>(guess, guess);
    EXPECT_GT(cross_entropy_error(guess, p), cross_entropy_error(p, p)) << "seed " << seed;
  }
}

TEST(CrossEntropyError, OfABatchIsTheMeanOverItsOneHotRows) {
  const auto y = rows({textbook::sure_and_right, textbook::sure_and_wrong});
  EXPECT_NEAR(error(y, rows({textbook::t, textbook::t})), 1.4067047750469417,
              textbook::tolerance_of(1.4067047750469417));
}

TEST(CrossEntropyError, OfABatchIsTheMeanOverItsLabels) {
  const auto y = rows({textbook::sure_and_right, textbook::sure_and_wrong});
  EXPECT_NEAR(error(y, Labels{2, 2}), 1.4067047750469417,
              textbook::tolerance_of(1.4067047750469417));
}

TEST(CrossEntropyError, OfABatchReadsEachRowsOwnLabel) {
  const auto y = rows({textbook::sure_and_right, textbook::sure_and_wrong});
  EXPECT_NEAR(error(y, Labels{2, 7}), 0.510825457099338, textbook::tolerance_of(0.510825457099338));
}

TEST(CrossEntropyError, OfABatchOfOneIsThatOfItsSample) {
  EXPECT_EQ(error(guesses(1), Labels{2}), cross_entropy_error(textbook::sure_and_right, Label{2}));
  EXPECT_EQ(error(guesses(1), rows({textbook::t})),
            cross_entropy_error(textbook::sure_and_right, Label{2}));
}

// A form that guesses from the shapes gives 23.7 or 155.8 for these instead of 0.51.
TEST(CrossEntropyErrorErrors, OneHotRowsAreNotLabels) {
  EXPECT_EQ(thrown<ShapeError>([] {
              static_cast<void>(error(guesses(1), Labels{0, 0, 1, 0, 0, 0, 0, 0, 0, 0}));
            }),
            "cross_entropy_error: got a (1, 10) matrix and 10 labels, expected at least one row, "
            "at least two classes, and one label for each row");
  EXPECT_EQ(thrown<ShapeError>([] { static_cast<void>(error(guesses(10), Labels(100, 0))); }),
            "cross_entropy_error: got a (10, 10) matrix and 100 labels, expected at least one "
            "row, at least two classes, and one label for each row");
}

TEST(CrossEntropyErrorErrors, LabelsAreNotOneHotRows) {
  EXPECT_EQ(thrown<ShapeError>([] {
              static_cast<void>(error(guesses(10), Array<double>(Shape{1, 10})));
            }),
            "cross_entropy_error: y is (10, 10), t is (1, 10), expected the same shape with at "
            "least one row (for labels pass a span of classes)");
  EXPECT_EQ(thrown<ShapeError>([] {
              static_cast<void>(error(guesses(2), Array<double>(Shape{2, 1})));
            }),
            "cross_entropy_error: y is (2, 10), t is (2, 1), expected the same shape with at least "
            "one row (for labels pass a span of classes)");
}

TEST(CrossEntropyErrorErrors, ABatchOfNoneHasNoMean) {
  const MatrixView<const double> none(nullptr, 0, 10);
  EXPECT_EQ(thrown<ShapeError>([&] { static_cast<void>(cross_entropy_error(none, none)); }),
            "cross_entropy_error: y is (0, 10), t is (0, 10), expected the same shape with at "
            "least one row (for labels pass a span of classes)");
  EXPECT_EQ(thrown<ShapeError>([&] { static_cast<void>(cross_entropy_error(none, Labels{})); }),
            "cross_entropy_error: got a (0, 10) matrix and 0 labels, expected at least one row, "
            "at least two classes, and one label for each row");
}

TEST(CrossEntropyErrorErrors, DifferentLengthsAreRefused) {
  EXPECT_EQ(thrown<ShapeError>([] {
              static_cast<void>(cross_entropy_error(textbook::t, std::vector<double>(9)));
            }),
            "cross_entropy_error: y has 10 numbers, t has 9");
}

TEST(CrossEntropyErrorErrors, AClassThatIsNotThereIsRefused) {
  EXPECT_EQ(
      thrown<ValueError>([] { static_cast<void>(cross_entropy_error(textbook::t, Label{10})); }),
      "cross_entropy_error: the label is 10, expected a class below 10");
  EXPECT_EQ(thrown<ValueError>([] {
              static_cast<void>(error(guesses(3), Labels{0, 10, 11}));
            }),
            "cross_entropy_error: the label of row 1 is 10, expected a class below 10");
}

}  // namespace
}  // namespace gradus

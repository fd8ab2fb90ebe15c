// SPDX-License-Identifier: MIT
// Entropy and loss. The textbook's numbers are in tests/unit/loss; here, that the tables show them.
#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <vector>

#include "gradus/loss/cross_entropy_error.hpp"
#include "gradus/loss/mean_squared_error.hpp"
#include "gradus/loss/sum_squares_error.hpp"
#include "support.hpp"
#include "unit/lab/result_of.hpp"

namespace gradus {
namespace {

TEST(LabEntropy, IsThatOfAnyTextbookOnInformation) {
  const Result nats = result_of("entropy");
  EXPECT_NEAR(scalar(nats, "entropy"), 1.5 * std::log(2.0), 1e-15);
  const Result bits = result_of("entropy", {"unit=bits", "model=0.25,0.5,0.25"});
  EXPECT_DOUBLE_EQ(scalar(bits, "entropy"), 1.5);
  EXPECT_DOUBLE_EQ(scalar(bits, "cross_entropy"), 1.75);
  EXPECT_DOUBLE_EQ(scalar(bits, "divergence"), 0.25);
}

TEST(LabEntropy, IsInfiniteWhenTheImpossibleHappens) {
  const Result result = result_of("entropy", {"model=0.5,0.5,0"});
  EXPECT_TRUE(std::isinf(scalar(result, "cross_entropy")));
  EXPECT_TRUE(says(result, "impossible_happened"));
}

TEST(LabLoss, JudgesTheVectorsOfTheTextbook) {
  const Result result = result_of("loss");
  const Table& guesses = result.tables.at(0);
  const std::vector<std::vector<double>> expected{
      textbook::sure_and_right, textbook::sure_and_right, textbook::guess_of_four,
      textbook::sure_and_wrong, textbook::guess_of_five};  // yours, A, B, C, D
  ASSERT_EQ(guesses.rows.size(), expected.size());
  for (std::size_t row = 0; row < expected.size(); ++row) {
    const std::vector<double>& y = expected[row];
    EXPECT_EQ(cell(guesses, row, "sum_squares_error"), sum_squares_error(y, textbook::t)) << row;
    EXPECT_EQ(cell(guesses, row, "mean_squared_error"), mean_squared_error(y, textbook::t)) << row;
    EXPECT_EQ(cell(guesses, row, "cross_entropy_error"), cross_entropy_error(y, textbook::t))
        << row;
  }
  EXPECT_DOUBLE_EQ(cell(guesses, 2, "sum_of_y"), 1.25);
  EXPECT_DOUBLE_EQ(cell(guesses, 4, "sum_of_y"), 1.4);
}

TEST(LabLoss, JudgesTheVectorThatIsSet) {
  const Result result = result_of("loss", {"y=0.1,0.05,0.1,0,0.7,0.3,0,0,0,0"});
  const std::vector<double>& y = textbook::guess_of_four;
  EXPECT_EQ(scalar(result, "sum_squares_error"), sum_squares_error(y, textbook::t));
  EXPECT_EQ(scalar(result, "mean_squared_error"), mean_squared_error(y, textbook::t));
  EXPECT_EQ(scalar(result, "cross_entropy_error"), cross_entropy_error(y, textbook::t));
  EXPECT_DOUBLE_EQ(scalar(result, "minus_log_right"), -std::log(0.1));
  EXPECT_EQ(cell(result.tables.at(0), 0, "sum_squares_error"), sum_squares_error(y, textbook::t));
}

TEST(LabLoss, ShowsTheEdgesOfTheDelta) {
  const Table edges = result_of("loss").tables.at(1);
  EXPECT_EQ(cell(edges, 0, "with_delta"), cross_entropy_error(textbook::t, textbook::t));
  EXPECT_EQ(cell(edges, 1, "with_delta"), cross_entropy_error(textbook::t, Label{0}));
  EXPECT_EQ(cell(edges, 0, "without_delta"), 0);
  EXPECT_TRUE(std::isinf(cell(edges, 1, "without_delta")));
}

TEST(LabLoss, WarnsOfWhatIsNoDistribution) {
  EXPECT_FALSE(says(result_of("loss"), "y_no_distribution"));
  EXPECT_TRUE(says(result_of("loss", {"y=0.1,0.05,0.1,0,0.7,0.3,0,0,0,0"}), "y_no_distribution"));
}

}  // namespace
}  // namespace gradus

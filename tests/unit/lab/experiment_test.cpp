// SPDX-License-Identifier: MIT
// The numbers of the textbook's experiments, as others computed them.
#include "gradus/lab/experiment.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "unit/formats/thrown.hpp"
#include "unit/lab/result_of.hpp"

namespace gradus {
namespace {

// A few roundings of f in double, divided by h = 1e-4.
constexpr double difference_noise = 1e-11;

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
  const Table guesses = result_of("loss").tables.at(0);  // yours, A, B, C, D
  const auto squares = [&](std::size_t row) { return cell(guesses, row, "sum_squares_error"); };
  const auto entropy = [&](std::size_t row) { return cell(guesses, row, "cross_entropy_error"); };
  EXPECT_DOUBLE_EQ(squares(1), 0.09750000000000003);
  EXPECT_DOUBLE_EQ(squares(2), 0.7012499999999999);
  EXPECT_DOUBLE_EQ(squares(3), 0.5975);
  EXPECT_DOUBLE_EQ(cell(guesses, 1, "mean_squared_error"), 0.0195);
  EXPECT_DOUBLE_EQ(cell(guesses, 2, "mean_squared_error"), 0.14025);
  EXPECT_DOUBLE_EQ(cell(guesses, 3, "mean_squared_error"), 0.1195);
  EXPECT_DOUBLE_EQ(entropy(1), 0.510825457099338);
  EXPECT_DOUBLE_EQ(entropy(3), 2.302584092994546);
  EXPECT_DOUBLE_EQ(entropy(4), 1.2039724709926583);
  EXPECT_DOUBLE_EQ(cell(guesses, 2, "sum_of_y"), 1.25);
  EXPECT_DOUBLE_EQ(cell(guesses, 4, "sum_of_y"), 1.4);
  EXPECT_DOUBLE_EQ(scalar(result_of("loss"), "minus_log_right"), 0.5108256237659907);
}

TEST(LabLoss, ShowsTheEdgesOfTheDelta) {
  const Table edges = result_of("loss").tables.at(1);
  EXPECT_DOUBLE_EQ(cell(edges, 0, "with_delta"), -9.999999505838704e-08);
  EXPECT_DOUBLE_EQ(cell(edges, 1, "with_delta"), 16.11809565095832);
}

TEST(LabLoss, WarnsOfWhatIsNoDistribution) {
  EXPECT_FALSE(says(result_of("loss"), "y_no_distribution"));
  EXPECT_TRUE(says(result_of("loss", {"y=0.1,0.05,0.1,0,0.7,0.3,0,0,0,0"}), "y_no_distribution"));
}

TEST(LabArrays, TakesAnArrayApart) {
  const Table steps = result_of("arrays").tables.at(0);
  ASSERT_EQ(steps.rows.size(), 4U);
  const std::vector<std::string> shapes{"(2, 3, 4)", "(3, 4)", "(4)", "()"};
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(cell(steps, i, "axes"), 3.0 - static_cast<double>(i));
  }
  EXPECT_EQ(std::get<std::string>(steps.rows[1].back()), "[[0 1 2 3] [4 5 6 7] [8 9 10 11]]");
  EXPECT_EQ(std::get<std::string>(steps.rows[2].back()), "[0 1 2 3]");
  EXPECT_EQ(std::get<std::string>(steps.rows[3].back()), "0");
  const Table other = result_of("arrays", {"index=1,2,3"}).tables.at(0);
  EXPECT_EQ(std::get<std::string>(other.rows[3].back()), "23");
}

TEST(LabRate, IsAHundredKilometresAnHour) {
  const Result result = result_of("rate");
  EXPECT_DOUBLE_EQ(scalar(result, "distance"), 300);
  EXPECT_DOUBLE_EQ(scalar(result, "average"), 100);
  EXPECT_DOUBLE_EQ(scalar(result, "instantaneous"), 50 + 100.0 / 3);
}

TEST(LabDerivative, HasTheForwardDifferencesOfTheTextbook) {
  const std::string f = "f=0.01x^2 + 0.1x";
  EXPECT_NEAR(scalar(result_of("derivative", {f, "at=5"}), "forward"), 0.20000099999917254,
              difference_noise);
  EXPECT_NEAR(scalar(result_of("derivative", {f, "at=10"}), "forward"), 0.3000009999976072,
              difference_noise);
}

TEST(LabDerivative, LosesATinyStepUnlessNothingIsBesideIt) {
  const std::string f = "f=0.01x^2 + 0.1x";
  EXPECT_EQ(scalar(result_of("derivative", {f, "at=5", "h=10e-50"}), "forward"), 0);
  EXPECT_EQ(scalar(result_of("derivative", {f, "at=10", "h=10e-50"}), "forward"), 0);
  EXPECT_DOUBLE_EQ(scalar(result_of("derivative", {f, "at=0", "h=10e-50"}), "forward"), 0.1);
  const Table tiny = result_of("derivative").tables.at(2);
  EXPECT_EQ(cell(tiny, 0, "tiny_step"), 0);
  EXPECT_EQ(cell(tiny, 1, "tiny_step"), 1e-49);
}

TEST(LabDerivative, DrawsTheUCurveOfTheSine) {
  const Table sweep = result_of("derivative").tables.at(1);
  ASSERT_EQ(cell(sweep, 3, "step"), 1e-4);
  EXPECT_NEAR(cell(sweep, 3, "central_error"), 9.0e-10, 0.1e-10);
  EXPECT_NEAR(cell(sweep, 3, "forward_error"), 4.2e-5, 0.1e-5);
  EXPECT_NEAR(cell(sweep, 4, "central_error"), 1.1e-11, 0.1e-11);
  EXPECT_NEAR(cell(sweep, 7, "forward_error"), 3.0e-9, 0.1e-9);
}

TEST(LabDerivative, TellsTheDirectionOfTheStep) {
  EXPECT_TRUE(says(result_of("derivative", {"f=x^2", "at=1"}), "slope_is_positive"));
  EXPECT_TRUE(says(result_of("derivative", {"f=x^2", "at=-1"}), "slope_is_negative"));
  EXPECT_TRUE(says(result_of("derivative", {"f=x^2", "at=0"}), "slope_is_zero"));
}

TEST(LabTangent, HasTheSlopesOfTheTextbook) {
  const Table tangents = result_of("tangent").tables.at(0);
  EXPECT_NEAR(cell(tangents, 0, "numerical"), 0.1999999999990898, difference_noise);
  EXPECT_NEAR(cell(tangents, 1, "numerical"), 0.2999999999986347, difference_noise);
  EXPECT_NEAR(cell(tangents, 0, "intercept"), -0.25, 1e-10);
  EXPECT_NEAR(cell(tangents, 1, "intercept"), -1, 1e-10);
  EXPECT_DOUBLE_EQ(cell(tangents, 0, "f_of_x"), 0.75);
  EXPECT_DOUBLE_EQ(cell(tangents, 1, "f_of_x"), 2);
}

TEST(LabPartial, HasThePartialsOfTheTextbook) {
  const Result result = result_of("partial");
  EXPECT_NEAR(scalar(result, "df_dx0"), 6.00000000000378, 4e-11);
  EXPECT_NEAR(scalar(result, "df_dx1"), 7.999999999999119, 4e-11);
  EXPECT_EQ(cell(result.tables.at(0), 0, "of_integers"), 25000);
  EXPECT_EQ(cell(result.tables.at(0), 1, "of_integers"), 35000);
}

TEST(LabGradientField, PointsAgainstTheGradient) {
  const Result result = result_of("gradient-field");
  const Table& gradients = result.tables.at(0);
  EXPECT_NEAR(cell(gradients, 0, "numerical_0"), 6, 4e-11);
  EXPECT_NEAR(cell(gradients, 0, "numerical_1"), 8, 4e-11);
  EXPECT_NEAR(cell(gradients, 1, "numerical_1"), 4, 4e-11);  // at (0, 2)
  EXPECT_NEAR(cell(gradients, 2, "numerical_0"), 6, 4e-11);  // at (3, 0)
  const Series& arrows = result.figures.at(0).series.at(1);
  ASSERT_EQ(arrows.x.size(), 324U);
  EXPECT_EQ(arrows.x.back(), 2.25);
  for (std::size_t i = 0; i < arrows.x.size(); ++i) {  // of a round bowl: towards its middle
    EXPECT_NEAR(arrows.x[i] * arrows.dy[i], arrows.y[i] * arrows.dx[i], 1e-10);
    EXPECT_LE(arrows.x[i] * arrows.dx[i] + arrows.y[i] * arrows.dy[i], 0);
  }
}

TEST(LabDescent, EndsWhereTheTextbookDoes) {
  const Result hundred = result_of("descent", {"steps=100"});
  EXPECT_NEAR(scalar(hundred, "x0"), -6.111107928998789e-10, 1e-18);
  EXPECT_NEAR(scalar(hundred, "x1"), 8.148143905314271e-10, 1e-18);
  const Result twenty = result_of("descent");
  EXPECT_NEAR(scalar(twenty, "x0"), -0.03458764513817675, 1e-10);
  EXPECT_NEAR(scalar(twenty, "f_value"), 0.003323069989452288, 1e-10);
  EXPECT_EQ(twenty.figures.at(0).series.at(1).x.size(), 21U);
}

TEST(LabDescent, SaysHowItEnded) {
  EXPECT_TRUE(says(result_of("descent", {"steps=100"}), "end_converged"));
  EXPECT_TRUE(says(result_of("descent", {"lr=10", "steps=100"}), "end_frozen"));
  EXPECT_TRUE(says(result_of("descent", {"lr=10", "gradient=exact"}), "end_diverged"));
  EXPECT_TRUE(says(result_of("descent", {"lr=1e-10"}), "end_stuck"));
  EXPECT_TRUE(says(result_of("descent", {"lr=1", "gradient=exact"}), "end_oscillating"));
}

TEST(Experiments, AreFoundByNameOrByANearOne) {
  EXPECT_EQ(find_experiment("loss").id, "loss");
  const auto find = [](std::string_view id) {
    return thrown<ValueError>([id] { static_cast<void>(find_experiment(id)); });
  };
  EXPECT_EQ(find("tangant"), "there is no experiment \"tangant\"; there is tangent");
  EXPECT_EQ(find("gradient"), "there is no experiment \"gradient\"; there is gradient-field");
}

}  // namespace
}  // namespace gradus

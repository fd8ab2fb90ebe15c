// SPDX-License-Identifier: MIT
// Rates and derivatives. The textbook's numbers are in tests/unit/diff; here, that the experiments
// show what those functions give.
#include <gtest/gtest.h>

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "gradus/diff/difference.hpp"
#include "gradus/diff/differentiate.hpp"
#include "gradus/diff/expression.hpp"
#include "gradus/diff/numerical.hpp"
#include "unit/lab/result_of.hpp"

namespace gradus {
namespace {

/// The textbook's parabola, as the experiments are given it.
double parabola(double x) {
  return Expression("0.01x^2 + 0.1x")(std::span<const double>(&x, 1));
}

double bowl(std::span<const double> x) {
  return Expression("x0^2 + x1^2")(x);
}

TEST(LabRate, IsAHundredKilometresAnHour) {
  const Result result = result_of("rate");
  EXPECT_DOUBLE_EQ(scalar(result, "distance"), 300);
  EXPECT_DOUBLE_EQ(scalar(result, "average"), 100);
  EXPECT_DOUBLE_EQ(scalar(result, "instantaneous"), 50 + 100.0 / 3);
}

TEST(LabDerivative, HasTheDifferencesOfTheFunctionAndStepThatAreSet) {
  for (const auto& [at, x] : {std::pair{"at=5", 5.0}, {"at=10", 10.0}, {"at=0", 0.0}}) {
    for (const auto& [step, h] : {std::pair{"h=1e-4", 1e-4}, {"h=10e-50", 10e-50}}) {
      const Result result = result_of("derivative", {"f=0.01x^2 + 0.1x", at, step});
      const auto by = [x = x, h = h](const char* method) {
        return difference(difference_methods().find(method), parabola, x, h);
      };
      EXPECT_EQ(scalar(result, "forward"), by("forward")) << at << ' ' << step;
      EXPECT_EQ(scalar(result, "central"), by("central")) << at << ' ' << step;
      EXPECT_DOUBLE_EQ(scalar(result, "exact"), 0.02 * x + 0.1);
    }
  }
}

TEST(LabDerivative, ShowsWhatATinyStepBecomesInEachPrecision) {
  const Table tiny = result_of("derivative").tables.at(2);
  EXPECT_EQ(cell(tiny, 0, "tiny_step"), static_cast<float>(10e-50));
  EXPECT_EQ(cell(tiny, 1, "tiny_step"), 10e-50);
}

TEST(LabDerivative, DrawsTheUCurveOfTheSine) {
  const Table sweep = result_of("derivative").tables.at(1);
  const std::vector<StepError> expected =
      sweep_steps(Expression("sin(x)"), std::vector<double>{1}, 0);
  ASSERT_EQ(sweep.rows.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(cell(sweep, i, "step"), expected[i].step);
    EXPECT_EQ(cell(sweep, i, "forward_error"), expected[i].forward_error) << i;
    EXPECT_EQ(cell(sweep, i, "central_error"), expected[i].central_error) << i;
  }
}

TEST(LabDerivative, TellsTheDirectionOfTheStep) {
  EXPECT_TRUE(says(result_of("derivative", {"f=x^2", "at=1"}), "slope_is_positive"));
  EXPECT_TRUE(says(result_of("derivative", {"f=x^2", "at=-1"}), "slope_is_negative"));
  EXPECT_TRUE(says(result_of("derivative", {"f=x^2", "at=0"}), "slope_is_zero"));
}

TEST(LabTangent, TouchesTheParabolaWithTheSlopeOfACentralDifference) {
  const Table tangents = result_of("tangent").tables.at(0);
  const std::vector<double> places{5, 10};
  for (std::size_t i = 0; i < places.size(); ++i) {
    const double x = places[i];
    const double slope = numerical_diff(parabola, x);
    EXPECT_EQ(cell(tangents, i, "numerical"), slope);
    EXPECT_EQ(cell(tangents, i, "f_of_x"), parabola(x));
    EXPECT_DOUBLE_EQ(cell(tangents, i, "intercept"), parabola(x) - slope * x);
  }
}

TEST(LabPartial, HasTheNumericalGradientAndWhatWholeNumbersMakeOfIt) {
  const Result result = result_of("partial");
  std::vector<double> x{3, 4};
  const std::vector<double> gradient = numerical_gradient(bowl, std::span<double>(x));
  EXPECT_EQ(scalar(result, "df_dx0"), gradient[0]);
  EXPECT_EQ(scalar(result, "df_dx1"), gradient[1]);
  EXPECT_EQ(cell(result.tables.at(0), 0, "of_integers"), 25000);
  EXPECT_EQ(cell(result.tables.at(0), 1, "of_integers"), 35000);
}

TEST(LabGradientField, PointsAgainstTheGradient) {
  const Result result = result_of("gradient-field");
  const Table& gradients = result.tables.at(0);
  const std::vector<std::vector<double>> places{{3, 4}, {0, 2}, {3, 0}};
  for (std::size_t i = 0; i < places.size(); ++i) {
    std::vector<double> x = places[i];
    const std::vector<double> gradient = numerical_gradient(bowl, std::span<double>(x));
    EXPECT_EQ(cell(gradients, i, "numerical_0"), gradient[0]) << i;
    EXPECT_EQ(cell(gradients, i, "numerical_1"), gradient[1]) << i;
  }
  const Series& arrows = result.figures.at(0).series.at(1);
  ASSERT_EQ(arrows.x.size(), 324U);
  EXPECT_EQ(arrows.x.back(), 2.25);
  for (std::size_t i = 0; i < arrows.x.size(); ++i) {  // of a round bowl: towards its middle
    EXPECT_NEAR(arrows.x[i] * arrows.dy[i], arrows.y[i] * arrows.dx[i], 1e-10);
    EXPECT_LE(arrows.x[i] * arrows.dx[i] + arrows.y[i] * arrows.dy[i], 0);
  }
}

}  // namespace
}  // namespace gradus

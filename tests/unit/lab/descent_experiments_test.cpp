// SPDX-License-Identifier: MIT
// Descents, surfaces, learning rates and landscapes: the experiments in the plane.
#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gradus/diff/difference.hpp"
#include "gradus/diff/expression.hpp"
#include "gradus/optim/gradient_descent.hpp"
#include "gradus/optim/optimizer.hpp"
#include "gradus/optim/problems.hpp"
#include "unit/formats/thrown.hpp"
#include "unit/lab/result_of.hpp"

namespace gradus {
namespace {

/// The textbook's descent, which tests/unit/optim compares with its printed numbers.
DescentResult descent(double learning_rate, std::size_t num_steps) {
  return gradient_descent(Expression("x0^2 + x1^2"), std::vector<double>{-3, 4},
                          {.learning_rate = learning_rate,
                           .num_steps = num_steps,
                           .difference_step = default_difference_step});
}

TEST(LabDescent, ShowsTheDescentOfTheTextbook) {
  for (const auto& [steps, count] : {std::pair{"steps=20", 20}, {"steps=100", 100}}) {
    const Result result = result_of("descent", {steps});
    const std::vector<DescentPoint> path = descent(0.1, static_cast<std::size_t>(count)).path;
    EXPECT_EQ(scalar(result, "x0"), path.back().x[0]);
    EXPECT_EQ(scalar(result, "x1"), path.back().x[1]);
    EXPECT_EQ(scalar(result, "f_value"), path.back().value);
    const Series& way = result.figures.at(0).series.at(1);
    ASSERT_EQ(way.x.size(), path.size());
    for (std::size_t step = 0; step < path.size(); ++step) {
      EXPECT_EQ(way.x[step], path[step].x[0]);
      EXPECT_EQ(way.y[step], path[step].x[1]);
    }
  }
}

TEST(LabDescent, SaysHowItEnded) {
  EXPECT_TRUE(says(result_of("descent", {"steps=100"}), "end_converged"));
  EXPECT_TRUE(says(result_of("descent", {"lr=10", "steps=100"}), "end_frozen"));
  EXPECT_TRUE(says(result_of("descent", {"lr=10", "gradient=exact"}), "end_diverged"));
  EXPECT_TRUE(says(result_of("descent", {"lr=1e-10"}), "end_stuck"));
  EXPECT_TRUE(says(result_of("descent", {"lr=1", "gradient=exact"}), "end_oscillating"));
}

TEST(LabSurface, HasTheGridOfTheTextbookWithoutItsEnd) {
  const Result result = result_of("surface");
  EXPECT_EQ(scalar(result, "points_a_side"), 24);
  EXPECT_EQ(scalar(result, "last"), 2.75);
  const Series& surface = result.figures.at(0).series.at(0);
  ASSERT_EQ(surface.z.size(), 24U * 24U);
  for (std::size_t i = 0; i < surface.z.size(); ++i) {
    const double x0 = -3 + 0.25 * static_cast<double>(i / 24);
    const double x1 = -3 + 0.25 * static_cast<double>(i % 24);
    EXPECT_EQ(surface.z[i], x0 * x0 + x1 * x1);
  }
  EXPECT_EQ(cell(result.tables.at(0), 0, "f_value"), 0);
  EXPECT_EQ(cell(result.tables.at(0), 1, "f_value"), 18);
}

TEST(LabSurface, SaysWhereItIsLowest) {
  EXPECT_TRUE(says(result_of("surface"), "lowest_inside"));
  EXPECT_TRUE(says(result_of("surface", {"f=x0^2 - x1^2"}), "lowest_at_the_edge"));
  EXPECT_TRUE(says(result_of("surface", {"f=(x0^2 - 1)^2 + x1^2"}), "several_lowest"));
  EXPECT_TRUE(says(result_of("surface", {"f=7"}), "level"));
  EXPECT_TRUE(says(result_of("surface", {"f=log(x0)", "high=-1"}), "no_values"));
}

TEST(LabSurface, RefusesAGridThatIsNoneOrTooFine) {
  const auto refusal = [](const std::string& setting) {
    return thrown<ValueError>([&] { static_cast<void>(result_of("surface", {setting})); });
  };
  EXPECT_EQ(refusal("high=-3"), "surface, high: got \"-3\", expected more than low + step");
  EXPECT_EQ(refusal("step=0.01"),
            "surface, step: got \"0.01\", expected a step that makes at most 100 points from low "
            "to high");
}

// What the table and the ways start from.
const std::vector<double> default_rates{10, 1, 0.5, 0.1, 0.01, 1e-10};

TEST(LabLearningRate, EndsWhereADescentWithEachRateEnds) {
  const Table ends = result_of("learning-rate").tables.at(0);
  ASSERT_EQ(ends.rows.size(), default_rates.size());
  for (std::size_t row = 0; row < default_rates.size(); ++row) {
    const std::vector<double> end = descent(default_rates[row], 100).path.back().x;
    EXPECT_EQ(cell(ends, row, "x0"), end[0]) << default_rates[row];
    EXPECT_EQ(cell(ends, row, "x1"), end[1]) << default_rates[row];
  }
}

TEST(LabLearningRate, TellsWhatHappened) {
  const Table ends = result_of("learning-rate").tables.at(0);
  const std::vector<std::string> expected{"frozen",    "oscillating", "converged",
                                          "converged", "moving",      "stuck"};
  for (std::size_t row = 0; row < expected.size(); ++row) {
    EXPECT_EQ(word(ends, row, "happened"), expected[row]);
  }
}

TEST(LabLearningRate, DrawsTheWayOfTheLargestRateWhereItFreezes) {
  const Series way = result_of("learning-rate").figures.at(1).series.at(1);
  const std::vector<DescentPoint> path = descent(10, 100).path;
  ASSERT_EQ(way.x.size(), path.size());
  for (std::size_t step = 0; step < path.size(); ++step) {
    EXPECT_EQ(way.x[step], path[step].x[0]);
    EXPECT_EQ(way.y[step], path[step].x[1]);
  }
}

TEST(LabLearningRate, MultipliesWithOneMinusTwiceTheRate) {
  const Result result = result_of("learning-rate", {"gradient=exact"});
  for (std::size_t row = 0; row < default_rates.size(); ++row) {
    const double factor = 1 - 2 * default_rates[row];
    EXPECT_NEAR(cell(result.tables.at(0), row, "second_step"), std::abs(factor), 1e-6);
    const double x0 = -3 * std::pow(factor, 100);
    EXPECT_NEAR(cell(result.tables.at(0), row, "x0"), x0, 1e-13 * std::abs(x0));
  }
}

TEST(LabLearningRate, KnowsTheTrueCourseOfWhatFroze) {
  const Result hundred = result_of("learning-rate");
  EXPECT_EQ(said(hundred, "rate_frozen", "since"), 10);
  const std::vector<double> end =
      gradient_descent(Expression("x0^2 + x1^2"), std::vector<double>{-3, 4}, {.learning_rate = 10})
          .path.back()
          .x;
  EXPECT_EQ(said(hundred, "true_course", "x0"), end[0]);
  EXPECT_EQ(said(hundred, "true_course", "x1"), end[1]);
  const Result more = result_of("learning-rate", {"steps=300"});
  // 25 * 361^k and 4 * 19^k against 1.7977e308.
  EXPECT_EQ(said(more, "true_overflow", "f_step"),
            std::ceil((std::log10(1.7977) + 308 - std::log10(25)) / std::log10(361)));
  EXPECT_EQ(said(more, "true_overflow", "steps"),
            std::ceil((std::log10(1.7977) + 308 - std::log10(4)) / std::log10(19)));
}

TEST(LabLearningRate, DoesNotBlameTheRateWhenThereIsNoMinimum) {
  const Result saddle = result_of("learning-rate", {"f=x0^2 - x1^2", "rates=10,0.1"});
  EXPECT_TRUE(says(saddle, "rate_bottomless"));
  EXPECT_FALSE(says(saddle, "rate_diverged"));
  EXPECT_FALSE(says(saddle, "rate_frozen"));
}

TEST(LabLandscape, OffersEveryProblem) {
  const Parameter& problem = find_experiment("landscape").parameters.front();
  EXPECT_EQ(problem.choices(), problems().ids());
  EXPECT_EQ(problem.values_to_try().size() + 1, problems().ids().size());
}

TEST(LabLandscape, LetsEveryOptimizerRace) {
  const Table race = result_of("landscape").tables.at(0);
  std::vector<std::string> ids;
  for (const auto& entry : optimizers<double>()) {
    ids.emplace_back(entry.id);
  }
  ASSERT_EQ(race.rows.size(), ids.size());
  for (std::size_t row = 0; row < ids.size(); ++row) {
    EXPECT_EQ(std::get<std::string>(cell_of(race, row, "optimizer")), ids[row]);
  }
}

TEST(LabLandscape, CountsTheStepsOfPlainDescentInABowl) {
  const Table race =
      result_of("landscape", {"problem=bowl", "rates=0.3", "steps=300"}).tables.at(0);
  // x0 shrinks by 1 - 0.3/10 a step, x1 by 1 - 0.6, which is soon nothing beside it.
  EXPECT_EQ(cell(race, 0, "arrived"), std::ceil(std::log(0.01 / 7) / std::log(0.97)));
  const double x0 = 7 * std::pow(0.97, 300);
  EXPECT_NEAR(cell(race, 0, "distance"), x0, 1e-12);
  EXPECT_NEAR(cell(race, 0, "height"), x0 * x0 / 20, 1e-12);
}

TEST(LabLandscape, EndsOnTheSaddleFromItsRidgeAndNowhereElse) {
  const Result on = result_of("landscape", {"shift=0,-0.001"});
  EXPECT_TRUE(says(on, "ended_saddle"));
  EXPECT_EQ(word(on.tables.at(0), 0, "where"), "saddle");
  EXPECT_DOUBLE_EQ(cell(on.tables.at(0), 0, "height"), 0.25);
  const Result beside = result_of("landscape");
  EXPECT_FALSE(says(beside, "ended_saddle"));
  EXPECT_EQ(word(beside.tables.at(0), 0, "where"), "minimum");
}

TEST(LabLandscape, TellsAPlateauAndALocalMinimumFromAMinimum) {
  EXPECT_EQ(word(result_of("landscape", {"problem=plateau"}).tables.at(0), 0, "where"), "level");
  const Table wells = result_of("landscape", {"problem=two-wells"}).tables.at(0);
  EXPECT_EQ(word(wells, 0, "where"), "local_minimum");
  EXPECT_EQ(word(wells, 0, "arrived"), "not");
}

}  // namespace
}  // namespace gradus

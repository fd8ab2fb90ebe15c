// SPDX-License-Identifier: MIT
// What kind of place a descent has come to, and how large a learning rate may be there.
#include "gradus/optim/curvature.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "gradus/diff/expression.hpp"
#include "gradus/optim/gradient_descent.hpp"

namespace gradus {
namespace {

PlaceKind kind_at(const std::string& f, const std::vector<double>& x) {
  const auto curvature = curvature_at(Expression(f), x);
  return curvature ? curvature->kind() : PlaceKind::unknown;
}

DescentResult descend_from(const std::string& f, const std::vector<double>& start,
                           const DescentOptions& options = {}) {
  return gradient_descent(Expression(f), start, options);
}

TEST(Curvature, TellsMinimaMaximaAndSaddles) {
  EXPECT_EQ(kind_at("x0^2 + x1^2", {0, 0}), PlaceKind::minimum);
  EXPECT_EQ(kind_at("-x0^2 - 3 x1^2", {0, 0}), PlaceKind::maximum);
  EXPECT_EQ(kind_at("x0^2 - x1^2", {0, 0}), PlaceKind::saddle);
  EXPECT_EQ(kind_at("x0 x1", {0, 0}), PlaceKind::saddle);
  EXPECT_EQ(kind_at("x^4", {0}), PlaceKind::flat);
  EXPECT_EQ(kind_at("x0^2", {0, 0}), PlaceKind::flat);  // a valley without an end
  EXPECT_EQ(kind_at("cos(x)", {0}), PlaceKind::maximum);
  EXPECT_EQ(kind_at("(1 - x0)^2 + 100 (x1 - x0^2)^2", {1, 1}), PlaceKind::minimum);
  EXPECT_EQ(kind_at("abs(x)", {0}), PlaceKind::unknown);
  EXPECT_EQ(kind_at("sum(x^2)", std::vector<double>(max_curved_coordinates + 1)),
            PlaceKind::unknown);
}

TEST(Curvature, LimitsTheLearningRate) {
  const Curvature bowl = *curvature_at(Expression("x0^2/20 + x1^2"), std::vector<double>{1, 2});
  EXPECT_NEAR(bowl.least, 0.1, 1e-15);
  EXPECT_NEAR(bowl.most, 2, 1e-15);
  EXPECT_NEAR(bowl.rate_limit(), 1, 1e-15);
  EXPECT_NEAR(bowl.best_rate(), 2 / 2.1, 1e-15);
  const Curvature hill = *curvature_at(Expression("-x^2"), std::vector<double>{1});
  EXPECT_EQ(hill.rate_limit(), std::numeric_limits<double>::infinity());
}

TEST(RateLimit, IsWhereDescentsBeginToGetWorse) {
  for (const std::string f : {"x^2", "0.3x^2 + x", "x0^2/20 + x1^2", "x0^2 + x0 x1 + 2 x1^2"}) {
    const std::vector<double> start =
        f.find("x1") == std::string::npos ? std::vector<double>{2} : std::vector<double>{2, 3};
    const double limit = curvature_at(Expression(f), start)->rate_limit();
    const auto last_value = [&](double rate) {
      return descend_from(f, start, {.learning_rate = rate, .num_steps = 400}).path.back().value;
    };
    const double first = descend_from(f, start).path.front().value;
    EXPECT_LT(last_value(0.98 * limit), first) << f;
    EXPECT_GT(last_value(1.02 * limit), first) << f;
  }
}

TEST(BestRate, ReachesTheMinimumOfAParabolaInOneStep) {
  const std::vector<double> start{5};
  const double best = curvature_at(Expression("3x^2 - 2x"), start)->best_rate();
  const DescentResult descent =
      descend_from("3x^2 - 2x", start, {.learning_rate = best, .num_steps = 1});
  EXPECT_NEAR(descent.path.back().x[0], 1.0 / 3, 1e-14);  // 5 and a step of 4.7 are rounded
}

TEST(Descent, SaysThatOneStepIsEnoughOnlyWhereItIs) {
  const auto is_enough = [](const std::string& f, const std::vector<double>& start) {
    return descend_from(f, start, {.learning_rate = 0.01}).outcome.is_one_step_enough;
  };
  EXPECT_TRUE(is_enough("3x^2 - 2x", {5}));
  EXPECT_TRUE(is_enough("x0^2 + x1^2", {3, 4}));
  EXPECT_FALSE(is_enough("x0^2/20 + x1^2", {3, 4}));
  EXPECT_FALSE(is_enough("x^4 - 3x^2 + x", {2}));
  EXPECT_FALSE(is_enough("exp(x) - x", {1}));
}

TEST(Descent, SaysWhatPlaceItCameTo) {
  const auto place_of = [](const std::string& f, const std::vector<double>& start,
                           bool up = false) {
    return descend_from(f, start, {.learning_rate = 0.1, .num_steps = 1000, .is_maximizing = up})
        .outcome.place;
  };
  EXPECT_EQ(place_of("x0^2 + x1^2", {3, 4}), PlaceKind::minimum);
  EXPECT_EQ(place_of("cos(x)", {0}), PlaceKind::maximum);
  EXPECT_EQ(place_of("cos(x)", {0.5}, true), PlaceKind::maximum);
  EXPECT_EQ(place_of("x0^2 - x1^2", {1, 0}), PlaceKind::saddle);
  EXPECT_EQ(place_of("x^4", {0}), PlaceKind::flat);
}

TEST(Descent, HasNotConvergedWhileStepsStillMove) {
  const DescentOutcome outcome = descend_from("x^2", {1e10}, {.learning_rate = 0.1}).outcome;
  EXPECT_EQ(outcome.end, DescentEnd::moving);
  EXPECT_GT(outcome.last_change, 1);
  EXPECT_EQ(descend_from("x^2", {1e10}, {.learning_rate = 0.1, .num_steps = 300}).outcome.end,
            DescentEnd::converged);
}

TEST(Descent, TellsThatAKinkHasNoGradient) {
  EXPECT_EQ(descend_from("relu(x) - relu(-x)", {0}).outcome.reason, DescentReason::kink_at_start);
  EXPECT_EQ(descend_from("abs(x - 1)", {3}, {.learning_rate = 0.5}).outcome.reason,
            DescentReason::kink_on_the_way);
  EXPECT_EQ(descend_from("x abs(x)", {0}).outcome.end, DescentEnd::converged);
}

/// The advice of a descent that went wrong, followed.
TEST(Descent, GivesARateThatHelps) {
  struct Wrong {
    std::string f;
    std::vector<double> start;
    double rate;
    std::string optimizer = "sgd";
  };
  for (const Wrong& one : std::vector<Wrong>{{"x^2", {1}, 1.1},
                                             {"x^2", {1}, 10},
                                             {"x^2", {1}, 1},
                                             {"x0^2 + x1^2", {-3, 4}, 10},
                                             {"x0^2/20 + x1^2", {-3, 4}, 1.5},
                                             {"x^4 - 3x^2 + x", {2}, 5},
                                             {"(1 - x0)^2 + 100 (x1 - x0^2)^2", {-1, 1}, 0.01},
                                             {"x^2", {1}, 3, "momentum"}}) {
    DescentOptions options{.learning_rate = one.rate};
    options.optimizer.id = one.optimizer;
    const DescentResult wrong = descend_from(one.f, one.start, options);
    ASSERT_GT(wrong.outcome.smaller_rate, 0) << one.f << " at " << one.rate;
    EXPECT_LT(wrong.outcome.smaller_rate, one.rate);
    options.learning_rate = wrong.outcome.smaller_rate;
    const DescentResult followed = descend_from(one.f, one.start, options);
    EXPECT_TRUE(followed.outcome.end == DescentEnd::converged ||
                followed.outcome.end == DescentEnd::moving)
        << one.f << " at " << one.rate << ", then at " << options.learning_rate << ": "
        << to_string(followed.outcome.end);
    EXPECT_LT(followed.path.back().value, followed.path.front().value) << one.f;
  }
}

}  // namespace
}  // namespace gradus

// SPDX-License-Identifier: MIT
// Whether the errors of numerical derivatives hold: random functions, truth by ball arithmetic.
// The table of docs/derivatives.md is printed by the one test that is off by default:
//   gradus_tests --gtest_also_run_disabled_tests --gtest_filter='*TableOfMethods'
#include "gradus/diff/derivative_estimate.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include "gradus/diff/dual.hpp"
#include "gradus/diff/expression.hpp"
#include "gradus/diff/numerical.hpp"
#include "random_expression.hpp"
#include "support.hpp"
#include "truth.hpp"

namespace gradus {
namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();

/// A function, a place, and the derivative there.
struct Case {
  Expression f;
  double x;
  proof::Ball derivative;
  bool cancels;    // values lose more than four of their sixteen digits
  bool is_narrow;  // the slope is another one within a thousandth of x
};

double random_place(Random& random) {
  const double size =
      random.below(2) == 0 ? random.uniform(0.1, 5) : std::pow(10, random.uniform(-8, 8));
  return random.below(2) == 0 ? size : -size;
}

/// A case that has an answer to find: finite, of a size that double knows, and not narrower or
/// noisier than any difference in double could resolve.
std::optional<Case> random_case(std::uint64_t seed, std::uint64_t position) {
  Random random(seed, Stream::validation, position);
  // Every second function has parts like (g + 1e7) - 1e7, which makes a seventh cancel heavily.
  const double cancellation = random.below(2) == 0 ? 0.11 : 0;
  Expression f(random_expression(random, {.cancellation = cancellation}));
  const double x = random_place(random);

  const proof::Enclosures y = truth_of(f, std::vector<double>{x}, proof::Order::second);
  if (!y.hessian[0].is_finite()) {
    return std::nullopt;
  }
  const double value = y.value.midpoint();
  const double derivative = y.gradient[0].midpoint();
  const double second = std::abs(y.hessian[0].midpoint());
  const double size = std::abs(derivative);
  const double scale = second == 0 ? std::max(1.0, std::abs(x)) : size / second;

  const RunningError exact(x);
  const RunningError rounded = f(std::span<const RunningError>(&exact, 1));
  const bool has_answer = std::abs(value) < 1e200 && size > 1e-10 && size < 1e10 &&
                          scale > 1e-9 * std::abs(x) && std::isfinite(rounded.value) &&
                          rounded.error < 1e-2 * size * std::min(scale, std::max(std::abs(x), 1.0));
  if (!has_answer) {
    return std::nullopt;
  }
  return Case{std::move(f), x, y.gradient[0], rounded.error > 1e4 * epsilon * std::abs(value),
              scale < 1e-3 * std::abs(x)};
}

/// How a method did over many cases.
class Score {
 public:
  void add(const DerivativeEstimate& estimate, const proof::Ball& derivative) {
    const double error = derivative.distance_at_most(estimate.value);
    const double size = derivative.magnitude();
    evaluations_.push_back(static_cast<double>(estimate.num_evaluations));
    if (estimate.refusal) {
      ++num_refused_;
      return;
    }
    num_held_ += error <= estimate.error ? 1 : 0;
    overestimates_.push_back(estimate.error / std::max(error, epsilon / 2 * size));
    errors_.push_back(error / size);
  }

  [[nodiscard]] double share_held() const {
    return static_cast<double>(num_held_) / static_cast<double>(overestimates_.size());
  }
  [[nodiscard]] double share_refused() const {
    return static_cast<double>(num_refused_) / static_cast<double>(evaluations_.size());
  }
  [[nodiscard]] double overestimate(double quantile) const { return at(overestimates_, quantile); }
  [[nodiscard]] double evaluations(double quantile) const { return at(evaluations_, quantile); }

  void print(const char* name) const {
    std::printf("| %-24s | %6zu | %6.2f | %4.2f | %4.1f | %7.2g | %7.1g | %4.0f | %4.0f |\n", name,
                evaluations_.size(), 100 * share_held(), 100 * share_refused(), overestimate(0.5),
                overestimate(0.99), at(errors_, 0.5), evaluations(0.5), evaluations(1));
  }

 private:
  static double at(std::vector<double> numbers, double quantile) {
    std::sort(numbers.begin(), numbers.end());
    const auto last = static_cast<double>(numbers.size() - 1);
    return numbers.empty() ? 0 : numbers[static_cast<std::size_t>(quantile * last)];
  }

  int num_held_ = 0;
  int num_refused_ = 0;
  std::vector<double> overestimates_;
  std::vector<double> errors_;
  std::vector<double> evaluations_;
};

std::vector<Case> random_cases(std::size_t count, std::uint64_t seed) {
  std::vector<Case> cases;
  for (std::uint64_t position = 0; cases.size() < count; ++position) {
    if (std::optional<Case> next = random_case(seed, position)) {
      cases.push_back(std::move(*next));
    }
  }
  return cases;
}

/// f as a function of one number, with its running error or as a black box.
auto with_error(const Case& one) {
  return [&one](RunningError x) { return one.f(std::span<const RunningError>(&x, 1)); };
}
auto black_box(const Case& one) {
  return [&one](double x) { return one.f(std::span<const double>(&x, 1)); };
}

DerivativeEstimate dual_with_error(const Case& one) {
  const Dual<RunningError> x(RunningError(one.x), RunningError(1));
  const RunningError derivative = one.f(std::span<const Dual<RunningError>>(&x, 1)).derivative;
  return {.value = derivative.value, .error = derivative.error, .num_evaluations = 1};
}

constexpr std::size_t num_cases = 10'000;
constexpr std::uint64_t seed = 20'261;

TEST(DerivativeEstimate, HoldsWhenTheFunctionCarriesItsErrors) {
  Score score;
  for (const Case& one : random_cases(num_cases, seed)) {
    score.add(estimate_derivative(with_error(one), one.x), one.derivative);
  }
  EXPECT_GE(score.share_held(), 0.995);
  EXPECT_LE(score.share_refused(), 0.005);
  EXPECT_LE(score.overestimate(0.5), 10);
  EXPECT_LE(score.overestimate(0.99), 1000);
  EXPECT_LE(score.evaluations(1), 40);
}

TEST(DerivativeEstimate, HoldsForABlackBox) {
  Score score;
  for (const Case& one : random_cases(num_cases, seed)) {
    score.add(estimate_derivative(black_box(one), one.x), one.derivative);
  }
  EXPECT_GE(score.share_held(), 0.98);
  EXPECT_LE(score.share_refused(), 0.005);
  EXPECT_LE(score.overestimate(0.5), 10);
  EXPECT_LE(score.overestimate(0.99), 1000);
  EXPECT_LE(score.evaluations(1), 1000);
}

// The step for a straight line may be far larger than x. What f rounds by was measured close to x,
// and these round by more last places of their values far away.
TEST(DerivativeEstimate, HoldsForStraightLinesThatRoundMoreFarAway) {
  constexpr std::size_t num_places = 2000;
  Random random(seed, Stream::validation);
  const proof::Ball slope(1);
  Score score;
  for (std::size_t i = 0; i < num_places; ++i) {
    const double x = random_place(random);
    score.add(estimate_derivative([](double t) { return std::sinh(std::asinh(t)); }, x), slope);
    score.add(estimate_derivative(
                  [](double t) { return std::copysign(std::exp(std::log(std::abs(t))), t); }, x),
              slope);
    score.add(
        estimate_derivative(
            [](double t) { return std::copysign(std::pow(std::cbrt(std::abs(t)), 3), t); }, x),
        slope);
  }
  EXPECT_GE(score.share_held(), 0.985);  // 0.993; with the rounding of close values 0.975
}

TEST(DerivativeEstimate, OfAnotherFormulaOrStepHoldsByComparison) {
  const std::vector<Case> cases = random_cases(1000, seed + 1);
  for (const DifferenceEntry& method : difference_methods()) {
    for (const std::optional<double> step : {std::optional<double>(), std::optional(1e-4)}) {
      Score score;
      for (const Case& one : cases) {
        const DifferenceOptions options{.method = std::string(method.id), .step = step};
        score.add(estimate_derivative(with_error(one), one.x, options), one.derivative);
      }
      EXPECT_GE(score.share_held(), 0.995) << method.id;
    }
  }
}

TEST(DerivativeEstimate, RunningErrorsOfADualNumberBoundItsDerivative) {
  Score score;
  for (const Case& one : random_cases(num_cases, seed)) {
    score.add(dual_with_error(one), one.derivative);
  }
  EXPECT_GE(score.share_held(), 0.9999);
}

// What is found in textbooks, for the table.

DerivativeEstimate textbook_central(const Case& one) {
  constexpr double h = default_difference_step;
  const auto f = black_box(one);
  const double value = numerical_diff(f, one.x, h);
  const double wider = numerical_diff(f, one.x, 2 * h);
  return {.value = value,
          .error = std::abs(value - wider) / 3 + epsilon * std::abs(f(one.x)) / h,
          .num_evaluations = 5};
}

/// Press et al., "Numerical Recipes", section 5.7.
DerivativeEstimate ridders(const Case& one) {
  constexpr int size = 10;
  constexpr double shrink = 1.4;
  const auto f = black_box(one);
  double table[size][size];
  double h = 0.1 * std::abs(one.x);
  DerivativeEstimate best;
  for (int i = 0; i < size; ++i, h /= shrink) {
    table[0][i] = numerical_diff(f, one.x, h);
    best.num_evaluations += 2;
    double factor = shrink * shrink;
    for (int j = 1; j <= i; ++j, factor *= shrink * shrink) {
      table[j][i] = (table[j - 1][i] * factor - table[j - 1][i - 1]) / (factor - 1);
      const double error = std::max(std::abs(table[j][i] - table[j - 1][i]),
                                    std::abs(table[j][i] - table[j - 1][i - 1]));
      if (error <= best.error) {
        best.error = error;
        best.value = table[j][i];
      }
    }
    if (i > 0 && std::abs(table[i][i] - table[i - 1][i - 1]) >= 2 * best.error) {
      break;
    }
  }
  return best;
}

TEST(DerivativeEstimate, DISABLED_TableOfMethods) {
  const std::vector<Case> cases = random_cases(num_cases, seed);
  const auto row = [&](const char* name, auto method, auto belongs) {
    Score score;
    for (const Case& one : cases) {
      if (belongs(one)) {
        score.add(method(one), one.derivative);
      }
    }
    score.print(name);
  };
  const auto sweep = [](const char* id) {
    return [id](const Case& one) {
      return estimate_derivative(with_error(one), one.x, {.method = id});
    };
  };
  const auto unknown = [](const Case& one) { return estimate_derivative(black_box(one), one.x); };
  const auto all = [](const Case&) { return true; };
  const auto benign = [](const Case& one) { return !one.cancels && !one.is_narrow; };
  const auto cancels = [](const Case& one) { return one.cancels; };
  const auto narrow = [](const Case& one) { return !one.cancels && one.is_narrow; };
  row("central, running errors", sweep("central"), all);
  row("  benign", sweep("central"), benign);
  row("  cancelling", sweep("central"), cancels);
  row("  narrow", sweep("central"), narrow);
  row("central, black box", unknown, all);
  row("  benign", unknown, benign);
  row("  cancelling", unknown, cancels);
  row("  narrow", unknown, narrow);
  row("forward, compared", sweep("forward"), all);
  row("five_point, compared", sweep("five_point"), all);
  row("richardson, compared", sweep("richardson"), all);
  row("dual, running errors", dual_with_error, all);
  row("textbook, h = 1e-4", textbook_central, all);
  row("  benign", textbook_central, benign);
  row("Ridders", ridders, all);
  row("  benign", ridders, benign);
}

}  // namespace
}  // namespace gradus

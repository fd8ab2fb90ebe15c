// SPDX-License-Identifier: MIT
#include "gradus/optim/gradient_descent.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "descent_outcome.hpp"
#include "descent_place.hpp"
#include "gradus/core/error.hpp"
#include "gradus/diff/expression.hpp"
#include "gradus/diff/numerical.hpp"
#include "gradus/diff/tape.hpp"
#include "gradus/math/finite.hpp"

namespace gradus {
namespace {

void check(std::span<const double> start, const DescentOptions& options) {
  if (start.empty() || !are_finite<double>(start)) {
    throw ValueError("gradient_descent: expected a start of one or more finite numbers");
  }
  if (!(options.learning_rate > 0) || !std::isfinite(options.learning_rate)) {
    throw ValueError(fmt::format("gradient_descent: learning rate is {}, expected a number above 0",
                                 options.learning_rate));
  }
  if (options.num_steps == 0) {
    throw ValueError("gradient_descent: number of steps is 0, expected at least 1");
  }
}

}  // namespace

DescentResult gradient_descent(const ValueAndGradient& f, std::span<const double> start,
                               const DescentOptions& options) {
  check(start, options);
  const auto optimizer = make_optimizer<double>(options.optimizer, start.size());
  std::vector<double> x(start.begin(), start.end());
  std::vector<double> gradient(x.size());
  std::vector<double> uphill(x.size());  // what the optimizer goes against
  std::vector<DescentPoint> path;
  for (std::size_t step = 0; step <= options.num_steps; ++step) {
    const double value = f(x, gradient);
    path.push_back({x, value, gradient});
    if (std::isnan(value) || !are_finite<double>(x) || !are_finite<double>(gradient)) {
      break;
    }
    std::transform(gradient.begin(), gradient.end(), uphill.begin(),
                   [&](double g) { return options.is_maximizing ? -g : g; });
    optimizer->step(x, uphill, options.learning_rate);
  }
  DescentOutcome outcome = judge_descent(path, options);
  return {std::move(path), std::move(outcome)};
}

DescentResult gradient_descent(const Expression& f, std::span<const double> start,
                               const DescentOptions& options) {
  const auto exact = [&f](std::span<const double> x, std::span<double> gradient) {
    return value_and_gradient(f, x, gradient);
  };
  const auto by_differences = [&](std::span<const double> x, std::span<double> gradient) {
    std::vector<double> moved(x.begin(), x.end());
    const std::vector<double> found =
        numerical_gradient(f, std::span(moved), options.difference_step);
    std::copy(found.begin(), found.end(), gradient.begin());
    return f(x);
  };
  const auto descend = [&](const DescentOptions& chosen) {
    return chosen.difference_step == 0 ? gradient_descent(exact, start, chosen)
                                       : gradient_descent(by_differences, start, chosen);
  };
  DescentResult result = descend(options);
  const auto again = [&](const DescentOptions& chosen) { return descend(chosen).outcome; };
  look_at_place(f, result.path, options, again, result.outcome);
  return result;
}

}  // namespace gradus

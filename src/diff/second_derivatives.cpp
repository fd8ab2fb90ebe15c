// SPDX-License-Identifier: MIT
#include "gradus/diff/second_derivatives.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "gradus/core/error.hpp"
#include "gradus/diff/dual.hpp"
#include "gradus/diff/numerical.hpp"
#include "gradus/diff/running_error.hpp"
#include "gradus/diff/tape.hpp"
#include "rounded_up.hpp"

namespace gradus {
namespace {

using First = Dual<RunningError>;
using Second = Dual<First>;

DerivativeEstimate estimate_of(const RunningError& derivative, bool is_defined) {
  DerivativeEstimate estimate{
      .value = derivative.value, .error = derivative.error, .num_evaluations = 1};
  if (!is_defined) {
    estimate.value = std::numeric_limits<double>::quiet_NaN();
  }
  if (!is_defined || !std::isfinite(derivative.value) || !std::isfinite(derivative.error)) {
    estimate.error = std::numeric_limits<double>::infinity();
    estimate.refusal = is_defined ? Refusal::not_differentiable : Refusal::not_defined;
  }
  return estimate;
}

/// f at x + s u + t v, with its derivatives along both.
Second evaluate(const Expression& f, std::span<const double> x, std::span<const double> u,
                std::span<const double> v) {
  std::vector<Second> point;
  point.reserve(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) {
    point.emplace_back(First(RunningError(x[i]), RunningError(u[i])),
                       First(RunningError(v[i]), RunningError(0)));
  }
  return f(std::span<const Second>(point));
}

std::vector<double> unit_vector(std::size_t size, std::size_t i) {
  std::vector<double> unit(size);
  unit[i] = 1;
  return unit;
}

MethodResult by_dual_dual(const Expression& f, std::span<const double> x, bool is_defined) {
  MethodResult result{.method = "dual_dual", .gradient = {}, .num_evaluations = 0};
  for (std::size_t i = 0; i < x.size(); ++i) {
    for (std::size_t j = 0; j < x.size(); ++j) {
      const Second y = evaluate(f, x, unit_vector(x.size(), i), unit_vector(x.size(), j));
      result.gradient.push_back(estimate_of(y.derivative.derivative, is_defined));
      ++result.num_evaluations;
    }
  }
  return result;
}

/// A value that says nothing of its error, beside one that does.
void compare(DerivativeEstimate& estimate, const DerivativeEstimate& exact) {
  estimate.refusal = exact.refusal;
  estimate.error = exact.refusal
                       ? std::numeric_limits<double>::infinity()
                       : sum_rounded_up(exact.error, std::abs(estimate.value - exact.value));
}

MethodResult by_dual_tape(const Expression& f, std::span<const double> x,
                          const std::vector<DerivativeEstimate>& exact) {
  MethodResult result{.method = "dual_tape", .gradient = {}, .num_evaluations = x.size()};
  for (std::size_t i = 0; i < x.size(); ++i) {
    for (const double second : hessian_vector_product(f, x, unit_vector(x.size(), i))) {
      DerivativeEstimate estimate{.value = second, .num_evaluations = 1};
      compare(estimate, exact[result.gradient.size()]);
      result.gradient.push_back(estimate);
    }
  }
  return result;
}

/// The slope along i, as a function of coordinate j.
DerivativeEstimate by_difference(const Expression& f, std::span<const double> x, std::size_t i,
                                 std::size_t j, const DerivativeEstimate& exact) {
  std::vector<First> point;
  for (const double number : x) {
    point.emplace_back(RunningError(number), RunningError(0));
  }
  point[i].derivative = RunningError(1);
  const auto slope = [&](RunningError t) {
    point[j].value = t;
    return f(std::span<const First>(point)).derivative;
  };
  DerivativeEstimate estimate = estimate_derivative(slope, x[j]);
  const double gap = std::abs(estimate.value - exact.value);
  if (exact.refusal || gap > estimate.error + exact.error) {
    estimate.refusal = exact.refusal.value_or(Refusal::too_fast);
    estimate.error = std::numeric_limits<double>::infinity();
  } else if (!estimate.refusal) {
    estimate.error = std::max(estimate.error, sum_rounded_up(gap, exact.error));
  }
  return estimate;
}

MethodResult by_differences(const Expression& f, std::span<const double> x,
                            const std::vector<DerivativeEstimate>& exact) {
  MethodResult result{.method = "difference", .gradient = {}, .num_evaluations = 0};
  for (std::size_t i = 0; i < x.size(); ++i) {
    for (std::size_t j = 0; j < x.size(); ++j) {
      result.gradient.push_back(by_difference(f, x, i, j, exact[i * x.size() + j]));
      result.num_evaluations += result.gradient.back().num_evaluations;
    }
  }
  return result;
}

}  // namespace

std::vector<DerivativeEstimate> hessian(const Expression& f, std::span<const double> x) {
  f.check_point(x.size());
  return by_dual_dual(f, x, std::isfinite(f.evaluate<double>(x))).gradient;
}

std::vector<MethodResult> second_derivatives(const Expression& f, std::span<const double> x) {
  f.check_point(x.size());
  const bool is_defined = std::isfinite(f.evaluate<double>(x));
  MethodResult exact = by_dual_dual(f, x, is_defined);
  MethodResult tape = by_dual_tape(f, x, exact.gradient);
  MethodResult difference = by_differences(f, x, exact.gradient);
  return {std::move(exact), std::move(tape), std::move(difference)};
}

AlongDirection along_direction(const Expression& f, std::span<const double> x,
                               std::span<const double> v) {
  f.check_point(x.size());
  if (v.size() != x.size()) {
    throw ValueError(
        fmt::format("the direction has {} coordinates, the point has {}", v.size(), x.size()));
  }
  const bool is_defined = std::isfinite(f.evaluate<double>(x));
  const Second y = evaluate(f, x, v, v);
  AlongDirection along{.slope = estimate_of(y.value.derivative, is_defined),
                       .curvature = estimate_of(y.derivative.derivative, is_defined),
                       .change = {}};
  for (std::size_t i = 0; i < x.size(); ++i) {
    const Second along_both = evaluate(f, x, unit_vector(x.size(), i), v);
    along.change.push_back(estimate_of(along_both.derivative.derivative, is_defined));
  }
  return along;
}

}  // namespace gradus

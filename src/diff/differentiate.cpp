// SPDX-License-Identifier: MIT
#include "gradus/diff/differentiate.hpp"

#include <array>
#include <cmath>
#include <complex>
#include <limits>

#include "gradus/core/error.hpp"
#include "gradus/diff/difference.hpp"
#include "gradus/diff/dual.hpp"
#include "gradus/diff/numerical.hpp"
#include "gradus/diff/running_error.hpp"
#include "gradus/diff/tape.hpp"
#include "rounded_up.hpp"

namespace gradus {
namespace {

void refuse(DerivativeEstimate& estimate, Refusal reason) {
  estimate.error = std::numeric_limits<double>::infinity();
  estimate.refusal = reason;
}

bool is_defined(const Expression& f, std::span<const double> x) {
  return std::isfinite(f(x));
}

/// One partial derivative by dual numbers that carry their rounding errors.
DerivativeEstimate by_dual(const Expression& f, std::span<const double> x, std::size_t i) {
  using Scalar = Dual<RunningError>;
  std::vector<Scalar> point;
  for (const double number : x) {
    point.emplace_back(RunningError(number), RunningError(0));
  }
  point[i].derivative = RunningError(1);
  const RunningError derivative = f(std::span<const Scalar>(point)).derivative;
  DerivativeEstimate estimate{.value = derivative.value, .error = derivative.error};
  if (!is_defined(f, x)) {
    estimate.value = std::numeric_limits<double>::quiet_NaN();
    refuse(estimate, Refusal::not_defined);
  } else if (!std::isfinite(derivative.value) || !std::isfinite(derivative.error)) {
    refuse(estimate, Refusal::not_differentiable);
  }
  return estimate;
}

std::vector<DerivativeEstimate> by_dual(const Expression& f, std::span<const double> x) {
  std::vector<DerivativeEstimate> gradient;
  for (std::size_t i = 0; i < x.size(); ++i) {
    gradient.push_back(by_dual(f, x, i));
  }
  return gradient;
}

/// Values that say nothing of their error, with what the dual numbers say of them.
std::vector<DerivativeEstimate> compared_with_dual(const Expression& f, std::span<const double> x,
                                                   std::span<const double> values, double step) {
  std::vector<DerivativeEstimate> gradient = by_dual(f, x);
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double exact = gradient[i].value;
    gradient[i].error = sum_rounded_up(gradient[i].error, std::abs(values[i] - exact));
    gradient[i].value = std::isnan(exact) ? exact : values[i];
    gradient[i].step = step;
  }
  return gradient;
}

/// Whether rounding inside f leaves nothing of its derivative: the error of the dual numbers is far
/// above the derivative, and above what the rounding of f itself can change a slope by.
bool is_lost_to_rounding(const Expression& f, std::span<const double> x, std::size_t i,
                         const DerivativeEstimate& exact) {
  constexpr double far = 1000;
  const std::vector<RunningError> point(x.begin(), x.end());
  const double slope_of_rounding = f(std::span<const RunningError>(point)).error / std::abs(x[i]);
  return exact.error > far * std::max(std::abs(exact.value), slope_of_rounding);
}

/// The difference formulas. Their own error is an estimate; that of the dual numbers rests on the
/// rules alone. Two that exclude each other cannot both hold, and an estimate that is smaller than
/// what the dual numbers prove is raised to that.
MethodResult by_differences(const Expression& f, std::string_view method, std::span<const double> x,
                            std::optional<double> step) {
  MethodResult result{
      .method = std::string(method),
      .gradient = estimate_gradient(f, x, {.method = std::string(method), .step = step})};
  for (std::size_t i = 0; i < x.size(); ++i) {
    DerivativeEstimate& estimate = result.gradient[i];
    result.num_evaluations += estimate.num_evaluations;
    const DerivativeEstimate exact = by_dual(f, x, i);
    if (estimate.refusal) {
      continue;
    }
    const double gap = std::abs(estimate.value - exact.value);
    if (exact.refusal) {
      refuse(estimate, *exact.refusal);
    } else if (gap > estimate.error + exact.error || is_lost_to_rounding(f, x, i, exact)) {
      refuse(estimate, Refusal::too_fast);
    } else {
      estimate.error = std::max(estimate.error, sum_rounded_up(gap, exact.error));
    }
  }
  return result;
}

std::vector<double> by_complex_step(const Expression& f, std::span<const double> x, double step) {
  std::vector<std::complex<double>> point(x.begin(), x.end());
  std::vector<double> gradient;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const auto f_along = [&](const std::complex<double>& t) {
      point[i] = t;
      return f(std::span<const std::complex<double>>(point));
    };
    gradient.push_back(complex_step_derivative(f_along, x[i], step));
    point[i] = x[i];
  }
  return gradient;
}

}  // namespace

const Registry<DerivativeMethod>& derivative_methods() {
  static const std::vector<DerivativeMethod> entries = [] {
    std::vector<DerivativeMethod> all;
    for (const DifferenceEntry& difference : difference_methods()) {
      all.push_back({difference.id, difference.summary});
    }
    all.push_back({"complex_step", "Im f(x + ih) / h: no difference, so nothing cancels"});
    all.push_back({"dual", "forward: numbers that carry their derivative along"});
    all.push_back({"tape", "backward: the chain rule over all operations, as in backpropagation"});
    return all;
  }();
  static const Registry<DerivativeMethod> registry("method", entries);
  return registry;
}

MethodResult differentiate(const Expression& f, std::string_view method, std::span<const double> x,
                           std::optional<double> step) {
  f.check_point(x.size());
  MethodResult result;
  result.method = derivative_methods().find(method).id;
  if (method == "dual") {
    result.gradient = by_dual(f, x);
    result.num_evaluations = x.size();
  } else if (method == "tape") {
    result.gradient = compared_with_dual(f, x, gradient(f, x), 0);
    result.num_evaluations = 1;
  } else if (method == "complex_step") {
    const double h = step.value_or(default_complex_step);
    check_difference({.step = h});
    result.gradient = compared_with_dual(f, x, by_complex_step(f, x, h), h);
    result.num_evaluations = x.size();
  } else {
    result = by_differences(f, method, x, step);
  }
  return result;
}

std::optional<Refusal> refusal_at(const Expression& f, std::span<const double> x) {
  f.check_point(x.size());
  for (const DerivativeEstimate& estimate : by_dual(f, x)) {
    if (estimate.refusal) {
      return estimate.refusal;
    }
  }
  return std::nullopt;
}

std::vector<double> gradient_unless_refused(const Expression& f, std::span<const double> x) {
  f.check_point(x.size());
  std::vector<double> found = gradient(f, x);
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (by_dual(f, x, i).refusal) {
      found[i] = std::numeric_limits<double>::quiet_NaN();
    }
  }
  return found;
}

std::vector<StepError> sweep_steps(const Expression& f, std::span<const double> x, std::size_t i) {
  if (i >= x.size()) {
    throw ValueError("sweep_steps: there is no coordinate " + std::to_string(i) + " of " +
                     std::to_string(x.size()));
  }
  // Powers of ten as people write them: pow() would be off in the last digit.
  constexpr std::array<double, 16> steps{1e-1, 1e-2,  1e-3,  1e-4,  1e-5,  1e-6,  1e-7,  1e-8,
                                         1e-9, 1e-10, 1e-11, 1e-12, 1e-13, 1e-14, 1e-15, 1e-16};
  const DerivativeEstimate exact = by_dual(f, x, i);
  const double derivative = exact.refusal ? std::numeric_limits<double>::quiet_NaN() : exact.value;
  std::vector<double> point(x.begin(), x.end());
  const auto f_along = [&](double t) {
    point[i] = t;
    return f(std::span<const double>(point));
  };
  const Registry<DifferenceEntry>& methods = difference_methods();
  std::vector<StepError> errors;
  for (const double step : steps) {
    StepError error{.step = step};
    error.forward = difference(methods.find("forward"), f_along, x[i], step);
    error.central = difference(methods.find("central"), f_along, x[i], step);
    error.forward_error = std::abs(error.forward - derivative);
    error.central_error = std::abs(error.central - derivative);
    errors.push_back(error);
  }
  return errors;
}

}  // namespace gradus

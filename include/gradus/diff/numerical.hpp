// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstddef>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "gradus/core/array.hpp"
#include "gradus/core/error.hpp"
#include "gradus/diff/derivative_estimate.hpp"
#include "gradus/diff/difference.hpp"
#include "gradus/diff/running_error.hpp"

namespace gradus {

// The textbook's numerical differentiation: central differences with a fixed step. They say nothing
// about their error; the functions named estimate_... below do.

namespace detail {

/// Puts a number back when a scope ends, also when it ends with an exception.
class Restore {
 public:
  explicit Restore(double& place) : place_(place), old_(place) {}
  ~Restore() { place_ = old_; }
  Restore(const Restore&) = delete;
  Restore& operator=(const Restore&) = delete;
  [[nodiscard]] double old() const { return old_; }

 private:
  double& place_;
  double old_;
};

}  // namespace detail

/// df/dx by the central difference (f(x + h) - f(x - h)) / 2h.
/// @param f  callable with a double, returns a double
/// Cost      two calls of f.
template <class F>
[[nodiscard]] double numerical_diff(F&& f, double x, double h = default_difference_step) {
  return (f(x + h) - f(x - h)) / (2 * h);
}

/// df/dx[i] by the central difference (f(x + h e_i) - f(x - h e_i)) / 2h.
///
/// @param f  callable with std::span<const double>, returns a double
/// @param x  (P) the point; changed while f runs, always restored, even when f throws
/// Cost      two calls of f.
template <class F>
[[nodiscard]] double numerical_partial(F&& f, std::span<double> x, std::size_t i,
                                       double h = default_difference_step) {
  const detail::Restore restore(x[i]);
  x[i] = restore.old() + h;
  const double above = f(std::span<const double>(x));
  x[i] = restore.old() - h;
  const double below = f(std::span<const double>(x));
  return (above - below) / (2 * h);
}

/// All partial derivatives of f at x by central differences.
///
/// Parameters as for numerical_partial. The result has the length of x.
/// Cost  2 * P calls of f.
template <class F>
[[nodiscard]] std::vector<double> numerical_gradient(F&& f, std::span<double> x,
                                                     double h = default_difference_step) {
  std::vector<double> gradient(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) {
    gradient[i] = numerical_partial(f, x, i, h);
  }
  return gradient;
}

/// The same for an array of any rank; the gradient has its shape.
/// @param f  callable with const Array<double>&, returns a double
template <class F>
[[nodiscard]] Array<double> numerical_gradient(F&& f, Array<double>& x,
                                               double h = default_difference_step) {
  const auto of_elements = [&](std::span<const double>) { return f(std::as_const(x)); };
  return {x.shape(), numerical_gradient(of_elements, x.elements(), h)};
}

/// Whole numbers cannot move by h, and float loses a step of 1e-4 in its rounding: convert first.
template <class F, class T>
void numerical_gradient(F&& f, std::span<T> x, double h = default_difference_step) = delete;
template <class F, class T>
void numerical_gradient(F&& f, Array<T>& x, double h = default_difference_step) = delete;

/// So small that its square, which the result would be off by, is lost in rounding.
inline constexpr double default_complex_step = 1e-100;

/// f'(x) = Im f(x + ih) / h: no difference is taken, so h may be tiny and nothing cancels.
///
/// @param f  callable with std::complex<double>; must be analytic: no abs() of the argument, no
///           comparison that should see the imaginary part
/// Source  Squire, Trapp, "Using complex variables to estimate derivatives of real functions"
///         (1998).
/// Cost  one call of f, with complex arithmetic.
template <class F>
[[nodiscard]] double complex_step_derivative(F&& f, double x, double h = default_complex_step) {
  return f(std::complex<double>(x, h)).imag() / h;
}

// With an estimate of the error. A function that takes any scalar (`[](auto x) { ... }`) is run
// with RunningError and its errors are bounds that hold; one that takes double only is a black box.
// What throws in f is thrown here; x is copied and never changed.

namespace detail {

template <class F>
concept TakesRunningError = std::is_invocable_r_v<RunningError, F&, RunningError>;
template <class F>
concept TakesRunningErrors = std::is_invocable_r_v<RunningError, F&, std::span<const RunningError>>;

/// f along the line x + t direction, estimated at t = 0.
template <class F>
DerivativeEstimate estimate_along(F& f, std::span<const double> x,
                                  std::span<const double> direction,
                                  const DifferenceOptions& options) {
  double size = 0;
  double speed = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    size = direction[i] == 0 ? size : std::max(size, std::abs(x[i]));
    speed = std::max(speed, std::abs(direction[i]));
  }
  const double scale = speed == 0 ? size : size / speed;
  if constexpr (TakesRunningErrors<F>) {
    std::vector<RunningError> point(x.begin(), x.end());
    return estimate_derivative_of(
        [&](double t) -> RunningError {
          for (std::size_t i = 0; i < x.size(); ++i) {
            point[i] = RunningError(x[i]) + RunningError(t) * RunningError(direction[i]);
          }
          return f(std::span<const RunningError>(point));
        },
        0, scale, options);
  } else {
    std::vector<double> point(x.begin(), x.end());
    return estimate_derivative_of_black_box(
        [&](double t) -> double {
          for (std::size_t i = 0; i < x.size(); ++i) {
            point[i] = x[i] + t * direction[i];
          }
          return f(std::span<const double>(point));
        },
        0, scale, options);
  }
}

}  // namespace detail

/// f'(x) of a function of one variable.
/// @throws ValueError  see check_difference(); also for all that follow
/// Cost  see derivative_estimate.hpp.
template <class F>
[[nodiscard]] DerivativeEstimate estimate_derivative(F&& f, double x,
                                                     const DifferenceOptions& options = {}) {
  using Function = std::remove_reference_t<F>;
  if constexpr (detail::TakesRunningError<Function>) {
    return estimate_derivative_of([&](double t) -> RunningError { return f(RunningError(t)); }, x,
                                  std::abs(x), options);
  } else {
    static_assert(std::is_invocable_r_v<double, Function&, double>,
                  "f must take a double (or any scalar) and return one number");
    return estimate_derivative_of_black_box([&](double t) -> double { return f(t); }, x,
                                            std::abs(x), options);
  }
}

/// df/dx[i] of a function of a vector.
/// @param f  callable with a span of const numbers, returns one
/// @param x  (P)
/// @throws ValueError  also when i >= P
template <class F>
[[nodiscard]] DerivativeEstimate estimate_partial(F&& f, std::span<const double> x, std::size_t i,
                                                  const DifferenceOptions& options = {}) {
  using Function = std::remove_reference_t<F>;
  if (i >= x.size()) {
    throw ValueError("estimate_partial: there is no variable " + std::to_string(i) + " of " +
                     std::to_string(x.size()));
  }
  if constexpr (detail::TakesRunningErrors<Function>) {
    std::vector<RunningError> point(x.begin(), x.end());
    return estimate_derivative_of(
        [&](double t) -> RunningError {
          point[i] = t;
          return f(std::span<const RunningError>(point));
        },
        x[i], std::abs(x[i]), options);
  } else {
    static_assert(std::is_invocable_r_v<double, Function&, std::span<const double>>,
                  "f must take a std::span<const double> and return one number");
    std::vector<double> point(x.begin(), x.end());
    return estimate_derivative_of_black_box(
        [&](double t) -> double {
          point[i] = t;
          return f(std::span<const double>(point));
        },
        x[i], std::abs(x[i]), options);
  }
}

/// All partial derivatives of f at x, (P).
template <class F>
[[nodiscard]] std::vector<DerivativeEstimate> estimate_gradient(
    F&& f, std::span<const double> x, const DifferenceOptions& options = {}) {
  std::vector<DerivativeEstimate> gradient;
  for (std::size_t i = 0; i < x.size(); ++i) {
    gradient.push_back(estimate_partial(f, x, i, options));
  }
  return gradient;
}

/// The derivative of f along `direction`: the sum over i of df/dx[i] direction[i].
/// @throws ShapeError  x and direction have different lengths
template <class F>
[[nodiscard]] DerivativeEstimate estimate_directional(F&& f, std::span<const double> x,
                                                      std::span<const double> direction,
                                                      const DifferenceOptions& options = {}) {
  if (direction.size() != x.size()) {
    throw ShapeError("estimate_directional: the direction has " + std::to_string(direction.size()) +
                     " numbers, the point has " + std::to_string(x.size()));
  }
  return detail::estimate_along(f, x, direction, options);
}

/// The derivatives of several functions of a vector: row k has those of f(x)[k].
///
/// @param f            callable with std::span<const double>, returns num_outputs doubles
/// @param num_outputs  K
/// @returns            (K, P), row by row
/// @throws ShapeError  f returns another number of results
/// Cost  K * P derivatives of black boxes.
template <class F>
[[nodiscard]] std::vector<DerivativeEstimate> estimate_jacobian(
    F&& f, std::span<const double> x, std::size_t num_outputs,
    const DifferenceOptions& options = {}) {
  std::vector<DerivativeEstimate> jacobian;
  for (std::size_t k = 0; k < num_outputs; ++k) {
    const auto output = [&](std::span<const double> point) -> double {
      const auto outputs = f(point);
      if (outputs.size() != num_outputs) {
        throw ShapeError("estimate_jacobian: f returned " + std::to_string(outputs.size()) +
                         " results, expected " + std::to_string(num_outputs));
      }
      return outputs[k];
    };
    for (const DerivativeEstimate& estimate : estimate_gradient(output, x, options)) {
      jacobian.push_back(estimate);
    }
  }
  return jacobian;
}

/// The matrix of second derivatives times a vector, (P): how the gradient changes along it.
/// @param gradient  callable with std::span<const double>, returns the P partial derivatives
/// @throws ShapeError  it returns another number, or the direction has another length
/// Cost  P derivatives of black boxes.
template <class G>
[[nodiscard]] std::vector<DerivativeEstimate> estimate_hessian_vector_product(
    G&& gradient, std::span<const double> x, std::span<const double> direction,
    const DifferenceOptions& options = {}) {
  std::vector<DerivativeEstimate> product;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const auto partial = [&](std::span<const double> point) -> double {
      const auto d = gradient(point);
      if (d.size() != x.size()) {
        throw ShapeError("estimate_hessian_vector_product: the gradient has " +
                         std::to_string(d.size()) + " numbers, the point has " +
                         std::to_string(x.size()));
      }
      return d[i];
    };
    product.push_back(estimate_directional(partial, x, direction, options));
  }
  return product;
}

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace gradus {

/// The textbook's step. A central difference has an error of h^2 * f'''(x) / 6 from its formula and
/// about 1e-16 * |f(x)| / h from rounding: at 1e-4 both are small for functions of ordinary size.
/// Beside a large x the step itself is rounded: at 1e12 it is off by a fifth, and from 1e13 on x +
/// h is x and the result is 0.
inline constexpr double default_difference_step = 1e-4;

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

}  // namespace gradus

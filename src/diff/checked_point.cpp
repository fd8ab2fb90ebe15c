// SPDX-License-Identifier: MIT
#include "checked_point.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace gradus {
namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();

}  // namespace

CheckedPoint::CheckedPoint(const ValueFunction& f, const GradientFunction& gradient,
                           std::span<const double> x, Random& random)
    : x_(x.begin(), x.end()), value_(f(x)), g_(gradient(x)) {
  std::vector<double> moved(x.size());
  for (std::vector<double>& other : moved_gradients_) {
    std::transform(x.begin(), x.end(), moved.begin(),
                   [&](double number) { return number * (1 + 2 * epsilon * random.normal()); });
    other = gradient(moved);
  }
}

double CheckedPoint::claimed_along(std::span<const double> direction) const {
  return std::inner_product(g_.begin(), g_.end(), direction.begin(), 0.0);
}

double CheckedPoint::rounding_along(std::span<const double> direction) const {
  double sum_of_sizes = 0;
  for (std::size_t i = 0; i < g_.size(); ++i) {
    sum_of_sizes += std::abs(g_[i] * direction[i]);
  }
  double largest_move = 0;
  for (const std::vector<double>& other : moved_gradients_) {
    double move = 0;
    for (std::size_t i = 0; i < g_.size(); ++i) {
      move += (other[i] - g_[i]) * direction[i];
    }
    largest_move = std::max(largest_move, std::abs(move));
  }
  return 16 * epsilon * sum_of_sizes + 3 * largest_move;
}

}  // namespace gradus

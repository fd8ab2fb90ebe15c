// SPDX-License-Identifier: MIT
#include "gradus/loss/sum_squares_error.hpp"

#include <fmt/core.h>

#include <cstddef>

#include "gradus/core/error.hpp"

namespace gradus {

double sum_squares_error(std::span<const double> y, std::span<const double> t) {
  if (y.size() != t.size()) {
    throw ShapeError(
        fmt::format("sum_squares_error: y has {} numbers, t has {}", y.size(), t.size()));
  }
  double sum = 0;
  for (std::size_t k = 0; k < y.size(); ++k) {
    sum += (y[k] - t[k]) * (y[k] - t[k]);
  }
  return 0.5 * sum;
}

}  // namespace gradus

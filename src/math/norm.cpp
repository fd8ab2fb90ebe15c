// SPDX-License-Identifier: MIT
#include "gradus/math/norm.hpp"

#include <algorithm>
#include <cmath>

namespace gradus {

double euclidean_norm(std::span<const double> x) noexcept {
  double largest = 0;
  for (const double number : x) {
    largest = std::max(largest, std::abs(number));
  }
  // A power of 2, so that scaling rounds nothing.
  const double scale = std::ldexp(1.0, -std::clamp(std::ilogb(largest), -1000, 1000));
  double sum = 0;
  for (const double number : x) {
    sum += (scale * number) * (scale * number);
  }
  return std::sqrt(sum) / scale;
}

}  // namespace gradus

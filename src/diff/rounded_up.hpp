// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <limits>

namespace gradus {

/// a + b, rounded up: the sum of two bounds is one too.
inline double sum_rounded_up(double a, double b) {
  return a == 0 && b == 0 ? 0 : std::nextafter(a + b, std::numeric_limits<double>::infinity());
}

}  // namespace gradus

// SPDX-License-Identifier: MIT
#include "unit_circle.hpp"

#include <cmath>

namespace gradus {

ShapePoint on_unit_circle(double turns) noexcept {
  constexpr double two_pi = 6.28318530717958647693;
  const double quarters = std::floor(4 * turns + 0.5);   // the nearest quarter turn: exact
  const double angle = two_pi * (turns - quarters / 4);  // at most pi / 4
  const double square = angle * angle;
  double cosine = 0;  // 1 - a^2/2! + a^4/4! ..., and sine / a = 1 - a^2/3! + a^4/5! ...
  double sine = 0;
  for (int k = 18; k >= 2; k -= 2) {  // what is left out is below 1e-20
    cosine = -square / (k * (k - 1)) * (1 + cosine);
    sine = -square / (k * (k + 1)) * (1 + sine);
  }
  cosine += 1;
  sine = angle * (1 + sine);
  switch (static_cast<long long>(quarters) & 3) {
    case 0:
      return {cosine, sine};
    case 1:
      return {-sine, cosine};
    case 2:
      return {-cosine, -sine};
    default:
      return {sine, -cosine};
  }
}

}  // namespace gradus

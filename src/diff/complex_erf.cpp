// SPDX-License-Identifier: MIT
#include <cmath>
#include <complex>
#include <numbers>

#include "gradus/diff/smooth_rules.hpp"

namespace gradus::elementary {

std::complex<double> complex_erf(const std::complex<double>& z) {
  constexpr int num_terms = 40;  // exp(-n^2 / 4) cosh(n y) is below 1e-16 there, for y up to 5
  const double x = z.real();
  const double y = z.imag();
  const double cosine = std::cos(2 * x * y);
  const double sine = std::sin(2 * x * y);
  const double half_angle = std::sin(x * y);
  // (1 - cos 2xy) / (2 pi x) and sin 2xy / (2 pi x), whose limits at 0 are 0 and y / pi.
  std::complex<double> sum =
      x == 0 ? std::complex<double>(0, y / std::numbers::pi)
             : std::complex<double>(2 * half_angle * half_angle, sine) / (2 * std::numbers::pi * x);
  for (int n = 1; n <= num_terms; ++n) {
    const double cosh = std::cosh(n * y);
    const double sinh = std::sinh(n * y);
    const double weight = 2 / std::numbers::pi * std::exp(-0.25 * n * n) / (n * n + 4 * x * x);
    sum += weight * std::complex<double>(2 * x * (1 - cosh * cosine) + n * sinh * sine,
                                         2 * x * cosh * sine + n * sinh * cosine);
  }
  return std::erf(x) + std::exp(-x * x) * sum;
}

}  // namespace gradus::elementary

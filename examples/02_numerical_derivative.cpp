// SPDX-License-Identifier: MIT
// How fast does a function change at one place? A computer cannot let the step h go to 0, so it
// takes a small one.
//
// Prints the slope of 0.01x^2 + 0.1x at 5 and 10, by the central difference and exactly. Then how
// far the slope of x^3 is off for ever smaller h: less and less at first, then more and more. Last
// a derivative that chooses its own h and says how far it may be off.
#include <cmath>
#include <cstdio>

#include "gradus/diff/dual.hpp"
#include "gradus/diff/numerical.hpp"

int main() {
  // `auto`: any kind of number may go in, also one that carries its own derivative (a dual number).
  const auto f = [](auto x) { return 0.01 * (x * x) + 0.1 * x; };
  for (const double x : {5.0, 10.0}) {
    std::printf("x = %-2g  central difference %.16f  exactly %g\n", x, gradus::numerical_diff(f, x),
                gradus::dual_derivative(f, x));
  }

  const auto cube = [](auto x) { return x * x * x; };  // its slope at 1 is 3
  std::printf("\n    h  forward off by  central off by\n");
  for (const double h : {1e-2, 1e-4, 1e-6, 1e-8, 1e-10, 1e-12}) {
    const double forward = (cube(1 + h) - cube(1.0)) / h;
    const double central = gradus::numerical_diff(cube, 1.0, h);
    std::printf("%.0e %15.0e %15.0e\n", h, std::abs(forward - 3), std::abs(central - 3));
  }

  const gradus::DerivativeEstimate slope = gradus::estimate_derivative(cube, 1.0);
  std::printf("\nwith h = %.0e, its own choice: %.9f, off by at most %.0e\n", slope.step,
              slope.value, slope.error);
}

// SPDX-License-Identifier: MIT
// A slope may change from place to place: second derivatives say how fast. And a function with
// several results has a table of slopes, its Jacobian.
//
// Prints the second derivative of x^3. Then for f = x^2 y + y^3 the slope along a direction, the
// table of second derivatives, and how the gradient changes along the direction: by dual numbers on
// a tape, and from values of the gradient alone, with a bound of the error. Last the Jacobian of
// the way from a distance r and an angle a to x and y. Beside each the value by hand.
#include <cmath>
#include <cstdio>
#include <span>
#include <vector>

#include "gradus/diff/dual.hpp"
#include "gradus/diff/numerical.hpp"
#include "gradus/diff/tape.hpp"

using Numbers = std::vector<double>;

int main() {
  const auto cube = [](auto x) { return x * x * x; };
  std::printf("x^3 at 2: second derivative %g, by hand 6x = %g\n",
              gradus::dual_second_derivative(cube, 2), 6.0 * 2);

  // `auto`: any kind of number may go in, also those that carry their derivatives.
  const auto f = [](auto p) { return p[0] * p[0] * p[1] + p[1] * p[1] * p[1]; };
  const double x = 1;
  const double y = 2;
  const Numbers point = {x, y};
  const Numbers direction = {0.6, 0.8};
  std::printf("\nf = x^2 y + y^3 at (1, 2)\nslope along (0.6, 0.8): %.4f, by hand %.4f\n",
              gradus::dual_directional(f, point, direction),
              2 * x * y * 0.6 + (x * x + 3 * y * y) * 0.8);

  const Numbers first_column = gradus::hessian_vector_product(f, point, Numbers{1, 0});
  const Numbers second_column = gradus::hessian_vector_product(f, point, Numbers{0, 1});
  std::printf("second derivatives  %g %g   by hand  2y 2x  =  %g %g\n", first_column[0],
              second_column[0], 2 * y, 2 * x);
  std::printf("                    %g %g            2x 6y     %g %g\n", first_column[1],
              second_column[1], 2 * x, 6 * y);

  // A gradient written by hand is enough, too.
  const auto gradient = [](std::span<const double> p) {
    return Numbers{2 * p[0] * p[1], p[0] * p[0] + 3 * p[1] * p[1]};
  };
  const Numbers change = gradus::hessian_vector_product(f, point, direction);
  const auto estimate = gradus::estimate_hessian_vector_product(gradient, point, direction);
  for (std::size_t i = 0; i < point.size(); ++i) {
    std::printf("the gradient's %s changes by %.4f, from values %.4f, off by at most %.0e\n",
                i == 0 ? "df/dx" : "df/dy", change[i], estimate[i].value, estimate[i].error);
  }

  const auto to_x_and_y = [](std::span<const double> p) {
    return Numbers{p[0] * std::cos(p[1]), p[0] * std::sin(p[1])};
  };
  const double r = 2;
  const double a = 0.5;
  const auto j = gradus::estimate_jacobian(to_x_and_y, Numbers{r, a}, 2);
  std::printf("\nx = r cos a, y = r sin a at (2, 0.5)\n");
  std::printf("Jacobian  %.4f %7.4f   by hand  cos a  -r sin a  =  %.4f %7.4f\n", j[0].value,
              j[1].value, std::cos(a), -r * std::sin(a));
  std::printf("          %.4f %7.4f            sin a   r cos a     %.4f %7.4f\n", j[2].value,
              j[3].value, std::sin(a), r * std::cos(a));
}

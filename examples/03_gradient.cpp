// SPDX-License-Identifier: MIT
// A function of several variables has a slope for each of them. All together are the gradient.
//
// Prints both partial derivatives of x0^2 + x1^2 at (3, 4); the gradient at three places, by
// central differences and exactly; and what becomes of f along the gradient and against it: the
// gradient points up.
#include <cstdio>
#include <vector>

#include "gradus/diff/numerical.hpp"
#include "gradus/diff/tape.hpp"

int main() {
  using Point = std::vector<double>;
  const auto f = [](const auto& x) { return x[0] * x[0] + x[1] * x[1]; };

  // A partial derivative moves one variable and leaves the others where they are.
  Point x = {3, 4};
  std::printf("df/dx0 at (3, 4)  %.13g\n", gradus::numerical_partial(f, x, 0));
  std::printf("df/dx1 at (3, 4)  %.13g\n\n", gradus::numerical_partial(f, x, 1));

  for (Point place : {Point{3, 4}, Point{0, 2}, Point{3, 0}}) {
    const Point numerical = gradus::numerical_gradient(f, place);
    const Point exact = gradus::gradient(f, place);  // by the chain rule
    std::printf("gradient at (%g, %g)  (%.13g, %.13g)  exactly (%g, %g)\n", place[0], place[1],
                numerical[0], numerical[1], exact[0], exact[1]);
  }

  const Point slope = gradus::gradient(f, x);
  const Point ahead = {x[0] + 0.1 * slope[0], x[1] + 0.1 * slope[1]};
  const Point behind = {x[0] - 0.1 * slope[0], x[1] - 0.1 * slope[1]};
  std::printf("\nf at (3, 4) is %g, along the gradient %g, against it %g\n", f(x), f(ahead),
              f(behind));
}

// SPDX-License-Identifier: MIT
// Down from (-3, 4) to the minimum of x0^2 + x1^2, each time a step against the gradient.
//
// Prints where 100 steps by hand end. Then the library goes the same way with a learning rate that
// is right, too small and too large, and says how that ended.
#include <cstdio>
#include <span>
#include <vector>

#include "gradus/diff/numerical.hpp"
#include "gradus/diff/tape.hpp"
#include "gradus/optim/gradient_descent.hpp"
#include "gradus/texts/descent_text.hpp"

int main() {
  const auto f = [](const auto& x) { return x[0] * x[0] + x[1] * x[1]; };
  const std::vector<double> start = {-3, 4};

  std::vector<double> x = start;
  for (int step = 0; step < 100; ++step) {
    const std::vector<double> gradient = gradus::numerical_gradient(f, x);
    for (std::size_t i = 0; i < x.size(); ++i) {
      x[i] -= 0.1 * gradient[i];
    }
  }
  std::printf("by hand, 100 steps: (%.8e, %.8e)\n", x[0], x[1]);

  // The library asks for value and gradient in one, since both come from the same calculation.
  const auto value_and_gradient = [&](std::span<const double> place, std::span<double> gradient) {
    return gradus::value_and_gradient(f, place, gradient);
  };
  for (const double learning_rate : {0.1, 1e-10, 10.0}) {
    const gradus::DescentResult descent =
        gradus::gradient_descent(value_and_gradient, start, {.learning_rate = learning_rate});
    std::printf("\nlearning rate %g\n", learning_rate);
    for (const std::size_t step : {0U, 1U, 2U, 100U}) {
      const gradus::DescentPoint& point = descent.path[step];
      std::printf("%6zu  (%.9g, %.9g)  f = %g\n", step, point.x[0], point.x[1], point.value);
    }
    std::printf("%s\n", explain(gradus::Language::english, descent.outcome).seen.c_str());
  }
}

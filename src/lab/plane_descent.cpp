// SPDX-License-Identifier: MIT
#include "plane_descent.hpp"

#include <algorithm>
#include <span>
#include <vector>

#include "gradus/diff/numerical.hpp"
#include "gradus/diff/tape.hpp"

namespace gradus {

DescentResult descend(const Parameters& given, double learning_rate, bool is_numerical) {
  const Expression& f = given.function("f");
  const auto differentiate = [&](std::span<const double> x, std::span<double> slope) {
    if (!is_numerical) {
      return value_and_gradient(f, x, slope);
    }
    std::vector<double> moved(x.begin(), x.end());
    const std::vector<double> found = numerical_gradient(f, std::span(moved));
    std::copy(found.begin(), found.end(), slope.begin());
    return f(x);
  };
  DescentOptions options;
  options.learning_rate = learning_rate;
  options.num_steps = given.integer("steps");
  options.difference_step = is_numerical ? default_difference_step : 0;
  return gradient_descent(differentiate, given.numbers("start"), options);
}

}  // namespace gradus

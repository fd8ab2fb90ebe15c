// SPDX-License-Identifier: MIT
#include "plane_descent.hpp"

#include "gradus/diff/difference.hpp"

namespace gradus {

DescentResult descend(const Settings& given, double learning_rate, bool is_numerical) {
  return gradient_descent(given.function("f"), given.numbers("start"),
                          {.learning_rate = learning_rate,
                           .num_steps = given.integer("steps"),
                           .difference_step = is_numerical ? default_difference_step : 0});
}

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "gradus/core/random.hpp"

namespace gradus {

struct RandomExpressionOptions {
  int num_variables = 1;    // x0 to x(n-1); each may or may not occur
  int max_depth = 4;        // of operations, without those that keep arguments where f is defined
  double cancellation = 0;  // probability that a part g is written ((g + K) - K), K up to 1e10
};

/// The text of a random function for Expression: + - * / sin cos exp log sqrt tanh sigmoid and
/// powers, also fractional ones of numbers far from 1, constants of many sizes with all their
/// digits. No kinks.
///
/// It has a value nearly everywhere, but not everywhere: some of its logarithms and roots are of
/// whatever comes, and it may overflow. Whoever evaluates it skips, and counts, what is not finite.
[[nodiscard]] std::string random_expression(Random& random, const RandomExpressionOptions& options);

}  // namespace gradus

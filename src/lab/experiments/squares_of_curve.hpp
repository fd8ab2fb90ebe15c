// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "gradus/data/dataset.hpp"
#include "gradus/lab/result.hpp"

namespace gradus {

/// What half the sum of squares and the mean of squares have in common, on a net 1-8-1 that fits a
/// curve: the gradient by the answers, and gradient descent by all points at once. Their texts are
/// those of the experiment `fitting`.
struct SquaresOptions {
  double learning_rate = 0.1;  // for the mean
  std::size_t num_steps = 200;
  std::uint64_t seed = 1;
};

/// @param samples  one number in, one number to be learned
void add_squares_of_curve(Result& result, const Samples& samples, const SquaresOptions& options);

}  // namespace gradus

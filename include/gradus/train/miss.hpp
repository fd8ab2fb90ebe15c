// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <vector>

#include "gradus/data/dataset.hpp"
#include "gradus/train/regressor.hpp"

namespace gradus {

/// By how much one number of one sample is missed.
struct Miss {
  std::size_t sample;  // its index
  std::size_t target;  // which of its numbers
  double truth;        // in the units it came in
  double answer;
  double deviations;  // |answer - truth| in deviations of the training rows
};

/// All of them, the worst first; equally bad ones in the order of the samples.
/// @throws ShapeError  another number of features or targets than the regressor has
template <Real T>
[[nodiscard]] std::vector<Miss> find_misses(Regressor<T>& regressor, const Samples& samples);

}  // namespace gradus

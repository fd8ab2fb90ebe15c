// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "gradus/data/dataset.hpp"

namespace gradus {

/// How far the gradient of a mini-batch is from that of all samples: the root mean square of the
/// distance, as a share of the length of the gradient of all.
struct GradientSpread {
  struct OfBatches {
    std::size_t batch_size;
    double measured;  // over num_spread_batches drawn batches
  };
  double of_singles = 0;  // over every sample alone, each once
  std::vector<OfBatches> of_batches;

  /// What batches of independent draws have.
  [[nodiscard]] double expected(std::size_t batch_size) const;
};

inline constexpr std::size_t num_spread_batches = 40;

/// Of the first weights of a net of one layer with softmax and cross entropy, for batches of 1, 4,
/// 16, 64 and 256 samples (those that are not larger than all) drawn with replacement.
/// @param images  of digits, at least 2
[[nodiscard]] GradientSpread gradient_spread(const Samples& images, std::uint64_t seed);

}  // namespace gradus

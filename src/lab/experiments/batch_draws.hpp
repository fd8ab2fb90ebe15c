// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "gradus/data/batches.hpp"

namespace gradus {

/// The chance that a batch of k draws from n samples, with replacement, has one twice:
/// 1 - (1 - 1/n) (1 - 2/n) ... (1 - (k-1)/n).
[[nodiscard]] double duplicate_chance(std::size_t n, std::size_t k);

/// How many of so many drawn batches had a sample twice.
struct Duplicates {
  std::size_t num_batches = 0;
  std::size_t num_with = 0;

  [[nodiscard]] double share() const {
    return static_cast<double>(num_with) / static_cast<double>(num_batches);
  }
};

/// Draws 10,000 batches, or fewer when they are larger than 100.
[[nodiscard]] Duplicates draw_duplicates(std::size_t n, std::size_t k, std::uint64_t seed);

inline constexpr std::size_t num_covered_epochs = 3;

/// Which share of all samples was in some batch, after 0, 1, 2, ... iterations of three epochs.
struct Coverage {
  std::size_t num_samples;
  std::size_t batch_size;
  std::size_t per_epoch;            // iterations
  std::vector<double> replacement;  // drawn
  std::vector<double> shuffle;      // drawn

  /// The mean with replacement: 1 - (1 - 1/n)^(k * iteration).
  [[nodiscard]] double expected(std::size_t iteration) const;
};

/// @param options  their sampling does not matter
[[nodiscard]] Coverage draw_coverage(BatchOptions options);

}  // namespace gradus

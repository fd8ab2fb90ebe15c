// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gradus/core/real.hpp"

namespace gradus {

/// All that a run needs, besides its options and its data, to go on with the same bits. Random
/// numbers are not part of it: what an iteration draws depends on the seed and its number alone.
template <Real T>
struct Checkpoint {
  struct Memory {
    std::string name;
    std::vector<T> values;
  };

  std::uint64_t iteration = 0;  // updates made
  std::vector<T> parameters;
  std::vector<Memory> memory;  // of the optimizer
  std::optional<std::uint64_t> last_recorded_iteration;
  // Of early stopping; empty without it.
  std::vector<T> best_parameters;
  std::optional<double> best_validation_loss;
  std::size_t num_records_without_improvement = 0;
};

/// The bytes of a checkpoint file: safetensors with a checksum of everything in it.
template <Real T>
[[nodiscard]] std::vector<std::uint8_t> serialize_checkpoint(const Checkpoint<T>& checkpoint);

/// Reads them back.
/// @param name  stands for the file in messages
/// @throws DataError  not a checkpoint, of a newer version or another precision, or damaged
template <Real T>
[[nodiscard]] Checkpoint<T> parse_checkpoint(std::string_view name,
                                             std::vector<std::uint8_t> bytes);

}  // namespace gradus

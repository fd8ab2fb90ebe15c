// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gradus/formats/safetensors.hpp"

namespace gradus {

/// The size of the header stands in so many bytes; the header follows.
constexpr std::size_t safetensors_header_offset = 8;
constexpr std::size_t max_safetensors_header_size = 100'000'000;
constexpr std::size_t max_safetensors_axes = 32;
constexpr std::string_view safetensors_metadata_key = "__metadata__";

/// One tensor as the header claims it to be; no claim is checked yet.
struct TensorClaim {
  std::string name;
  std::string dtype;
  std::vector<std::uint64_t> shape;
  std::vector<std::uint64_t> data_offsets;  // begin and end, exactly two
};

struct SafetensorsHeader {
  std::vector<TensorClaim> tensors;  // in the order of the header
  SafetensorsMetadata metadata;
};

/// Reads the JSON header. Checks its grammar: the fields there must be, their types, no name twice.
/// @param header  the bytes after the header's size
/// @throws DataError  the offset is exact where the JSON is broken, else that of the header
[[nodiscard]] SafetensorsHeader parse_safetensors_header(std::string_view path,
                                                         std::span<const std::uint8_t> header);

}  // namespace gradus

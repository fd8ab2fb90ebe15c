// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "gradus/formats/byte_reader.hpp"
#include "gradus/formats/npy.hpp"

namespace gradus {

inline constexpr std::array<std::uint8_t, 6> npy_magic{0x93, 'N', 'U', 'M', 'P', 'Y'};
inline constexpr std::size_t max_npy_axes = 32;

/// What stands before the elements.
struct NpyHeader {
  NpyType type;
  bool is_big_endian = false;
  bool is_column_major = false;
  Shape shape;
  std::size_t num_bytes = 0;  // of all elements, as claimed
};

/// Reads everything up to the first element.
/// @throws DataError  the offset is that of the character to blame
[[nodiscard]] NpyHeader read_npy_header(ByteReader& reader);

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "bytes.hpp"

namespace gradus {

/// The header's size, the header, and so many zero bytes of data.
inline Bytes safetensors_of(std::string_view header, std::size_t data_size = 0) {
  Bytes bytes;
  for (int shift = 0; shift < 64; shift += 8) {
    bytes.push_back(static_cast<std::uint8_t>(header.size() >> shift));
  }
  return joined(joined(bytes, bytes_of(header)), Bytes(data_size));
}

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "bytes.hpp"

namespace gradus {

/// The header of an NPY file of version 1.0, padded to a multiple of 64 bytes as NumPy does.
inline Bytes npy_header(const std::string& dictionary) {
  std::string text = dictionary;
  text.append(63 - (10 + text.size()) % 64, ' ');
  text += '\n';
  const Bytes start{0x93,
                    'N',
                    'U',
                    'M',
                    'P',
                    'Y',
                    1,
                    0,
                    static_cast<std::uint8_t>(text.size()),
                    static_cast<std::uint8_t>(text.size() >> 8)};
  return joined(start, bytes_of(text));
}

/// The dictionary as numpy.save() writes it.
inline std::string npy_dictionary(std::string_view type, std::string_view shape,
                                  std::string_view is_column_major = "False") {
  return "{'descr': '" + std::string(type) + "', 'fortran_order': " + std::string(is_column_major) +
         ", 'shape': " + std::string(shape) + ", }";
}

inline Bytes npy_file(std::string_view type, std::string_view shape, const Bytes& elements) {
  return joined(npy_header(npy_dictionary(type, shape)), elements);
}

}  // namespace gradus

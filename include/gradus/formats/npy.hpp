// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gradus/core/real.hpp"
#include "gradus/core/shape.hpp"

namespace gradus {

/// What each element of a NumPy array is.
struct NpyType {
  enum class Kind { boolean, unsigned_integer, signed_integer, floating };

  Kind kind = Kind::unsigned_integer;
  std::size_t size = 1;  // bytes: 1 for boolean; 1, 2, 4, 8 for integers; 4, 8 for floating

  /// As NumPy calls it: "uint8", "float64".
  [[nodiscard]] std::string name() const;

  bool operator==(const NpyType&) const = default;
};

/// What an NPY file holds, in one order whatever the file's.
struct NpyArray {
  NpyType type;
  Shape shape;                      // () for a single number; a size may be 0
  std::vector<std::uint8_t> bytes;  // elements row-major, each little-endian
};

/// The elements as T. One of more digits is rounded to the nearest; an infinite one, NaN or one
/// beyond the range of T is taken over as such.
template <Real T>
[[nodiscard]] std::vector<T> values_of(const NpyArray& array);

/// Reads an array as numpy.save() writes it; docs/formats.md has the grammar.
///
/// Versions 1.0, 2.0 and 3.0 of the format, both byte orders, row-major and column-major. The
/// header is a Python dictionary; it is read as text and nothing in it can run.
///
/// Cost    the file and the elements are in memory at once.
/// Source  NumPy, "A simple file format for NumPy arrays" (numpy.lib.format)
///
/// @throws DataError  unreadable; not NPY; an element type not listed above; more than 32 axes;
///                    fewer or more bytes than the shape says; a boolean that is neither 0 nor 1
[[nodiscard]] NpyArray read_npy(const std::filesystem::path& path);

/// As read_npy(), from bytes in memory.
/// @param name  what stands for the path in messages
[[nodiscard]] NpyArray parse_npy(std::string_view name, std::span<const std::uint8_t> bytes);

/// Whether the bytes begin as an NPY file does.
[[nodiscard]] bool is_npy(std::span<const std::uint8_t> bytes) noexcept;

/// How many bytes an NPY file has, by its header alone: what keeps a compressed one from becoming
/// larger than it says.
/// @param start  the first bytes of the file, with all of the header
/// @throws DataError  as parse_npy(), but for the elements; or a size that does not fit
[[nodiscard]] std::size_t npy_file_size(std::string_view name, std::span<const std::uint8_t> start);

}  // namespace gradus

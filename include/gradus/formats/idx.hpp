// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "gradus/core/shape.hpp"

namespace gradus {

/// What an IDX file holds: bytes in an array of 1 to 4 axes, row-major.
struct IdxArray {
  Shape shape;
  std::vector<std::uint8_t> elements;  // as many as `shape` says
};

/// Reads the IDX format of the MNIST files, plain or compressed with gzip; the content tells which,
/// not the name. Only the element type "unsigned byte" is read, the one those files have.
///
/// Cost    the file, its decompressed data and the elements are in memory at once. No memory is
///         taken for elements the file claims but does not have.
/// Source  Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits".
///
/// @throws DataError  unreadable; not IDX; another element type; not 1 to 4 axes; a size of 0;
///                    fewer or more bytes than the sizes say. For gzip the offset of an error in
///                    the content counts decompressed bytes and the path ends in "(decompressed)".
[[nodiscard]] IdxArray read_idx(const std::filesystem::path& path);

/// As read_idx(), from bytes in memory.
/// @param name  what stands for the path in messages
[[nodiscard]] IdxArray parse_idx(std::string_view name, std::span<const std::uint8_t> bytes);

/// Writes a plain IDX file; what read_idx() gives back is equal.
/// @throws ShapeError  not 1 to 4 axes, a size of 0 or above 2^32 - 1, or the number of elements is
///                     not that of the shape
/// @throws FileError   as write_file()
void write_idx(const std::filesystem::path& path, const IdxArray& array);

}  // namespace gradus

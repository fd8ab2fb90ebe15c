// SPDX-License-Identifier: MIT
#include "gradus/formats/idx.hpp"

#include <fmt/core.h>

#include <cstddef>
#include <limits>
#include <string>
#include <utility>

#include "gradus/core/counted.hpp"
#include "gradus/core/error.hpp"
#include "gradus/formats/byte_reader.hpp"
#include "gradus/formats/file.hpp"
#include "gradus/formats/gzip.hpp"

namespace gradus {
namespace {

constexpr std::uint8_t unsigned_byte = 0x08;
constexpr std::size_t max_num_axes = 4;
constexpr std::size_t max_header_size = 4 + 4 * max_num_axes;

std::string_view element_type_name(std::uint8_t code) {
  switch (code) {
    case 0x09:
      return "signed byte";
    case 0x0B:
      return "16-bit integer";
    case 0x0C:
      return "32-bit integer";
    case 0x0D:
      return "float";
    case 0x0E:
      return "double";
    default:
      return "unknown";
  }
}

/// The four bytes 0, 0, element type, number of axes. Returns the last.
std::size_t read_magic(ByteReader& reader) {
  const auto zeros = reader.take(2, "the start of an IDX file");
  if (zeros[0] != 0 || zeros[1] != 0) {
    reader.fail(0, fmt::format("not an IDX file: expected it to start with the bytes 00 00, "
                               "found {:02x} {:02x}",
                               zeros[0], zeros[1]));
  }
  const auto type = reader.big_endian<std::uint8_t>("the element type");
  if (type != unsigned_byte) {
    reader.fail(2, fmt::format("expected element type 0x08 (unsigned byte), found 0x{:02x} ({})",
                               type, element_type_name(type)));
  }
  const auto num_axes = reader.big_endian<std::uint8_t>("the number of axes");
  if (num_axes == 0 || num_axes > max_num_axes) {
    reader.fail(3, fmt::format("expected 1 to {} axes, found {}", max_num_axes, num_axes));
  }
  return num_axes;
}

Shape read_idx_header(ByteReader& reader) {
  const std::size_t num_axes = read_magic(reader);
  std::vector<std::size_t> sizes;
  for (std::size_t axis = 1; axis <= num_axes; ++axis) {
    const std::size_t offset = reader.offset();
    sizes.push_back(reader.big_endian<std::uint32_t>(fmt::format("the size of axis {}", axis)));
    if (sizes.back() == 0) {
      reader.fail(offset, fmt::format("the size of axis {} is 0, expected at least 1", axis));
    }
  }
  try {
    return Shape(std::move(sizes));
  } catch (const ShapeError& error) {  // the product of the sizes does not fit
    reader.fail(4, error.what());
  }
}

IdxArray parse_plain(std::string_view name, std::span<const std::uint8_t> bytes) {
  ByteReader reader(name, bytes);
  Shape shape = read_idx_header(reader);
  const auto elements = reader.take(shape.num_elements(), "the elements");
  reader.expect_end();
  return {.shape = std::move(shape), .elements = {elements.begin(), elements.end()}};
}

IdxArray parse_compressed(std::string_view name, std::span<const std::uint8_t> bytes) {
  const std::string decompressed_name = fmt::format("{} (decompressed)", name);
  // The header first: it says how much may come out, so a bomb is stopped at that.
  const std::vector<std::uint8_t> header = gzip_prefix(name, bytes, max_header_size);
  ByteReader reader(decompressed_name, header);
  const std::size_t num_elements = read_idx_header(reader).num_elements();
  constexpr std::size_t largest = std::numeric_limits<std::size_t>::max();
  const std::size_t max_size =
      num_elements > largest - reader.offset() ? largest : reader.offset() + num_elements;
  return parse_plain(decompressed_name, gzip_decompress(name, bytes, max_size));
}

void append_big_endian(std::vector<std::uint8_t>& bytes, std::uint32_t value) {
  for (const int shift : {24, 16, 8, 0}) {
    bytes.push_back(static_cast<std::uint8_t>(value >> shift));
  }
}

std::vector<std::uint8_t> serialize(const IdxArray& array) {
  const std::size_t num_axes = array.shape.num_axes();
  std::vector<std::uint8_t> bytes{0, 0, unsigned_byte, static_cast<std::uint8_t>(num_axes)};
  bytes.reserve(max_header_size + array.elements.size());
  for (const std::size_t size : array.shape.sizes()) {
    append_big_endian(bytes, static_cast<std::uint32_t>(size));
  }
  bytes.insert(bytes.end(), array.elements.begin(), array.elements.end());
  return bytes;
}

void check_can_be_written(const IdxArray& array) {
  const std::size_t num_axes = array.shape.num_axes();
  if (num_axes == 0 || num_axes > max_num_axes) {
    throw ShapeError(fmt::format("write_idx: shape {} has {}, IDX has 1 to {}",
                                 array.shape.to_string(), counted(num_axes, "axis", "axes"),
                                 max_num_axes));
  }
  for (const std::size_t size : array.shape.sizes()) {
    if (size == 0 || size > std::numeric_limits<std::uint32_t>::max()) {
      throw ShapeError(fmt::format("write_idx: shape {} has a size of {}, IDX has 1 to 2^32 - 1",
                                   array.shape.to_string(), size));
    }
  }
  if (array.elements.size() != array.shape.num_elements()) {
    throw ShapeError(fmt::format("write_idx: got {}, shape {} needs {}",
                                 counted(array.elements.size(), "element"), array.shape.to_string(),
                                 array.shape.num_elements()));
  }
}

}  // namespace

IdxArray read_idx(const std::filesystem::path& path) {
  return parse_idx(path.string(), read_file(path));
}

IdxArray parse_idx(std::string_view name, std::span<const std::uint8_t> bytes) {
  return is_gzip(bytes) ? parse_compressed(name, bytes) : parse_plain(name, bytes);
}

void write_idx(const std::filesystem::path& path, const IdxArray& array) {
  check_can_be_written(array);
  write_file(path, serialize(array));
}

}  // namespace gradus

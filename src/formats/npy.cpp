// SPDX-License-Identifier: MIT
#include "gradus/formats/npy.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <bit>
#include <limits>
#include <utility>

#include "gradus/formats/byte_reader.hpp"
#include "gradus/formats/file.hpp"
#include "npy_header.hpp"

namespace gradus {
namespace {

using Kind = NpyType::Kind;
using ByteSpan = std::span<const std::uint8_t>;

/// The elements of a column-major array, row-major.
std::vector<std::uint8_t> to_row_major(ByteSpan columns, const Shape& shape, std::size_t size) {
  std::vector<std::size_t> strides;  // in elements, of each axis in the file
  std::size_t stride = 1;
  for (const std::size_t length : shape.sizes()) {
    strides.push_back(stride);
    stride *= length;
  }
  std::vector<std::uint8_t> rows;
  rows.reserve(columns.size());
  std::vector<std::size_t> index(shape.num_axes());
  std::size_t from = 0;  // the element of that index in the file
  while (rows.size() < columns.size()) {
    const ByteSpan element = columns.subspan(from * size, size);
    rows.insert(rows.end(), element.begin(), element.end());
    for (std::size_t axis = shape.num_axes(); axis-- > 0;) {
      from += strides[axis];
      if (++index[axis] < shape[axis]) {
        break;
      }
      from -= strides[axis] * shape[axis];
      index[axis] = 0;
    }
  }
  return rows;
}

void reverse_each(std::vector<std::uint8_t>& bytes, std::size_t size) {
  for (std::size_t i = 0; i < bytes.size(); i += size) {
    const auto element = bytes.begin() + static_cast<std::ptrdiff_t>(i);
    std::reverse(element, element + static_cast<std::ptrdiff_t>(size));
  }
}

std::uint64_t bits_at(ByteSpan element) {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < element.size(); ++i) {
    bits |= std::uint64_t{element[i]} << 8 * i;
  }
  return bits;
}

template <Real T>
T to_real(NpyType type, ByteSpan element) {
  const std::uint64_t bits = bits_at(element);
  switch (type.kind) {
    case Kind::signed_integer: {
      // The sign moved to the top, and back down again with copies of it behind.
      const auto unused = static_cast<int>(64 - 8 * type.size);
      return static_cast<T>(static_cast<std::int64_t>(bits << unused) >> unused);
    }
    case Kind::floating:
      return type.size == 4 ? static_cast<T>(std::bit_cast<float>(static_cast<std::uint32_t>(bits)))
                            : static_cast<T>(std::bit_cast<double>(bits));
    default:
      return static_cast<T>(bits);
  }
}

void expect_booleans(const ByteReader& reader, std::size_t start, ByteSpan bytes) {
  const auto wrong = std::find_if(bytes.begin(), bytes.end(), [](auto byte) { return byte > 1; });
  if (wrong != bytes.end()) {
    reader.fail(start + static_cast<std::size_t>(wrong - bytes.begin()),
                fmt::format("a boolean is {}, expected 0 or 1", *wrong));
  }
}

}  // namespace

std::string NpyType::name() const {
  switch (kind) {
    case Kind::boolean:
      return "bool";
    case Kind::unsigned_integer:
      return fmt::format("uint{}", 8 * size);
    case Kind::signed_integer:
      return fmt::format("int{}", 8 * size);
    default:
      return fmt::format("float{}", 8 * size);
  }
}

template <Real T>
std::vector<T> values_of(const NpyArray& array) {
  std::vector<T> values;
  values.reserve(array.shape.num_elements());
  const ByteSpan bytes(array.bytes);
  for (std::size_t i = 0; i < bytes.size(); i += array.type.size) {
    values.push_back(to_real<T>(array.type, bytes.subspan(i, array.type.size)));
  }
  return values;
}

NpyArray read_npy(const std::filesystem::path& path) {
  return parse_npy(path.string(), read_file(path));
}

NpyArray parse_npy(std::string_view name, std::span<const std::uint8_t> bytes) {
  ByteReader reader(name, bytes);
  NpyHeader header = read_npy_header(reader);
  const std::size_t start = reader.offset();
  const ByteSpan elements = reader.take(header.num_bytes, "the elements");
  reader.expect_end();
  if (header.type.kind == Kind::boolean) {
    expect_booleans(reader, start, elements);
  }
  NpyArray array{.type = header.type, .shape = std::move(header.shape), .bytes = {}};
  array.bytes = header.is_column_major
                    ? to_row_major(elements, array.shape, array.type.size)
                    : std::vector<std::uint8_t>(elements.begin(), elements.end());
  if (header.is_big_endian) {
    reverse_each(array.bytes, array.type.size);
  }
  return array;
}

bool is_npy(std::span<const std::uint8_t> bytes) noexcept {
  return bytes.size() >= npy_magic.size() &&
         std::equal(npy_magic.begin(), npy_magic.end(), bytes.begin());
}

std::size_t npy_file_size(std::string_view name, std::span<const std::uint8_t> start) {
  ByteReader reader(name, start);
  const std::size_t num_bytes = read_npy_header(reader).num_bytes;
  if (num_bytes > std::numeric_limits<std::size_t>::max() - reader.offset()) {
    reader.fail(0, "the array is larger than memory can be");
  }
  return reader.offset() + num_bytes;
}

template std::vector<float> values_of<float>(const NpyArray&);
template std::vector<double> values_of<double>(const NpyArray&);

}  // namespace gradus

// SPDX-License-Identifier: MIT
#include "gradus/formats/byte_reader.hpp"

#include <fmt/core.h>

#include "gradus/core/counted.hpp"
#include "gradus/core/error.hpp"

namespace gradus {

ByteReader::ByteReader(std::string_view path, std::span<const std::uint8_t> bytes) noexcept
    : path_(path), bytes_(bytes) {
}

std::span<const std::uint8_t> ByteReader::take(std::uint64_t num_bytes, std::string_view what) {
  // Compared with what is left, never added to the offset: the claim may be close to 2^64.
  if (num_bytes > remaining()) {
    fail(offset_, fmt::format("{}: expected {}, found {}: {} missing", what,
                              counted(num_bytes, "byte"), remaining(), num_bytes - remaining()));
  }
  const auto taken = bytes_.subspan(offset_, static_cast<std::size_t>(num_bytes));
  offset_ += taken.size();
  return taken;
}

template <std::unsigned_integral T>
T ByteReader::big_endian(std::string_view what) {
  T value = 0;
  for (const std::uint8_t byte : take(sizeof(T), what)) {
    value = static_cast<T>(std::uint64_t{value} << 8 | byte);
  }
  return value;
}

template <std::unsigned_integral T>
T ByteReader::little_endian(std::string_view what) {
  std::uint64_t value = 0;
  int shift = 0;
  for (const std::uint8_t byte : take(sizeof(T), what)) {
    value |= std::uint64_t{byte} << shift;
    shift += 8;
  }
  return static_cast<T>(value);
}

void ByteReader::expect_end() const {
  if (remaining() != 0) {
    fail(offset_, fmt::format("expected the end of the data, found {}",
                              counted(remaining(), "trailing byte")));
  }
}

void ByteReader::fail(std::size_t offset, std::string_view reason) const {
  throw DataError(path_, offset, reason);
}

template std::uint8_t ByteReader::big_endian(std::string_view);
template std::uint16_t ByteReader::big_endian(std::string_view);
template std::uint32_t ByteReader::big_endian(std::string_view);
template std::uint64_t ByteReader::big_endian(std::string_view);
template std::uint8_t ByteReader::little_endian(std::string_view);
template std::uint16_t ByteReader::little_endian(std::string_view);
template std::uint32_t ByteReader::little_endian(std::string_view);
template std::uint64_t ByteReader::little_endian(std::string_view);

}  // namespace gradus

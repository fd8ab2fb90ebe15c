// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace gradus {

/// Reads a run of bytes from front to back and never past its end.
///
/// Looks at memory and a path somebody else owns; both must outlive the reader. Every failure is a
/// DataError with the path, the byte offset, what was expected and what was found, and leaves the
/// reader where it was.
class ByteReader {
 public:
  /// @param path  the file, or what stands for it in messages
  ByteReader(std::string_view path, std::span<const std::uint8_t> bytes) noexcept;

  /// How many bytes have been read.
  [[nodiscard]] std::size_t offset() const noexcept { return offset_; }
  [[nodiscard]] std::size_t remaining() const noexcept { return bytes_.size() - offset_; }

  /// The next `num_bytes` bytes, not copied.
  /// @param num_bytes  any number, as a file may claim it
  /// @param what       what they are, for the message: "the size of axis 2"
  /// @throws DataError  fewer are left; the message says how many are missing
  std::span<const std::uint8_t> take(std::uint64_t num_bytes, std::string_view what);

  /// The next sizeof(T) bytes as an unsigned integer of 8, 16, 32 or 64 bits.
  /// @throws DataError  as take()
  template <std::unsigned_integral T>
  T big_endian(std::string_view what);
  template <std::unsigned_integral T>
  T little_endian(std::string_view what);

  /// @throws DataError  bytes are left; the message says how many
  void expect_end() const;

  /// @param offset  the byte to blame
  /// @throws DataError  always
  [[noreturn]] void fail(std::size_t offset, std::string_view reason) const;

 private:
  std::string_view path_;
  std::span<const std::uint8_t> bytes_;
  std::size_t offset_ = 0;  // <= bytes_.size()
};

}  // namespace gradus

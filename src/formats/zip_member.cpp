// SPDX-License-Identifier: MIT
#include <fmt/core.h>
#include <zlib.h>

#include <algorithm>
#include <new>

#include "gradus/core/counted.hpp"
#include "gradus/core/error.hpp"
#include "in_quotes.hpp"
#include "zip.hpp"

namespace gradus {
namespace {

using ByteSpan = std::span<const std::uint8_t>;

/// Decompresses the data of one member piece by piece.
class Inflater {
 public:
  static constexpr std::size_t largest_piece = 1 << 16;

  /// @param data  fewer than 4 GB, as every member of a ZIP archive that is not ZIP64
  explicit Inflater(ByteSpan data) {
    constexpr int largest_window_no_wrapper = -15;
    if (::inflateInit2(&stream_, largest_window_no_wrapper) != Z_OK) {
      throw std::bad_alloc();
    }
    // zlib reads through this pointer; it is not const for the sake of old compilers.
    stream_.next_in = const_cast<Bytef*>(data.data());
    stream_.avail_in = static_cast<uInt>(data.size());
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() { ::inflateEnd(&stream_); }

  /// The next bytes, at most `max_size`; none at the end, or when the data are damaged.
  ByteSpan next_piece(std::size_t max_size) {
    const std::size_t size = std::min(max_size, largest_piece);
    stream_.next_out = piece_.data();
    stream_.avail_out = static_cast<uInt>(size);
    while (state_ == Z_OK && stream_.avail_out != 0) {
      state_ = ::inflate(&stream_, Z_NO_FLUSH);
    }
    if (state_ == Z_MEM_ERROR) {
      throw std::bad_alloc();
    }
    return {piece_.data(), size - stream_.avail_out};
  }

  /// Whether what went wrong, if anything, is the data's fault.
  [[nodiscard]] bool is_damaged() const { return state_ != Z_OK && state_ != Z_STREAM_END; }
  /// Whether the data ended where they say they do, with nothing behind.
  [[nodiscard]] bool is_complete() const { return state_ == Z_STREAM_END && stream_.avail_in == 0; }

 private:
  int state_ = Z_OK;
  std::vector<std::uint8_t> piece_ = std::vector<std::uint8_t>(largest_piece);
  z_stream stream_{};
};

[[noreturn]] void fail(std::string_view path, const ZipMember& member, std::string_view what) {
  throw DataError(path, member.data_offset,
                  fmt::format("member {} {}", in_quotes(member.name), what));
}

}  // namespace

std::vector<std::uint8_t> zip_member_prefix(std::string_view path, ByteSpan bytes,
                                            const ZipMember& member, std::size_t num_bytes) {
  const ByteSpan data = bytes.subspan(member.data_offset, member.data_size);
  if (!member.is_deflated) {
    const ByteSpan start = data.first(std::min(num_bytes, data.size()));
    return {start.begin(), start.end()};
  }
  Inflater inflater(data);
  std::vector<std::uint8_t> output;
  while (output.size() < num_bytes) {
    const ByteSpan piece = inflater.next_piece(num_bytes - output.size());
    output.insert(output.end(), piece.begin(), piece.end());
    if (inflater.is_damaged()) {
      fail(path, member, "is corrupt: its compressed data are damaged");
    }
    if (piece.empty()) {
      break;
    }
  }
  return output;
}

std::vector<std::uint8_t> zip_member_bytes(std::string_view path, ByteSpan bytes,
                                           const ZipMember& member) {
  const ByteSpan data = bytes.subspan(member.data_offset, member.data_size);
  std::vector<std::uint8_t> output;
  if (member.is_deflated) {
    Inflater inflater(data);
    for (ByteSpan piece = inflater.next_piece(Inflater::largest_piece); !piece.empty();
         piece = inflater.next_piece(Inflater::largest_piece)) {
      if (piece.size() > member.size - output.size()) {
        fail(path, member,
             fmt::format("goes on past the {} expected", counted(member.size, "byte")));
      }
      output.insert(output.end(), piece.begin(), piece.end());
    }
    if (output.size() != member.size) {
      fail(path, member,
           fmt::format("is corrupt: {} came out, expected {}", counted(output.size(), "byte"),
                       member.size));
    }
    if (!inflater.is_complete()) {
      fail(path, member, "is corrupt: its compressed data do not end where the member does");
    }
  } else {
    output.assign(data.begin(), data.end());
  }
  if (::crc32_z(0, output.data(), output.size()) != member.crc32) {
    fail(path, member, "is corrupt: its checksum is wrong");
  }
  return output;
}

}  // namespace gradus

// SPDX-License-Identifier: MIT
#include "gradus/formats/gzip.hpp"

#include <fmt/core.h>
#include <zlib.h>

#include <algorithm>
#include <limits>
#include <new>

#include "gradus/core/counted.hpp"
#include "gradus/core/error.hpp"

namespace gradus {
namespace {

/// Decompresses piece by piece, across members.
class GzipReader {
 public:
  static constexpr std::size_t largest_piece = 1 << 16;

  GzipReader(std::string_view path, std::span<const std::uint8_t> bytes)
      : path_(path), bytes_(bytes) {
    constexpr int largest_window = 15;
    constexpr int gzip_only = 16;  // added to the window: zlib's way to choose the wrapper
    if (::inflateInit2(&stream_, largest_window + gzip_only) != Z_OK) {
      throw std::bad_alloc();
    }
  }
  GzipReader(const GzipReader&) = delete;
  GzipReader& operator=(const GzipReader&) = delete;
  ~GzipReader() { ::inflateEnd(&stream_); }

  /// The next decompressed bytes, at most `max_size` and valid until the next call; none at the end
  /// of the data.
  std::span<const std::uint8_t> next_piece(std::size_t max_size = largest_piece) {
    std::size_t size = 0;
    while (size == 0 && !is_at_end_) {
      size = inflate_once(std::min(max_size, largest_piece));
    }
    return {piece_.data(), size};
  }

  [[noreturn]] void fail(std::string_view reason) const { throw DataError(path_, offset_, reason); }

 private:
  std::size_t inflate_once(std::size_t max_size) {
    const auto input = bytes_.subspan(offset_);
    constexpr std::size_t most_at_once = std::numeric_limits<uInt>::max();
    // zlib reads through this pointer; it is not const for the sake of old compilers.
    stream_.next_in = const_cast<Bytef*>(input.data());
    stream_.avail_in = static_cast<uInt>(std::min(input.size(), most_at_once));
    stream_.next_out = piece_.data();
    stream_.avail_out = static_cast<uInt>(max_size);
    const uInt avail_in = stream_.avail_in;
    const int result = ::inflate(&stream_, Z_NO_FLUSH);
    offset_ += avail_in - stream_.avail_in;
    check(result);
    if (result == Z_STREAM_END) {
      start_next_member();
    }
    return max_size - stream_.avail_out;
  }

  void check(int result) const {
    switch (result) {
      case Z_OK:
      case Z_STREAM_END:
        return;
      case Z_MEM_ERROR:
        throw std::bad_alloc();
      case Z_BUF_ERROR:  // no progress possible: there is room for output, so input is missing
        fail("the gzip data is cut short");
      default:
        fail(fmt::format("the gzip data is corrupt: {}",
                         stream_.msg != nullptr ? stream_.msg : "not a gzip stream"));
    }
  }

  void start_next_member() {
    const auto rest = bytes_.subspan(offset_);
    if (rest.empty()) {
      is_at_end_ = true;
    } else if (is_gzip(rest)) {
      ::inflateReset(&stream_);
    } else {
      fail(fmt::format("expected the end of the gzip data, found {}",
                       counted(rest.size(), "trailing byte")));
    }
  }

  std::string_view path_;
  std::span<const std::uint8_t> bytes_;
  std::size_t offset_ = 0;
  bool is_at_end_ = false;
  std::vector<std::uint8_t> piece_ = std::vector<std::uint8_t>(largest_piece);
  z_stream stream_{};
};

}  // namespace

bool is_gzip(std::span<const std::uint8_t> bytes) noexcept {
  return bytes.size() >= 2 && bytes[0] == 0x1f && bytes[1] == 0x8b;
}

std::vector<std::uint8_t> gzip_decompress(std::string_view path,
                                          std::span<const std::uint8_t> bytes,
                                          std::size_t max_size) {
  GzipReader reader(path, bytes);
  std::vector<std::uint8_t> output;
  for (auto piece = reader.next_piece(); !piece.empty(); piece = reader.next_piece()) {
    if (piece.size() > max_size - output.size()) {
      reader.fail(fmt::format("the decompressed data goes on past the {} expected",
                              counted(max_size, "byte")));
    }
    output.insert(output.end(), piece.begin(), piece.end());
  }
  return output;
}

std::vector<std::uint8_t> gzip_prefix(std::string_view path, std::span<const std::uint8_t> bytes,
                                      std::size_t num_bytes) {
  GzipReader reader(path, bytes);
  std::vector<std::uint8_t> output;
  while (output.size() < num_bytes) {
    const auto piece = reader.next_piece(num_bytes - output.size());
    if (piece.empty()) {
      break;
    }
    output.insert(output.end(), piece.begin(), piece.end());
  }
  return output;
}

}  // namespace gradus

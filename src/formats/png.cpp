// SPDX-License-Identifier: MIT
#include "gradus/formats/png.hpp"

#include <fmt/format.h>
#include <png.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <csetjmp>
#include <new>
#include <optional>
#include <utility>
#include <vector>

#include "formats/picture_claim.hpp"
#include "gradus/core/error.hpp"
#include "gradus/formats/byte_reader.hpp"
#include "gradus/formats/file.hpp"

namespace gradus {
namespace {

using ByteSpan = std::span<const std::uint8_t>;

constexpr std::array<std::uint8_t, 8> signature{0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

/// Goes through all chunks to the end: libpng stops looking when it has its pixels, and says of
/// what is damaged neither where nor which chunk.
/// @returns  bytes of compressed pixels
std::uint64_t check_chunks(const std::string& path, ByteSpan bytes) {
  ByteReader reader(path, bytes);
  reader.take(signature.size(), "the signature");
  std::uint64_t num_pixel_bytes = 0;
  for (bool is_last = false; !is_last;) {
    const auto size = reader.big_endian<std::uint32_t>("the size of a chunk");
    const std::size_t offset = reader.offset();
    const ByteSpan chunk = reader.take(std::uint64_t{size} + 4, "a chunk");
    if (::crc32_z(0, chunk.data(), chunk.size()) !=
        reader.big_endian<std::uint32_t>("a checksum")) {
      reader.fail(offset, "the chunk is damaged: its checksum is wrong");
    }
    const std::string type(chunk.begin(), chunk.begin() + 4);
    num_pixel_bytes += type == "IDAT" ? size : 0;
    is_last = type == "IEND";
  }
  return num_pixel_bytes;
}

/// libpng with one file. (Its simple interface garbles interlaced pictures of 16 bits.)
///
/// libpng reports an error by a jump back to where setjmp() was called last, past all destructors
/// between: so that call is in functions that own nothing.
class PngDecoder {
 public:
  PngDecoder(const std::string& path, ByteSpan bytes) : path_(path), bytes_(bytes) {
    png_ = ::png_create_read_struct(PNG_LIBPNG_VER_STRING, this, on_error, on_warning);
    info_ = png_ == nullptr ? nullptr : ::png_create_info_struct(png_);
    if (info_ == nullptr) {
      ::png_destroy_read_struct(&png_, nullptr, nullptr);
      throw std::bad_alloc();
    }
    ::png_set_read_fn(png_, this, read_bytes);
  }
  PngDecoder(const PngDecoder&) = delete;
  PngDecoder& operator=(const PngDecoder&) = delete;
  ~PngDecoder() { ::png_destroy_read_struct(&png_, &info_, nullptr); }

  void read_header() { check(try_to_read_header()); }

  [[nodiscard]] PictureSize size() const {
    return {.height = ::png_get_image_height(png_, info_),
            .width = ::png_get_image_width(png_, info_)};
  }

  GrayImage read_pixels() {
    const std::size_t num_channels = ::png_get_channels(png_, info_);  // 2 with opacity
    const auto [height, width] = size();
    const std::size_t row_size = width * num_channels;
    std::vector<std::uint8_t> pixels(height * row_size);
    std::vector<png_bytep> rows;
    for (std::size_t y = 0; y < height; ++y) {
      rows.push_back(pixels.data() + y * row_size);
    }
    check(try_to_read_rows(rows.data()));
    GrayImage image{.height = height, .width = width, .brightness = {}, .opacity = {}};
    if (num_channels == 1) {
      image.brightness = std::move(pixels);
      return image;
    }
    image.brightness.reserve(pixels.size() / 2);
    image.opacity.reserve(pixels.size() / 2);
    for (std::size_t i = 0; i < pixels.size(); i += 2) {
      image.brightness.push_back(pixels[i]);
      image.opacity.push_back(pixels[i + 1]);
    }
    return image;
  }

 private:
  bool try_to_read_header() {
    if (setjmp(png_jmpbuf(png_)) != 0) {
      return false;
    }
    ::png_read_info(png_, info_);
    ::png_set_expand(png_);    // palettes, fewer than 8 bits, transparent colours
    ::png_set_scale_16(png_);  // more than 8 bits
    constexpr int in_silence = 1;
    constexpr int usual_weights = -1;
    if ((::png_get_color_type(png_, info_) & PNG_COLOR_MASK_COLOR) != 0) {
      ::png_set_rgb_to_gray_fixed(png_, in_silence, usual_weights, usual_weights);
    }
    ::png_set_interlace_handling(png_);
    ::png_read_update_info(png_, info_);
    return true;
  }

  bool try_to_read_rows(png_bytepp rows) {
    if (setjmp(png_jmpbuf(png_)) != 0) {
      return false;
    }
    ::png_read_image(png_, rows);
    return true;
  }

  void check(bool is_done) const {
    if (!is_done) {
      throw DataError(path_, std::nullopt, fmt::format("not a readable PNG: {}", message_.data()));
    }
  }

  static void on_error(png_structp png, png_const_charp message) {
    auto* const decoder = static_cast<PngDecoder*>(::png_get_error_ptr(png));
    fmt::format_to_n(decoder->message_.data(), decoder->message_.size() - 1, "{}", message);
    ::png_longjmp(png, 1);
  }

  static void on_warning(png_structp /*png*/, png_const_charp /*message*/) {}

  static void read_bytes(png_structp png, png_bytep target, std::size_t size) {
    auto* const decoder = static_cast<PngDecoder*>(::png_get_io_ptr(png));
    if (size > decoder->bytes_.size()) {
      ::png_error(png, "cut short");
    }
    std::copy_n(decoder->bytes_.begin(), size, target);
    decoder->bytes_ = decoder->bytes_.subspan(size);
  }

  const std::string& path_;
  ByteSpan bytes_;  // not read yet
  png_structp png_ = nullptr;
  png_infop info_ = nullptr;
  std::array<char, 200> message_{};
};

}  // namespace

bool is_png(std::span<const std::uint8_t> bytes) noexcept {
  return bytes.size() >= signature.size() &&
         std::equal(signature.begin(), signature.end(), bytes.begin());
}

GrayImage decode_png(const std::string& path, std::span<const std::uint8_t> bytes) {
  const std::uint64_t num_pixel_bytes = check_chunks(path, bytes);
  PngDecoder decoder(path, bytes);
  decoder.read_header();
  constexpr std::uint64_t most_from_a_byte = 1032 * 8;  // by deflate; pixels of one bit
  check_picture_claim(path, decoder.size(), num_pixel_bytes, most_from_a_byte);
  return decoder.read_pixels();
}

PictureSize png_size(const std::string& path, std::span<const std::uint8_t> bytes) {
  PngDecoder decoder(path, bytes);
  decoder.read_header();
  return decoder.size();
}

std::vector<std::uint8_t> encode_png(std::span<const std::uint8_t> pixels, std::uint32_t height,
                                     std::uint32_t width) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.format = PNG_FORMAT_GRAY;
  image.height = height;
  image.width = width;
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
  std::vector<std::uint8_t> bytes(size);
  if (png_image_write_to_memory(&image, bytes.data(), &size, 0, pixels.data(), 0, nullptr) == 0) {
    throw FileError(fmt::format("a picture could not be made: {}", image.message));
  }
  bytes.resize(size);
  return bytes;
}

}  // namespace gradus

// SPDX-License-Identifier: MIT
#include "gradus/formats/picture.hpp"

#include <fmt/core.h>

#include <optional>

#include "formats/picture_claim.hpp"
#include "gradus/core/counted.hpp"
#include "gradus/core/error.hpp"
#include "gradus/formats/jpeg.hpp"
#include "gradus/formats/png.hpp"

namespace gradus {
namespace {

[[noreturn]] void refuse_other_kind(const std::string& path) {
  throw DataError(path, std::nullopt, "is not a picture, expected PNG or JPEG");
}

}  // namespace

void check_picture_claim(const std::string& path, PictureSize size, std::uint64_t num_bytes,
                         std::uint64_t most_from_a_byte) {
  const std::uint64_t num_pixels = std::uint64_t{size.height} * size.width;  // each in 32 bits
  if (num_pixels > max_picture_pixels) {
    throw DataError(path, std::nullopt,
                    fmt::format("is a picture of {}x{}, expected at most {} pixels", size.width,
                                size.height, max_picture_pixels));
  }
  if (num_pixels > num_bytes * most_from_a_byte) {
    throw DataError(path, std::nullopt,
                    fmt::format("claims {}x{} pixels, more than its {} of pixels can hold",
                                size.width, size.height, counted(num_bytes, "byte")));
  }
}

bool is_picture(std::span<const std::uint8_t> bytes) noexcept {
  return is_png(bytes) || is_jpeg(bytes);
}

GrayImage decode_picture(const std::string& path, std::span<const std::uint8_t> bytes) {
  if (is_png(bytes)) {
    return decode_png(path, bytes);
  }
  if (is_jpeg(bytes)) {
    return decode_jpeg(path, bytes);
  }
  refuse_other_kind(path);
}

PictureSize picture_size(const std::string& path, std::span<const std::uint8_t> bytes) {
  if (is_png(bytes)) {
    return png_size(path, bytes);
  }
  if (is_jpeg(bytes)) {
    return jpeg_size(path, bytes);
  }
  refuse_other_kind(path);
}

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "gradus/formats/gray_image.hpp"

namespace gradus {

/// Whether the bytes begin as a PNG file does.
[[nodiscard]] bool is_png(std::span<const std::uint8_t> bytes) noexcept;

/// Decodes a PNG of any size, depth and colour type, interlaced or not, to gray. Colours become the
/// gray of their luminance; transparency is kept as opacity. What follows the last chunk is not
/// looked at: cropped screenshots have the rest of the old file there.
///
/// Cost    4 bytes a pixel; taken only when the file is large enough to hold what it claims
/// Source  ISO/IEC 15948 (PNG); decoding by libpng
///
/// @param path  the file, for messages
/// @throws DataError  damaged: cut short, a wrong checksum; or more pixels than the file can hold
///                    or than max_picture_pixels
[[nodiscard]] GrayImage decode_png(const std::string& path, std::span<const std::uint8_t> bytes);

/// The size that a PNG claims, without decoding it.
/// @throws DataError  its header is damaged
[[nodiscard]] PictureSize png_size(const std::string& path, std::span<const std::uint8_t> bytes);

/// An image as a PNG of 8 bits gray.
/// @param pixels  height * width, 0 black, 255 white
/// @throws FileError  the library refuses
[[nodiscard]] std::vector<std::uint8_t> encode_png(std::span<const std::uint8_t> pixels,
                                                   std::uint32_t height, std::uint32_t width);

}  // namespace gradus

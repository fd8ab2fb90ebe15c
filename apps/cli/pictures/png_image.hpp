// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "gradus/data/mnist_style.hpp"

namespace gradus::cli {

/// The most pixels a PNG may have: 64 million, a picture of 8192 x 8192.
inline constexpr std::uint64_t max_png_pixels = std::uint64_t{1} << 26;

/// Whether the bytes begin as a PNG file does.
[[nodiscard]] bool is_png(std::span<const std::uint8_t> bytes) noexcept;

/// Decodes a PNG of any size, depth and colour type, interlaced or not, to gray. Colours become the
/// gray of their luminance; transparency is kept as opacity.
///
/// Cost    4 bytes a pixel; taken only when the file is large enough to hold what it claims
/// Source  ISO/IEC 15948 (PNG); decoding by libpng
///
/// @param path  the file, for messages
/// @throws DataError  damaged: cut short, a wrong checksum, trailing bytes; or more pixels than the
///                    file can hold or than max_png_pixels
[[nodiscard]] GrayImage decode_png(const std::string& path, std::span<const std::uint8_t> bytes);

/// An image as a PNG of 8 bits gray.
/// @param pixels  height * width, 0 black, 255 white
/// @throws FileError  the library refuses
[[nodiscard]] std::vector<std::uint8_t> encode_png(std::span<const std::uint8_t> pixels,
                                                   std::uint32_t height, std::uint32_t width);

}  // namespace gradus::cli

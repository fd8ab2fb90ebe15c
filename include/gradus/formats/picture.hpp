// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "gradus/formats/gray_image.hpp"

namespace gradus {

// Pictures of any format that can be read: PNG and JPEG. The content tells which, not the name.

/// The most pixels a picture may have: 64 million, one of 8192 x 8192.
inline constexpr std::uint64_t max_picture_pixels = std::uint64_t{1} << 26;

[[nodiscard]] bool is_picture(std::span<const std::uint8_t> bytes) noexcept;

/// @param path  the file, for messages
/// @throws DataError  not a picture, or as decode_png() and decode_jpeg()
[[nodiscard]] GrayImage decode_picture(const std::string& path,
                                       std::span<const std::uint8_t> bytes);

/// The size of decode_picture()'s result, from the header alone.
/// @throws DataError  as decode_picture(), where the header tells
[[nodiscard]] PictureSize picture_size(const std::string& path,
                                       std::span<const std::uint8_t> bytes);

}  // namespace gradus

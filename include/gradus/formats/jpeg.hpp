// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "gradus/formats/gray_image.hpp"

namespace gradus {

/// Whether the bytes begin as a JPEG file does.
[[nodiscard]] bool is_jpeg(std::span<const std::uint8_t> bytes) noexcept;

/// Decodes a JPEG, gray or in colour, sequential or progressive, to gray: the brightness that the
/// file keeps apart from its colours. A picture whose Exif data say that the camera was held
/// sideways is turned upright, as every viewer shows it; Exif data that cannot be read change
/// nothing. What follows the picture is not looked at: phones put a small film there.
///
/// Cost    2 bytes a pixel, of a progressive picture up to 8; taken only when the file is large
///         enough to hold what it claims. Time is proportional to the pixels: a progressive picture
///         goes over them at most 64 times
/// Source  ITU-T T.81 (JPEG); decoding by libjpeg-turbo
///
/// @param path  the file, for messages
/// @throws DataError  damaged or cut short; four colours, as for printing; arithmetic coding; more
///                    than 64 scans; or more pixels than the file can hold or than
///                    max_picture_pixels
[[nodiscard]] GrayImage decode_jpeg(const std::string& path, std::span<const std::uint8_t> bytes);

/// The size that a JPEG claims, after it is turned upright, without decoding it.
/// @throws DataError  its header is damaged, or it is of a kind that decode_jpeg() refuses
[[nodiscard]] PictureSize jpeg_size(const std::string& path, std::span<const std::uint8_t> bytes);

}  // namespace gradus

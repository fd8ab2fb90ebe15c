// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>

#include "gradus/formats/gray_image.hpp"

namespace gradus {

/// How a camera was held, by the tag "orientation" of Exif data: 1 upright, 3 upside down, 6 and 8
/// turned by a quarter, the others mirrored as well. 1 when the data do not say.
/// Source  Exif 2.3 (CIPA DC-008), tag 0112 in the first directory
/// @param segment  what stands in a JPEG's marker APP1
[[nodiscard]] int exif_orientation(std::span<const std::uint8_t> segment) noexcept;

/// Whether what is upright is as wide as the stored picture is high.
[[nodiscard]] inline bool swaps_sides(int orientation) noexcept {
  return orientation >= 5;
}

/// The picture as the camera's owner saw it.
/// @param orientation  1 to 8; 1 gives the picture itself
[[nodiscard]] GrayImage turned_upright(GrayImage image, int orientation);

}  // namespace gradus

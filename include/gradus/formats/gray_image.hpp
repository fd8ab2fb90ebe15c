// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace gradus {

/// Pixels of a picture along its sides.
struct PictureSize {
  std::size_t height = 0;
  std::size_t width = 0;

  bool operator==(const PictureSize&) const = default;
};

/// A gray picture of any size, as a camera, a scanner or a drawing program makes it. Row-major.
struct GrayImage {
  std::size_t height = 0;
  std::size_t width = 0;
  std::vector<std::uint8_t> brightness;  // height * width; 0 black, 255 white
  std::vector<std::uint8_t> opacity;     // height * width, 0 transparent; empty: 255 everywhere
};

}  // namespace gradus

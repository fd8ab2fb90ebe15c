// SPDX-License-Identifier: MIT
#include "terminal/drawing.hpp"

#include <algorithm>

namespace gradus::cli {
namespace {

constexpr std::uint8_t ink_threshold = 96;  // thin strokes stay whole, blurred edges stay thin

}  // namespace

std::vector<std::string> draw(std::span<const std::uint8_t> pixels, std::size_t height,
                              std::size_t width) {
  // The bit of each dot in a braille character, by row and column.
  constexpr unsigned dots[4][2] = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};
  constexpr unsigned empty_cell = 0x2800;
  std::vector<std::string> lines;
  for (std::size_t top = 0; top < height; top += 4) {
    std::string line;
    for (std::size_t left = 0; left < width; left += 2) {
      unsigned cell = empty_cell;
      for (std::size_t y = top; y < std::min(height, top + 4); ++y) {
        for (std::size_t x = left; x < std::min(width, left + 2); ++x) {
          cell |= pixels[y * width + x] >= ink_threshold ? dots[y - top][x - left] : 0;
        }
      }
      line += static_cast<char>(0xE0 | (cell >> 12));  // as UTF-8, three bytes
      line += static_cast<char>(0x80 | (cell >> 6 & 0x3F));
      line += static_cast<char>(0x80 | (cell & 0x3F));
    }
    lines.push_back(line);
  }
  return lines;
}

}  // namespace gradus::cli

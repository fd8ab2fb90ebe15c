// SPDX-License-Identifier: MIT
#include "terminal/drawing.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace gradus::cli {
namespace {

/// The dots of lines in braille, read by the numbers that Braille gives them: 1 2 3 7 down the left
/// side, 4 5 6 8 down the right, and dot n is bit n - 1 of what is added to U+2800.
std::vector<std::uint8_t> dots_of(const std::vector<std::string>& lines, std::size_t height,
                                  std::size_t width) {
  constexpr unsigned dots[4][2] = {{1, 4}, {2, 5}, {3, 6}, {7, 8}};
  std::vector<std::uint8_t> pixels;
  for (std::size_t y = 0; y < height; ++y) {
    for (std::size_t x = 0; x < width; ++x) {
      const std::string cell = lines.at(y / 4).substr(x / 2 * 3, 3);
      EXPECT_EQ(cell[0], '\xE2');
      const unsigned code_point = (static_cast<unsigned char>(cell[0]) & 0xFU) << 12 |
                                  (static_cast<unsigned char>(cell[1]) & 0x3FU) << 6 |
                                  (static_cast<unsigned char>(cell[2]) & 0x3FU);
      const bool is_ink = ((code_point - 0x2800) >> (dots[y % 4][x % 2] - 1) & 1U) != 0;
      pixels.push_back(is_ink ? 255 : 0);
    }
  }
  return pixels;
}

TEST(Drawing, HasADotForEachPixelOfInkWhateverTheSize) {
  std::uint32_t noise = 1;
  for (std::size_t height = 1; height <= 9; ++height) {
    for (std::size_t width = 1; width <= 5; ++width) {
      std::vector<std::uint8_t> pixels(height * width);
      for (std::uint8_t& pixel : pixels) {
        noise = noise * 1664525 + 1013904223;
        pixel = noise >> 31 != 0 ? 255 : 0;
      }
      const std::vector<std::string> lines = draw(pixels, height, width);
      ASSERT_EQ(lines.size(), (height + 3) / 4);
      for (const std::string& line : lines) {
        ASSERT_EQ(line.size(), (width + 1) / 2 * 3);
      }
      EXPECT_EQ(dots_of(lines, height, width), pixels) << height << " x " << width;
    }
  }
}

TEST(Drawing, OfPaperIsEmptyAndOfInkIsFull) {
  EXPECT_EQ(draw(std::vector<std::uint8_t>(8, 0), 4, 2), std::vector<std::string>{"⠀"});
  EXPECT_EQ(draw(std::vector<std::uint8_t>(8, 255), 4, 2), std::vector<std::string>{"⣿"});
  EXPECT_TRUE(draw({}, 0, 0).empty());
}

TEST(Drawing, TakesAShadeForInkFromSomewhereBetweenOn) {
  bool was_ink = false;
  for (unsigned shade = 0; shade < 256; ++shade) {
    const std::vector<std::uint8_t> pixel{static_cast<std::uint8_t>(shade)};
    const bool is_ink = draw(pixel, 1, 1).front() != "⠀";
    EXPECT_TRUE(is_ink || !was_ink) << shade;
    was_ink = is_ink;
  }
  EXPECT_TRUE(was_ink);
}

}  // namespace
}  // namespace gradus::cli

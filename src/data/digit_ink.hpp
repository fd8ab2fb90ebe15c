// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "digit_curve.hpp"
#include "gradus/data/digits.hpp"

namespace gradus::handwriting {

/// Ink on a sheet of 28 x 28 pixels. Lengths are in pixels; the centre of the pixel in column 3,
/// row 5 is at (3, 5).
class Ink {
 public:
  /// Draws a line with round ends and soft edges. What lies beside the sheet is cut off; where
  /// lines cross, the ink gets no darker.
  /// @param radius  half the width of the line, > 0
  void add_line(Point from, Point to, float radius);

  /// @param image  out: 0 paper, 255 ink
  void write_into(std::span<std::uint8_t, num_digit_pixels> image) const;

 private:
  std::array<float, num_digit_pixels> darkness_{};  // 0 paper; 1 and above ink
};

}  // namespace gradus::handwriting

// SPDX-License-Identifier: MIT
#include "digit_ink.hpp"

#include <algorithm>
#include <cstddef>

namespace gradus::handwriting {
namespace {

constexpr int side = static_cast<int>(digit_side);
constexpr float last_pixel = static_cast<float>(side - 1);
constexpr float edge_width = 0.7F;  // pixels of grey between ink and paper
constexpr int lanes = 8;            // pixels done together: few lines are wider than that

/// The first pixel at or after a place on the sheet.
int pixel_after(float place) {
  const float inside = std::clamp(place, 0.0F, last_pixel);
  const int whole = static_cast<int>(inside);
  return static_cast<float>(whole) < inside ? whole + 1 : whole;
}

/// The last pixel at or before a place on the sheet.
int pixel_before(float place) {
  return static_cast<int>(std::clamp(place, 0.0F, last_pixel));
}

/// A line, with what does not change from pixel to pixel.
struct Line {
  Point from;
  Point along;                // from its start to its end
  float inverse_length2 = 0;  // 1 / |along|^2
  float reach2 = 0;           // squared distance at which the ink ends
  float steepness = 0;        // darkness = steepness * (reach2 - distance^2)
};

/// Darkens `lanes` pixels of a row, from `column` on.
///
/// Darkness falls in proportion to the squared distance, not to the distance: over so narrow an
/// edge it looks the same, and no root has to be taken.
void add_to_pixels(const Line& line, int column, float y, float* pixels) {
  const float dy = y - line.from.y;
  for (int i = 0; i < lanes; ++i) {
    const float dx = static_cast<float>(column + i) - line.from.x;
    const float projection = (dx * line.along.x + dy * line.along.y) * line.inverse_length2;
    // std::clamp, or min and max the other way round, would keep GCC from vectorising the loop.
    const float nearest = std::max(0.0F, std::min(projection, 1.0F));
    const float off_x = dx - nearest * line.along.x;
    const float off_y = dy - nearest * line.along.y;
    const float darkness = line.steepness * (line.reach2 - (off_x * off_x + off_y * off_y));
    pixels[i] = std::max(pixels[i], darkness);
  }
}

}  // namespace

void Ink::add_line(Point from, Point to, float radius) {
  constexpr float tiny = 1e-9F;  // keeps a line of length 0 from dividing by 0
  const float reach = radius + edge_width / 2;
  Line line;
  line.from = from;
  line.along = {to.x - from.x, to.y - from.y};
  line.inverse_length2 = 1 / (line.along.x * line.along.x + line.along.y * line.along.y + tiny);
  line.reach2 = reach * reach;
  // From 0 at radius + edge / 2 to 1 at radius - edge / 2: the difference of those squared.
  line.steepness = 1 / (2 * radius * edge_width);

  const int first_row = pixel_after(std::min(from.y, to.y) - reach);
  const int last_row = pixel_before(std::max(from.y, to.y) + reach);
  const int first_column = pixel_after(std::min(from.x, to.x) - reach);
  const int last_column = pixel_before(std::max(from.x, to.x) + reach);
  for (int row = first_row; row <= last_row; ++row) {
    for (int column = first_column; column <= last_column; column += lanes) {
      // Moved back where it would leave the sheet; drawing a pixel twice changes nothing.
      const int start = std::min(column, side - lanes);
      add_to_pixels(line, start, static_cast<float>(row), darkness_.data() + row * side + start);
    }
  }
}

void Ink::write_into(std::span<std::uint8_t, num_digit_pixels> image) const {
  for (std::size_t i = 0; i < num_digit_pixels; ++i) {
    const int grey = static_cast<int>(darkness_[i] * 255 + 0.5F);
    image[i] = static_cast<std::uint8_t>(std::min(grey, 255));
  }
}

}  // namespace gradus::handwriting

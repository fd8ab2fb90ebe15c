// SPDX-License-Identifier: MIT
#include "picture_sheet.hpp"

#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

namespace gradus {
namespace {

constexpr std::size_t step = digit_side + 1;  // from a picture to the next

std::vector<double> places(std::size_t count) {
  std::vector<double> numbers;
  for (std::size_t i = 0; i < count; ++i) {
    numbers.push_back(static_cast<double>(i));
  }
  return numbers;
}

}  // namespace

Picture picture_of(std::span<const std::uint8_t> image) {
  Picture picture;
  for (const std::uint8_t byte : image) {
    picture.push_back(byte / 255.0);
  }
  return picture;
}

Figure picture_sheet(std::string title, std::span<const Picture> pictures) {
  constexpr double width_over_height = 1.25;  // of the sheet, about
  const auto count = static_cast<double>(pictures.size());
  const auto num_cols = static_cast<std::size_t>(std::lround(std::sqrt(width_over_height * count)));
  const std::size_t num_rows = (pictures.size() + num_cols - 1) / num_cols;
  const std::size_t width = num_cols * step - 1;
  const std::size_t height = num_rows * step - 1;
  Series sheet{.kind = SeriesKind::image, .x = places(width), .y = places(height)};
  sheet.z.assign(width * height, std::numeric_limits<double>::quiet_NaN());
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    const std::size_t left = i % num_cols * step;
    const std::size_t top = i / num_cols * step;
    for (std::size_t pixel = 0; pixel < num_digit_pixels; ++pixel) {
      const std::size_t x = left + pixel % digit_side;
      const std::size_t y = top + pixel / digit_side;
      sheet.z[x * height + y] = pictures[i][pixel];
    }
  }
  return {.title = std::move(title),
          .x = {},
          .y = {},
          .series = {std::move(sheet)},
          .has_equal_scales = true};
}

}  // namespace gradus

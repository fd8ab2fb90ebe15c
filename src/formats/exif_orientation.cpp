// SPDX-License-Identifier: MIT
#include "formats/exif_orientation.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace gradus {
namespace {

constexpr std::string_view exif_name("Exif\0\0", 6);
constexpr std::uint32_t orientation_tag = 0x0112;
constexpr std::uint32_t short_type = 3;
constexpr std::size_t entry_size = 12;

/// Numbers in TIFF, which says in its first bytes which end of a number comes first. What is not
/// there is 0.
class TiffReader {
 public:
  explicit TiffReader(std::span<const std::uint8_t> bytes)
      : bytes_(bytes), is_little_endian_(!bytes.empty() && bytes[0] == 'I') {}

  [[nodiscard]] std::uint32_t number(std::size_t offset, std::size_t size) const {
    if (offset > bytes_.size() || size > bytes_.size() - offset) {
      return 0;
    }
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < size; ++i) {
      const std::size_t place = is_little_endian_ ? size - 1 - i : i;
      number = number << 8 | bytes_[offset + place];
    }
    return number;
  }

 private:
  std::span<const std::uint8_t> bytes_;
  bool is_little_endian_;
};

}  // namespace

int exif_orientation(std::span<const std::uint8_t> segment) noexcept {
  if (segment.size() < exif_name.size() ||
      !std::equal(exif_name.begin(), exif_name.end(), segment.begin(),
                  [](char a, std::uint8_t b) { return static_cast<std::uint8_t>(a) == b; })) {
    return 1;
  }
  const TiffReader tiff(segment.subspan(exif_name.size()));
  const std::size_t directory = tiff.number(4, 4);
  const std::size_t num_entries = tiff.number(directory, 2);
  for (std::size_t i = 0; i < num_entries; ++i) {
    const std::size_t entry = directory + 2 + i * entry_size;
    if (tiff.number(entry, 2) == orientation_tag && tiff.number(entry + 2, 2) == short_type) {
      const std::uint32_t value = tiff.number(entry + 8, 2);
      return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
    }
  }
  return 1;
}

GrayImage turned_upright(GrayImage image, int orientation) {
  if (orientation == 1) {
    return image;
  }
  const bool is_sideways = swaps_sides(orientation);
  const bool from_right =
      orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
  const bool from_below =
      orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
  GrayImage upright{.height = is_sideways ? image.width : image.height,
                    .width = is_sideways ? image.height : image.width,
                    .brightness = {},
                    .opacity = {}};
  const auto turn = [&](const std::vector<std::uint8_t>& pixels) {
    std::vector<std::uint8_t> turned;
    turned.reserve(pixels.size());
    for (std::size_t y = 0; y < upright.height && !pixels.empty(); ++y) {
      for (std::size_t x = 0; x < upright.width; ++x) {
        const std::size_t row = is_sideways ? x : y;
        const std::size_t column = is_sideways ? y : x;
        turned.push_back(pixels[(from_below ? image.height - 1 - row : row) * image.width +
                                (from_right ? image.width - 1 - column : column)]);
      }
    }
    return turned;
  };
  upright.brightness = turn(image.brightness);
  upright.opacity = turn(image.opacity);
  return upright;
}

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "data/ink.hpp"
#include "gradus/formats/gray_image.hpp"

namespace gradus {

/// Pixels from `left` up to `right` and from `top` up to `bottom`, without the latter.
struct Box {
  std::size_t left = std::numeric_limits<std::size_t>::max();
  std::size_t top = std::numeric_limits<std::size_t>::max();
  std::size_t right = 0;
  std::size_t bottom = 0;

  [[nodiscard]] std::size_t width() const { return right - left; }
  [[nodiscard]] std::size_t height() const { return bottom - top; }

  void take_in(const Box& other);
};

/// What hangs together of the ink of a picture. On photographed paper small or faint groups are
/// noise or shadow and do not count; on drawn paper all do.
///
/// Cost  proportional to the pixels; at most 256 x 256 cells are remembered
class InkGroups {
 public:
  /// @param image, ink  must outlive this
  InkGroups(const GrayImage& image, const Ink& ink);

  /// Nothing that counts.
  [[nodiscard]] bool are_empty() const { return box_.right == 0; }

  /// Around all groups that count, to the pixel.
  [[nodiscard]] const Box& box() const { return box_; }

  /// The ink of a pixel, 0 outside of these groups.
  [[nodiscard]] double ink_at(std::size_t y, std::size_t x) const {
    return cells_[y / cell_ * num_columns_ + x / cell_].counts ? ink_.at(y, x) : 0;
  }

  /// How many characters stand side by side: groups with a clear gap between them, of similar
  /// height and similar ink. A dot on an i, the bar of a 5 and a 4 in two pieces are none of their
  /// own. At least 1.
  [[nodiscard]] std::size_t num_characters() const;

 private:
  struct Cell {
    std::uint32_t num_pixels = 0;  // with ink
    float deepest = 0;
    float strongest = 0;
    bool is_seen = false;
    bool counts = false;
  };
  struct Group {
    Box box;  // of cells
    std::uint64_t num_pixels = 0;
    double deepest = 0;
    double strongest = 0;
    std::vector<std::size_t> cells;
  };

  void find_groups();
  [[nodiscard]] Group group_at(std::size_t start);
  void leave_out_noise();
  void find_box(const GrayImage& image);

  const Ink& ink_;
  std::size_t cell_;  // pixels along the side of a cell
  std::size_t num_rows_;
  std::size_t num_columns_;
  std::vector<Cell> cells_;
  std::vector<Group> groups_;
  Box box_;
};

}  // namespace gradus

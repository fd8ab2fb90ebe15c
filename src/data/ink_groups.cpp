// SPDX-License-Identifier: MIT
#include "data/ink_groups.hpp"

#include <algorithm>

namespace gradus {
namespace {

constexpr std::size_t max_ink_cells = 256;  // along the longer side
// Ink on noisy paper: of normal noise one pixel in a thousand million is as far off, and what is
// far off without being normal, a speck, is small.
constexpr double group_deviations = 6;
constexpr std::uint64_t least_pixels = 6;
constexpr std::uint64_t least_part = 100;  // of the largest group
// Where the surface of the paper does not follow a shadow well it leaves a faint trace; a stroke is
// strong somewhere.
constexpr double least_strength = 0.4;

// Two characters: tests/unit/data/mnist_style_test.cpp has what these were measured by.
constexpr double least_gap = 0.1;  // of the height of all
constexpr double least_height = 0.6;
constexpr double least_share = 0.25;  // of the ink of the largest

}  // namespace

void Box::take_in(const Box& other) {
  left = std::min(left, other.left);
  top = std::min(top, other.top);
  right = std::max(right, other.right);
  bottom = std::max(bottom, other.bottom);
}

InkGroups::InkGroups(const GrayImage& image, const Ink& ink)
    : ink_(ink),
      cell_((std::max(image.height, image.width) + max_ink_cells - 1) / max_ink_cells),
      num_rows_((image.height + cell_ - 1) / cell_),
      num_columns_((image.width + cell_ - 1) / cell_),
      cells_(num_rows_ * num_columns_) {
  for (std::size_t y = 0; y < image.height; ++y) {
    for (std::size_t x = 0; x < image.width; ++x) {
      if (ink.at(y, x) > 0) {
        Cell& cell = cells_[y / cell_ * num_columns_ + x / cell_];
        ++cell.num_pixels;
        cell.deepest = std::max(cell.deepest, static_cast<float>(ink.depth_at(y, x)));
        cell.strongest = std::max(cell.strongest, static_cast<float>(ink.at(y, x)));
      }
    }
  }
  find_groups();
  if (ink.is_photographed()) {
    leave_out_noise();
  }
  find_box(image);
}

void InkGroups::find_groups() {
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    if (cells_[i].num_pixels > 0 && !cells_[i].is_seen) {
      groups_.push_back(group_at(i));
    }
  }
}

/// All cells with ink that hang together with one, corners included.
InkGroups::Group InkGroups::group_at(std::size_t start) {
  Group group;
  group.cells.push_back(start);
  cells_[start].is_seen = true;
  for (std::size_t next = 0; next < group.cells.size(); ++next) {
    const std::size_t row = group.cells[next] / num_columns_;
    const std::size_t column = group.cells[next] % num_columns_;
    Cell& cell = cells_[group.cells[next]];
    cell.counts = true;
    group.num_pixels += cell.num_pixels;
    group.deepest = std::max(group.deepest, static_cast<double>(cell.deepest));
    group.strongest = std::max(group.strongest, static_cast<double>(cell.strongest));
    group.box.take_in({.left = column, .top = row, .right = column + 1, .bottom = row + 1});
    for (std::size_t r = row - std::min<std::size_t>(row, 1); r < std::min(num_rows_, row + 2);
         ++r) {
      for (std::size_t c = column - std::min<std::size_t>(column, 1);
           c < std::min(num_columns_, column + 2); ++c) {
        Cell& neighbour = cells_[r * num_columns_ + c];
        if (neighbour.num_pixels > 0 && !neighbour.is_seen) {
          neighbour.is_seen = true;
          group.cells.push_back(r * num_columns_ + c);
        }
      }
    }
  }
  return group;
}

void InkGroups::leave_out_noise() {
  std::uint64_t largest = 0;
  for (const Group& group : groups_) {
    largest = std::max(largest, group.num_pixels);
  }
  const std::uint64_t least = std::max(least_pixels, largest / least_part);
  std::erase_if(groups_, [&](const Group& group) {
    const bool is_noise = group.num_pixels < least ||
                          group.deepest < group_deviations * ink_.noise() ||
                          group.strongest < least_strength * ink_.strongest();
    for (const std::size_t i : group.cells) {
      cells_[i].counts = !is_noise;
    }
    return is_noise;
  });
}

void InkGroups::find_box(const GrayImage& image) {
  for (std::size_t y = 0; y < image.height; ++y) {
    for (std::size_t x = 0; x < image.width; ++x) {
      if (ink_at(y, x) > 0) {
        box_.take_in({.left = x, .top = y, .right = x + 1, .bottom = y + 1});
      }
    }
  }
}

std::size_t InkGroups::num_characters() const {
  std::vector<Group> columns;  // from left to right; what is above something else belongs to it
  std::vector<const Group*> from_left;
  Box whole;
  for (const Group& group : groups_) {
    from_left.push_back(&group);
    whole.take_in(group.box);
  }
  std::sort(from_left.begin(), from_left.end(),
            [](const Group* a, const Group* b) { return a->box.left < b->box.left; });
  const double height = groups_.empty() ? 0 : static_cast<double>(whole.height());
  for (const Group* group : from_left) {
    const bool is_apart =
        columns.empty() || static_cast<double>(group->box.left) >=
                               static_cast<double>(columns.back().box.right) + least_gap * height;
    if (is_apart) {
      columns.emplace_back();
    }
    columns.back().box.take_in(group->box);
    columns.back().num_pixels += group->num_pixels;
  }
  std::uint64_t largest = 0;
  for (const Group& column : columns) {
    largest = std::max(largest, column.num_pixels);
  }
  const auto is_character = [&](const Group& column) {
    return static_cast<double>(column.box.height()) >= least_height * height &&
           static_cast<double>(column.num_pixels) >= least_share * static_cast<double>(largest);
  };
  const auto count = std::count_if(columns.begin(), columns.end(), is_character);
  return static_cast<std::size_t>(std::max<std::ptrdiff_t>(1, count));
}

}  // namespace gradus

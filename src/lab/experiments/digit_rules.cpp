// SPDX-License-Identifier: MIT
#include "digit_rules.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace gradus {
namespace {

constexpr std::size_t side = digit_side;

/// Ink or paper, cut to the box around the ink.
class Drawing {
 public:
  explicit Drawing(std::span<const std::uint8_t, num_digit_pixels> image) : image_(image) {
    for (std::size_t row = 0; row < side; ++row) {
      for (std::size_t col = 0; col < side; ++col) {
        if (is_ink(row, col)) {
          top_ = std::min(top_, row);
          bottom_ = std::max(bottom_, row + 1);
          left_ = std::min(left_, col);
          right_ = std::max(right_, col + 1);
        }
      }
    }
  }

  [[nodiscard]] bool is_ink(std::size_t row, std::size_t col) const {
    return image_[row * side + col] > 127;
  }
  [[nodiscard]] bool is_blank() const { return bottom_ == 0; }
  [[nodiscard]] std::size_t top() const { return top_; }
  [[nodiscard]] std::size_t left() const { return left_; }
  [[nodiscard]] std::size_t height() const { return bottom_ - top_; }
  [[nodiscard]] std::size_t width() const { return right_ - left_; }

  /// The row at this share of the height, the column at this share of the width.
  [[nodiscard]] std::size_t row_at(double share) const {
    return top_ + static_cast<std::size_t>(share * static_cast<double>(height()));
  }
  [[nodiscard]] std::size_t col_at(double share) const {
    return left_ + static_cast<std::size_t>(share * static_cast<double>(width()));
  }

 private:
  std::span<const std::uint8_t, num_digit_pixels> image_;
  std::size_t top_ = side;
  std::size_t bottom_ = 0;
  std::size_t left_ = side;
  std::size_t right_ = 0;
};

/// Runs of ink along a line of places.
template <class IsInk>
std::size_t count_strokes(std::size_t first, std::size_t count, const IsInk& is_ink) {
  std::size_t strokes = 0;
  bool was_ink = false;
  for (std::size_t i = first; i < first + count; ++i) {
    const bool is = is_ink(i);
    strokes += is && !was_ink ? 1U : 0U;
    was_ink = is;
  }
  return strokes;
}

/// Paper that cannot be reached from the margin, hole by hole.
void find_holes(const Drawing& drawing, DigitShape& shape) {
  std::vector<bool> is_seen(side * side, false);
  const auto fill = [&](std::size_t start) {
    std::vector<std::size_t> found{start};
    is_seen[start] = true;
    for (std::size_t i = 0; i < found.size(); ++i) {
      const std::size_t row = found[i] / side;
      const std::size_t col = found[i] % side;
      const auto visit = [&](std::size_t to_row, std::size_t to_col) {
        const std::size_t place = to_row * side + to_col;
        if (!is_seen[place] && !drawing.is_ink(to_row, to_col)) {
          is_seen[place] = true;
          found.push_back(place);
        }
      };
      visit(row == 0 ? 0 : row - 1, col);
      visit(std::min(row + 1, side - 1), col);
      visit(row, col == 0 ? 0 : col - 1);
      visit(row, std::min(col + 1, side - 1));
    }
    return found;
  };
  for (std::size_t i = 0; i < side; ++i) {  // all paper that touches the margin is outside
    for (const std::size_t place : {i, (side - 1) * side + i, i * side, i * side + side - 1}) {
      if (!is_seen[place] && !drawing.is_ink(place / side, place % side)) {
        fill(place);
      }
    }
  }
  std::size_t largest = 0;
  for (std::size_t place = 0; place < side * side; ++place) {
    if (is_seen[place] || drawing.is_ink(place / side, place % side)) {
      continue;
    }
    const std::vector<std::size_t> hole = fill(place);
    constexpr std::size_t specks = 2;  // pixels; smaller ones are accidents of the pen
    if (hole.size() < specks) {
      continue;
    }
    ++shape.num_holes;
    if (hole.size() > largest) {
      largest = hole.size();
      const auto [first, last] = std::minmax_element(hole.begin(), hole.end());
      const auto top = static_cast<double>(*first / side - drawing.top());
      const auto bottom = static_cast<double>(*last / side + 1 - drawing.top());
      const auto height = static_cast<double>(drawing.height());
      shape.hole_height = (bottom - top) / height;
      shape.hole_middle = (bottom + top) / 2 / height;
    }
  }
}

/// The middle of the ink of some rows, as a share of the width; 0.5 without any.
double middle_of_ink(const Drawing& drawing, double from, double to) {
  double sum = 0;
  double count = 0;
  for (std::size_t row = drawing.row_at(from); row < drawing.row_at(to); ++row) {
    for (std::size_t col = 0; col < drawing.width(); ++col) {
      if (drawing.is_ink(row, drawing.left() + col)) {
        sum += static_cast<double>(col) + 0.5;
        count += 1;
      }
    }
  }
  return count == 0 ? 0.5 : sum / count / static_cast<double>(drawing.width());
}

constexpr std::array<DigitRule, 11> rules{{
    {"two_holes", 8, [](const DigitShape& s) { return s.num_holes >= 2; }},
    {"tall_hole", 0, [](const DigitShape& s) { return s.num_holes == 1 && s.hole_height > 0.5; }},
    {"hole_below", 6, [](const DigitShape& s) { return s.num_holes == 1 && s.hole_middle > 0.5; }},
    {"hole_above", 9, [](const DigitShape& s) { return s.num_holes == 1; }},
    {"narrow", 1, [](const DigitShape& s) { return s.width < 0.45; }},
    {"bars_and_left_above", 5,
     [](const DigitShape& s) { return s.strokes_down >= 3 && s.ink_above < 0.45; }},
    {"bars_and_left_below", 2,
     [](const DigitShape& s) { return s.strokes_down >= 3 && s.ink_below < 0.5; }},
    {"bars", 3, [](const DigitShape& s) { return s.strokes_down >= 3; }},
    {"one_stroke", 1,
     [](const DigitShape& s) { return s.strokes_down == 1 && s.strokes_above == 1; }},
    {"two_strokes_above", 4, [](const DigitShape& s) { return s.strokes_above >= 2; }},
    {"anything", 7, [](const DigitShape&) { return true; }},
}};

}  // namespace

DigitShape shape_of(std::span<const std::uint8_t, num_digit_pixels> image) {
  const Drawing drawing(image);
  DigitShape shape;
  if (drawing.is_blank()) {
    return shape;
  }
  find_holes(drawing, shape);
  shape.width = static_cast<double>(drawing.width()) / static_cast<double>(drawing.height());
  for (const double across : {0.4, 0.5, 0.6}) {
    const std::size_t col = drawing.col_at(across);
    shape.strokes_down = std::max(
        shape.strokes_down, count_strokes(drawing.top(), drawing.height(), [&](std::size_t row) {
          return drawing.is_ink(row, col);
        }));
  }
  const std::size_t third = drawing.row_at(1.0 / 3);
  shape.strokes_above = count_strokes(drawing.left(), drawing.width(),
                                      [&](std::size_t col) { return drawing.is_ink(third, col); });
  shape.ink_above = middle_of_ink(drawing, 0.2, 0.4);
  shape.ink_below = middle_of_ink(drawing, 0.6, 0.8);
  return shape;
}

std::span<const DigitRule> digit_rules() {
  return rules;
}

std::size_t deciding_rule(const DigitShape& shape) {
  const auto rule =
      std::find_if(rules.begin(), rules.end(), [&](const DigitRule& r) { return r.fits(shape); });
  return static_cast<std::size_t>(rule - rules.begin());
}

}  // namespace gradus

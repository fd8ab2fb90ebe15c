// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "gradus/core/label.hpp"
#include "gradus/data/digits.hpp"

namespace gradus {

/// What a person may notice in the picture of a digit. Heights and places are shares of the box
/// around its ink, from 0 at the top and the left to 1.
struct DigitShape {
  std::size_t num_holes = 0;      // paper that ink encloses
  double hole_height = 0;         // of the largest hole
  double hole_middle = 0;         // its place from the top
  double width = 0;               // of the box, as a share of its height
  std::size_t strokes_down = 0;   // met from top to bottom, half-way across
  std::size_t strokes_above = 0;  // met from left to right, a third of the way down
  double ink_above = 0;           // where the middle of the ink is in the upper of two gaps
  double ink_below = 0;           // and in the lower
};

/// @param image  of a digit; ink is what is above half
[[nodiscard]] DigitShape shape_of(std::span<const std::uint8_t, num_digit_pixels> image);

/// A rule as a person would write it down.
struct DigitRule {
  std::string_view id;  // a text that says it
  Label digit;
  bool (*fits)(const DigitShape& shape);
};

/// The first that fits decides; the last one fits everything.
[[nodiscard]] std::span<const DigitRule> digit_rules();

/// The place of the rule that decides.
[[nodiscard]] std::size_t deciding_rule(const DigitShape& shape);

}  // namespace gradus

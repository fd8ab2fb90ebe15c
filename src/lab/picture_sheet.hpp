// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "gradus/data/digits.hpp"
#include "gradus/lab/figure.hpp"

namespace gradus {

/// One picture of a digit's size, row after row.
using Picture = std::vector<double>;

/// A digit as a picture: 0 paper, 1 ink.
[[nodiscard]] Picture picture_of(std::span<const std::uint8_t> image);

/// Pictures side by side and in rows, the first at the top left, with a blank line between them.
/// Nothing is measured along the axes.
/// @param title     a text
/// @param pictures  at least one, of num_digit_pixels numbers each
[[nodiscard]] Figure picture_sheet(std::string title, std::span<const Picture> pictures);

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace gradus::cli {

/// An image in braille characters, two pixels wide and four high each: a line of text per row.
/// @param pixels  height * width, 0 paper, 255 ink
[[nodiscard]] std::vector<std::string> draw(std::span<const std::uint8_t> pixels,
                                            std::size_t height, std::size_t width);

}  // namespace gradus::cli

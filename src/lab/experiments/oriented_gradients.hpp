// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "gradus/data/digits.hpp"

namespace gradus {

/// How edges run in each part of an image: the features that people designed for finding
/// pedestrians, long before nets found features themselves.
///
/// The slope of the ink is taken at each pixel from its neighbours. The image is cut into square
/// cells; in each cell every pixel votes for the direction of its slope (from 0 to 180 degrees: up
/// is as good as down), as strongly as it is steep, shared by the two nearest directions.
/// Source  Dalal and Triggs, "Histograms of oriented gradients for human detection" (2005).
struct OrientedGradients {
  std::size_t cells_per_side = 0;
  std::size_t num_directions = 0;
  std::vector<double> votes;  // cell by cell, row after row of cells, direction by direction

  [[nodiscard]] std::span<const double> of_cell(std::size_t row, std::size_t col) const {
    return std::span(votes).subspan((row * cells_per_side + col) * num_directions, num_directions);
  }
};

/// @param cell_side  in pixels; divides 28, at most 14
[[nodiscard]] OrientedGradients oriented_gradients(
    std::span<const std::uint8_t, num_digit_pixels> image, std::size_t cell_side,
    std::size_t num_directions);

/// The votes of all blocks of two by two cells, which overlap, each block brought to length 1, so
/// that thick and faint strokes count alike.
[[nodiscard]] std::vector<double> normalized_blocks(const OrientedGradients& gradients);

}  // namespace gradus

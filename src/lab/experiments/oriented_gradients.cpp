// SPDX-License-Identifier: MIT
#include "oriented_gradients.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "gradus/math/norm.hpp"

namespace gradus {

OrientedGradients oriented_gradients(std::span<const std::uint8_t, num_digit_pixels> image,
                                     std::size_t cell_side, std::size_t num_directions) {
  OrientedGradients found{
      .cells_per_side = digit_side / cell_side, .num_directions = num_directions, .votes = {}};
  found.votes.resize(found.cells_per_side * found.cells_per_side * num_directions);
  const auto ink = [&](std::size_t row, std::size_t col) {
    return image[row * digit_side + col] / 255.0;
  };
  const auto directions = static_cast<double>(num_directions);
  for (std::size_t row = 0; row < digit_side; ++row) {
    for (std::size_t col = 0; col < digit_side; ++col) {
      const std::size_t last = digit_side - 1;
      const double across = ink(row, std::min(col + 1, last)) - ink(row, col == 0 ? 0 : col - 1);
      const double down = ink(std::min(row + 1, last), col) - ink(row == 0 ? 0 : row - 1, col);
      const double steepness = std::hypot(across, down);
      if (steepness == 0) {
        continue;
      }
      const double angle = std::atan2(down, across) / std::numbers::pi;   // -1 ... 1
      const double place = (angle < 0 ? angle + 1 : angle) * directions;  // 0 ... directions
      const auto lower = static_cast<std::size_t>(place);
      const double share = place - static_cast<double>(lower);
      const std::size_t cell = row / cell_side * found.cells_per_side + col / cell_side;
      double* const votes = &found.votes[cell * num_directions];
      votes[lower % num_directions] += (1 - share) * steepness;
      votes[(lower + 1) % num_directions] += share * steepness;
    }
  }
  return found;
}

std::vector<double> normalized_blocks(const OrientedGradients& gradients) {
  std::vector<double> features;
  for (std::size_t row = 0; row + 1 < gradients.cells_per_side; ++row) {
    for (std::size_t col = 0; col + 1 < gradients.cells_per_side; ++col) {
      const std::size_t begin = features.size();
      for (std::size_t cell = 0; cell < 4; ++cell) {
        const std::span<const double> votes = gradients.of_cell(row + cell / 2, col + cell % 2);
        features.insert(features.end(), votes.begin(), votes.end());
      }
      const double length = euclidean_norm(std::span(features).subspan(begin));
      constexpr double nothing = 1e-6;  // a blank block stays 0
      for (std::size_t i = begin; i < features.size(); ++i) {
        features[i] /= length + nothing;
      }
    }
  }
  return features;
}

}  // namespace gradus

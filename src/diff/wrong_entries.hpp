// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "gradus/core/parameter_block.hpp"
#include "gradus/core/random.hpp"
#include "gradus/diff/gradient_check.hpp"

namespace gradus {

/// The smallest gap between derivatives that counts. A slope below it changes f by less than its
/// noise over the distances, a thousandth and less, at which a function may bend; where it does, a
/// long step that crosses the bend sees another slope, and no shorter one sees any.
[[nodiscard]] constexpr double least_visible_gap(double noise) {
  constexpr double distance = 1e-3;
  return 3 * noise / distance;
}

struct WrongEntryOptions {
  double step = 0;         // of the differences, for directions with entries from N(0, 1)
  double least_noise = 0;  // see DifferenceOptions
  std::size_t num_worst = 1;
};

/// Of the entries of a block, those whose claimed derivative is farthest off, found by halves: of
/// each part of the block one random directional derivative is compared, and the parts with the
/// largest gaps are cut in two. Entries that agree with their numerical derivative in the end are
/// left out, so there may be none.
/// @param g  (P) claimed gradient at x
/// Cost  about 4 calls of f for each entry and each halving.
[[nodiscard]] std::vector<WrongEntry> find_wrong_entries(
    const std::function<double(std::span<const double>)>& f, std::span<const double> g,
    std::span<const double> x, const ParameterBlock& block, const WrongEntryOptions& options,
    Random& random);

}  // namespace gradus

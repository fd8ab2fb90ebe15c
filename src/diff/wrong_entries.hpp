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

/// The entries of a block whose claimed derivative is farthest off, found by halves: of each part
/// of the block one random directional derivative is compared, and the parts with the largest gaps
/// are cut in two.
/// @param g      (P) claimed gradient at x
/// @param step   of the differences, for directions with entries from N(0, 1)
/// Cost  about 4 calls of f for each entry and each halving.
[[nodiscard]] std::vector<WrongEntry> find_wrong_entries(
    const std::function<double(std::span<const double>)>& f, std::span<const double> g,
    std::span<const double> x, const ParameterBlock& block, double step, std::size_t num_worst,
    Random& random);

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "gradus/core/label.hpp"

namespace gradus {

/// Samples of one list that are kept for testing, and those to learn from: their numbers,
/// ascending.
struct TestSplit {
  std::vector<std::uint32_t> train;
  std::vector<std::uint32_t> test;
};

/// One sample in so many is kept for testing, as MNIST's 10,000 of 70,000 roughly are.
inline constexpr std::size_t test_share = 6;

/// Draws N / test_share of N samples for testing, at random but the same for every seed and every
/// program (docs/decisions/0004). None of fewer than test_share.
[[nodiscard]] TestSplit draw_test_split(std::size_t num_samples);

/// As above, but no class is left without a sample to learn from: where all of a class were drawn
/// for testing, the first of them goes back.
/// @param labels  (N) each below num_classes
[[nodiscard]] TestSplit draw_test_split(std::span<const Label> labels, std::size_t num_classes);

}  // namespace gradus

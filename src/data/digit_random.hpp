// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "gradus/core/random.hpp"

namespace gradus::handwriting {

/// Uniform in [low, high), from one word of random bits.
inline float uniform(Random& random, float low, float high) noexcept {
  const auto mantissa = static_cast<float>(random.bits() >> 8);  // 24 bits: exact in a float
  return low + (high - low) * (mantissa * 0x1p-24F);
}

/// Nearly normal: mean 0, standard deviation 1, and never beyond 3.46.
///
/// The sum of the four bytes of one random word. Cheaper than Random::normal(), and no image is
/// spoilt by the rare draw far out; that the values are 0.007 apart cannot be seen.
inline float bell(Random& random) noexcept {
  constexpr int mean = 4 * 255 / 2;
  constexpr float deviation = 147.80054F;  // sqrt(4 * (256^2 - 1) / 12)
  const std::uint32_t word = random.bits();
  const std::uint32_t sum =
      (word & 255U) + ((word >> 8) & 255U) + ((word >> 16) & 255U) + (word >> 24);
  return static_cast<float>(static_cast<int>(sum) - mean) / deviation;
}

}  // namespace gradus::handwriting

// SPDX-License-Identifier: MIT
#pragma once

namespace gradus::handwriting {

/// A periodic wave between -1 and 1 that looks like a sine: arcs of two parabolas.
///
/// Its slope is continuous, which is all that smooth handwriting needs. A sine of the C library may
/// differ in the last bit from one machine to the next, and so would the images.
/// @param turns  at least -8; the period is 1
[[nodiscard]] constexpr float wave(float turns) noexcept {
  constexpr float offset = 8;  // makes the number positive, so that the cast rounds down
  const float positive = turns + offset;
  const float v = positive - static_cast<float>(static_cast<int>(positive)) - 0.5F;
  return 16 * v * (0.5F - (v < 0 ? -v : v));
}

}  // namespace gradus::handwriting

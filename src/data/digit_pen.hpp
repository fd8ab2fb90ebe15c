// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>

#include "digit_curve.hpp"
#include "gradus/core/random.hpp"
#include "gradus/data/digits.hpp"

namespace gradus::handwriting {

/// Draws a path with a pen of random width, as large as the images of MNIST are and centred by its
/// mass as they are, but for a random shift.
/// @param path   in any unit; only its shape counts
/// @param image  out, every byte is written
void draw_with_pen(const Path& path, Random& random,
                   std::span<std::uint8_t, num_digit_pixels> image);

}  // namespace gradus::handwriting

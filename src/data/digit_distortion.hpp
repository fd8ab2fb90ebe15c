// SPDX-License-Identifier: MIT
#pragma once

#include "digit_curve.hpp"
#include "gradus/core/random.hpp"

namespace gradus::handwriting {

/// What a hand does to a whole digit: bends it smoothly, makes it wider at the top or the bottom,
/// narrow or wide, leaning and turned, each by a random amount.
/// @param path  in units of the writing box around (0, 0); so it is afterwards
void distort(Path& path, Random& random);

}  // namespace gradus::handwriting

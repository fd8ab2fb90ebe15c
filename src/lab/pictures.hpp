// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "gradus/lab/figure.hpp"

namespace gradus {

/// Square pictures as one image: in rows of at most `per_row`, with a line of blank cells between
/// them.
/// @param pixels  one picture after another, each row after row: a multiple of side * side
[[nodiscard]] Series pictures(std::span<const double> pixels, std::size_t side,
                              std::size_t per_row);

}  // namespace gradus

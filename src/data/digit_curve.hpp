// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <vector>

#include "gradus/core/random.hpp"

namespace gradus::handwriting {

struct Point {
  float x = 0;
  float y = 0;
};

/// One point of the way of the pen. A line of ink leads here from the point before, unless a stroke
/// starts here.
struct PathPoint {
  Point place;
  bool starts_stroke = false;
};

/// The way of the pen: points so close to each other that straight lines between them look smooth.
using Path = std::vector<PathPoint>;

/// A smooth way through the points of a style, each of which is first moved at random.
/// @param style  an index into skeletons()
/// @returns places in units of the writing box, whose centre is (0, 0): from -0.5 to 0.5 or so
[[nodiscard]] Path trace(std::size_t style, Random& random);

}  // namespace gradus::handwriting

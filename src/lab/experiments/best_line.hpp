// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

#include "gradus/data/dataset.hpp"

namespace gradus {

/// A straight line: the points with normal_0 x0 + normal_1 x1 = offset. The normal has length 1.
struct StraightLine {
  double normal_0;
  double normal_1;
  double offset;
};

/// The line that parts two classes best, of many.
struct BestLine {
  StraightLine line;
  std::size_t num_correct;  // with one class on each side
  std::size_t num_lines;    // that were tried
};

/// Tries lines in num_directions directions, evenly spread, one in each gap between the points
/// and one beyond them.
/// @param samples  N points in the plane of classes 0 and 1; N > 0
/// Cost  num_directions N ln N
[[nodiscard]] BestLine best_line(const Samples& samples, std::size_t num_directions);

}  // namespace gradus

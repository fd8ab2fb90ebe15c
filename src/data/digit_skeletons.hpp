// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "gradus/core/label.hpp"
#include "gradus/core/random.hpp"

namespace gradus::handwriting {

/// A point the pen goes through, in hundredths of the writing box: x to the right, y down.
struct ControlPoint {
  float x = 0;
  float y = 0;
  bool is_corner = false;    // the pen turns sharply here
  bool ends_stroke = false;  // the pen is lifted here
};

/// One way of writing a digit: the points of its strokes in the order of writing.
struct Skeleton {
  static constexpr std::size_t max_points = 24;

  Label digit = 0;
  std::uint32_t weight = 0;  // how common this way is among those of the same digit
  std::size_t num_points = 0;
  std::array<ControlPoint, max_points> point_storage{};

  [[nodiscard]] constexpr std::span<const ControlPoint> points() const {
    return std::span(point_storage).first(num_points);
  }
};

/// All styles, those of one digit next to each other.
[[nodiscard]] std::span<const Skeleton> skeletons() noexcept;

/// Which style to write: a digit, each equally likely, then one of its styles by weight. Takes the
/// first numbers of an image.
/// @returns an index into skeletons()
[[nodiscard]] std::size_t choose_skeleton(Random& random) noexcept;

}  // namespace gradus::handwriting

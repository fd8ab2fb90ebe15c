// SPDX-License-Identifier: MIT
#pragma once

#include "gradus/data/plane.hpp"

namespace gradus {

/// The point of the unit circle that lies so many turns from (1, 0), counterclockwise: (cos, sin)
/// of 2 pi turns.
///
/// Within 2e-15 of it, for at most 1,000 turns. With the same bits on every machine, which the
/// functions of the C library do not promise.
[[nodiscard]] ShapePoint on_unit_circle(double turns) noexcept;

}  // namespace gradus

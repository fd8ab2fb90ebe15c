// SPDX-License-Identifier: MIT
#pragma once

#include "gradus/core/real.hpp"

namespace gradus::bench {

/// Floating-point operations a second, a fused multiply-add being two, that one core does at most
/// with the widest vectors it has: measured at the first call, the best of several.
template <Real T>
[[nodiscard]] double multiply_add_peak();

}  // namespace gradus::bench

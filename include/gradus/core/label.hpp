// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace gradus {

/// Class index of one sample, in [0, C).
using Label = std::uint32_t;

}  // namespace gradus

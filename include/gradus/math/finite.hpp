// SPDX-License-Identifier: MIT
#pragma once

#include <span>

#include "gradus/core/real.hpp"

namespace gradus {

/// Whether every number is finite: neither infinite nor NaN.
template <Real T>
[[nodiscard]] bool are_finite(std::span<const T> numbers);

}  // namespace gradus

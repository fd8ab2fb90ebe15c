// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>

namespace gradus {

/// The two number types everything is compiled for: float to train, double to differentiate
/// numerically.
template <class T>
concept Real = std::same_as<T, float> || std::same_as<T, double>;

}  // namespace gradus

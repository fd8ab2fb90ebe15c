// SPDX-License-Identifier: MIT
#pragma once

#include <span>

namespace gradus {

/// The length of a vector, the square root of the sum of its squares, for numbers of any size: only
/// a length that is itself beyond the largest double overflows. (std::norm of a number is its
/// square.)
[[nodiscard]] double euclidean_norm(std::span<const double> x) noexcept;

}  // namespace gradus

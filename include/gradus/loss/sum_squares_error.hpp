// SPDX-License-Identifier: MIT
#pragma once

#include <span>

namespace gradus {

/// Half the sum of squared differences, 1/2 * sum_k (y_k - t_k)^2: the textbook's first loss.
/// Not a mean, although it is often called "mean squared error"; for that see
/// mean_squared_error.hpp.
///
/// @param y  (K) what the model says
/// @param t  (K) what is right
/// @throws ShapeError  the lengths differ
[[nodiscard]] double sum_squares_error(std::span<const double> y, std::span<const double> t);

}  // namespace gradus

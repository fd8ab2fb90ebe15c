// SPDX-License-Identifier: MIT
#pragma once

#include <span>

#include "gradus/math/softmax.hpp"

namespace gradus {

/// Softmax of one row of at least one score, by vectors. May write over the scores.
template <Real T>
SumOfExp<T> softmax_row(std::span<const T> scores, T* probabilities);

/// What softmax_row would divide such a row by, to the bit.
template <Real T>
SumOfExp<T> sum_of_exp(std::span<const T> scores);

}  // namespace gradus

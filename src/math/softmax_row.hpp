// SPDX-License-Identifier: MIT
#pragma once

#include <span>

#include "gradus/math/softmax.hpp"

namespace gradus {

/// Softmax of each row of at least one score, by vectors. May write over the scores.
/// @param sums  out: what each row was divided by; or null
template <Real T>
void softmax_rows(MatrixView<const T> scores, MatrixView<T> probabilities, SumOfExp<T>* sums);

/// What softmax_rows would divide such a row by, to the bit.
template <Real T>
SumOfExp<T> sum_of_exp(std::span<const T> scores);

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>

#include "gradus/core/matrix_view.hpp"
#include "gradus/core/real.hpp"

namespace gradus {

/// probabilities = exp(scores) / sum(exp(scores)), for one row or for each row of a matrix.
///
/// The row's maximum is subtracted first: exp never overflows, and adding a constant to a row
/// changes nothing beyond rounding. May write over its own input.
/// Shapes  scores and probabilities (C), or both (B, C).
/// @throws ShapeError  the shapes differ
template <Real T>
void softmax_into(std::span<const T> scores, std::span<T> probabilities);
template <Real T>
void softmax_into(MatrixView<const T> scores, MatrixView<T> probabilities);

/// -ln(softmax(scores)[c]), without overflow, and exact where the probability is nearly 1: computed
/// from differences to the maximum, so that large scores do not hide a small result.
/// @throws ValueError  c is not an index of scores
template <Real T>
[[nodiscard]] T negative_log_softmax(std::span<const T> scores, std::size_t c);

/// The gradient through softmax, for each row: d_scores = p * (d_p - sum(d_p * p)).
///
/// @param probabilities    (B, C) what softmax_into returned
/// @param d_probabilities  (B, C) dL/dp
/// @param d_scores         (B, C) out; may be the memory of d_probabilities
/// @throws ShapeError  the shapes differ
template <Real T>
void softmax_backward_into(MatrixView<const T> probabilities, MatrixView<const T> d_probabilities,
                           MatrixView<T> d_scores);

}  // namespace gradus

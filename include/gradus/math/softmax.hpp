// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>

#include "gradus/core/matrix_view.hpp"
#include "gradus/core/real.hpp"

namespace gradus {

/// sum of exp(scores) over a row, as sum * exp(maximum): so it neither overflows nor hides a small
/// loss beside large scores.
template <Real T>
struct SumOfExp {
  T maximum = 0;
  T sum = 0;
};

/// probabilities = exp(scores) / sum(exp(scores)), for one row or for each row of a matrix.
///
/// The row's maximum is subtracted first: exp never overflows, and adding a constant to a row
/// changes nothing beyond rounding. May write over its own input.
/// Shapes  scores and probabilities (C), or both (B, C).
/// @param sums  (B) out: what each row was divided by; or empty
/// @throws ShapeError  the shapes differ
template <Real T>
void softmax_into(std::span<const T> scores, std::span<T> probabilities);
template <Real T>
void softmax_into(MatrixView<const T> scores, MatrixView<T> probabilities,
                  std::span<SumOfExp<T>> sums = {});

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

// The change of these functions for a given change of the scores, for M moves at once and without
// the cancellation of a difference.
//
// Letters   C scores, M moves.
// Accuracy  while the squares of a column of moves (less its move of score c) sum to at most 1/4:
//           exact but for some roundings of numbers of the size of the moves. Beyond, for moves
//           that are not finite, and for up to seven columns beside such a column: the plain
//           difference of two values, which is off by their rounding.
// Tested    tests/unit/math/changes_test.cpp, against long double.

/// changes[m] = -ln softmax(scores + moves[:, m])[c] + ln softmax(scores)[c]
///
/// With p = softmax(scores) it is ln(1 + sum of p_k (exp(move_k - move_c) - 1)), over all k but c.
/// Error  below 1e-15 of sum p_k |move_k - move_c|, for moves of the first kind.
/// @param moves    (C, M)
/// @param changes  (M) out
/// @throws ShapeError; ValueError  c is not an index of scores
void negative_log_softmax_changes_into(std::span<const double> scores, std::size_t c,
                                       MatrixView<const double> moves, std::span<double> changes);

/// changes[:, m] = softmax(scores + moves[:, m]) - softmax(scores)
///
/// With t = exp(move) - 1 and S = sum p t it is p (t - S) / (1 + S).
/// Error  of a change below 2e-15 p times the column's largest move, for moves of the first kind.
/// @param moves    (C, M)
/// @param changes  (C, M) out; may be the memory of moves
/// @throws ShapeError
void softmax_changes_into(std::span<const double> scores, MatrixView<const double> moves,
                          MatrixView<double> changes);

}  // namespace gradus

// SPDX-License-Identifier: MIT
// Changes as plain differences, one column of moves at a time: what the vector kernels fall back
// on where moves are so large that nothing cancels, or not finite.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>

#include "gradus/core/matrix_view.hpp"
#include "gradus/math/softmax.hpp"

namespace gradus {

/// Scores after a move, as their distances from score `base` before it: large scores do not round
/// small moves.
struct MovedScores {
  std::span<const double> scores;
  MatrixView<const double> moves;
  std::size_t m;  // which move
  std::size_t base;

  [[nodiscard]] double operator[](std::size_t c) const {
    return (scores[c] - scores[base]) + moves(c, m);
  }
  [[nodiscard]] double maximum() const {
    double found = -std::numeric_limits<double>::infinity();
    for (std::size_t c = 0; c < scores.size(); ++c) {
      found = std::max(found, (*this)[c]);
    }
    return found;
  }
  /// sum of exp(score - maximum)
  [[nodiscard]] double sum_of_exp(double maximum) const {
    double sum = 0;
    for (std::size_t c = 0; c < scores.size(); ++c) {
      sum += std::exp((*this)[c] - maximum);
    }
    return sum;
  }
};

inline double plain_negative_log_softmax_change(std::span<const double> scores, std::size_t c,
                                                MatrixView<const double> moves, std::size_t m) {
  const MovedScores moved{scores, moves, m, c};
  const double maximum = moved.maximum();
  return std::log(moved.sum_of_exp(maximum)) + (maximum - moves(c, m)) -
         negative_log_softmax<double>(scores, c);
}

/// Column m of the changes; may write over the moves.
inline void plain_softmax_changes(std::span<const double> scores,
                                  std::span<const double> probabilities,
                                  MatrixView<const double> moves, std::size_t m,
                                  MatrixView<double> changes) {
  const auto base = std::max_element(scores.begin(), scores.end()) - scores.begin();
  const MovedScores moved{scores, moves, m, static_cast<std::size_t>(base)};
  const double maximum = moved.maximum();
  const double sum = moved.sum_of_exp(maximum);
  for (std::size_t c = 0; c < scores.size(); ++c) {
    changes(c, m) = std::exp(moved[c] - maximum) / sum - probabilities[c];
  }
}

}  // namespace gradus

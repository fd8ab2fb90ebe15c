// SPDX-License-Identifier: MIT
#include "gradus/loss/softmax_cross_entropy.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <type_traits>

#include "gradus/math/softmax.hpp"

namespace gradus {

template <Real T>
T SoftmaxCrossEntropy<T>::value(MatrixView<const T> scores, const Targets<T>& targets) const {
  const auto labels =
      check_labels<T>("SoftmaxCrossEntropy", scores.num_rows(), scores.num_cols(), targets);
  T sum = 0;
  for (std::size_t b = 0; b < scores.num_rows(); ++b) {
    sum += negative_log_softmax<T>(scores.row(b), labels[b]);
  }
  return sum / static_cast<T>(scores.num_rows());
}

template <Real T>
T SoftmaxCrossEntropy<T>::value_and_gradient(MatrixView<const T> scores, const Targets<T>& targets,
                                             MatrixView<T> d_scores) const {
  const auto labels =
      check_labels<T>("SoftmaxCrossEntropy", scores.num_rows(), scores.num_cols(), targets);
  check_gradient_shape("SoftmaxCrossEntropy", scores.num_rows(), scores.num_cols(),
                       d_scores.num_rows(), d_scores.num_cols());
  const T share = 1 / static_cast<T>(scores.num_rows());
  constexpr std::size_t rows_at_once = 64;
  std::array<SumOfExp<T>, rows_at_once> sums;
  std::array<T, rows_at_once> right_scores;  // d_scores may be the memory of scores
  T loss = 0;
  for (std::size_t first = 0; first < scores.num_rows(); first += rows_at_once) {
    const std::size_t count = std::min(rows_at_once, scores.num_rows() - first);
    const MatrixView<const T> some(scores.row(first).data(), count, scores.num_cols());
    const MatrixView<T> d_some(d_scores.row(first).data(), count, scores.num_cols());
    for (std::size_t b = 0; b < count; ++b) {
      right_scores[b] = some(b, labels[first + b]);
    }
    softmax_into<T>(some, d_some, std::span(sums).first(count));
    for (std::size_t b = 0; b < count; ++b) {
      loss += std::log(sums[b].sum) + (sums[b].maximum - right_scores[b]);
      d_some(b, labels[first + b]) -= 1;
    }
    for (T& d : d_some.elements()) {
      d *= share;
    }
  }
  return loss / static_cast<T>(scores.num_rows());
}

template <Real T>
void SoftmaxCrossEntropy<T>::changes_into(std::span<const T> scores, const Targets<T>& target,
                                          MatrixView<T> moves, std::span<T> changes) const {
  if constexpr (std::is_same_v<T, double>) {
    check_moves("SoftmaxCrossEntropy", scores.size(), moves.num_rows(), moves.num_cols(),
                changes.size());
    const Label label = check_labels<T>("SoftmaxCrossEntropy", 1, scores.size(), target).front();
    negative_log_softmax_changes_into(scores, label, moves, changes);
  } else {
    Loss<T>::changes_into(scores, target, moves, changes);
  }
}

template class SoftmaxCrossEntropy<float>;
template class SoftmaxCrossEntropy<double>;

}  // namespace gradus

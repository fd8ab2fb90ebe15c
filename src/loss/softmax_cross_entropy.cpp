// SPDX-License-Identifier: MIT
#include "gradus/loss/softmax_cross_entropy.hpp"

#include <cstddef>

#include "gradus/math/softmax.hpp"

namespace gradus {

template <Real T>
T SoftmaxCrossEntropy<T>::value(MatrixView<const T> scores, std::span<const Label> labels) const {
  check_batch("SoftmaxCrossEntropy", scores.num_rows(), scores.num_cols(), labels);
  T sum = 0;
  for (std::size_t b = 0; b < scores.num_rows(); ++b) {
    sum += negative_log_softmax<T>(scores.row(b), labels[b]);
  }
  return sum / static_cast<T>(scores.num_rows());
}

template <Real T>
T SoftmaxCrossEntropy<T>::value_and_gradient(MatrixView<const T> scores,
                                             std::span<const Label> labels,
                                             MatrixView<T> d_scores) const {
  const T loss = value(scores, labels);
  check_gradient_shape("SoftmaxCrossEntropy", scores.num_rows(), scores.num_cols(),
                       d_scores.num_rows(), d_scores.num_cols());
  softmax_into<T>(scores, d_scores);
  for (std::size_t b = 0; b < d_scores.num_rows(); ++b) {
    d_scores(b, labels[b]) -= 1;
    for (T& d : d_scores.row(b)) {
      d /= static_cast<T>(d_scores.num_rows());
    }
  }
  return loss;
}

template class SoftmaxCrossEntropy<float>;
template class SoftmaxCrossEntropy<double>;

}  // namespace gradus

// SPDX-License-Identifier: MIT
#include "gradus/math/softmax.hpp"

#include <fmt/core.h>

#include <cmath>
#include <cstddef>

#include "check_shape.hpp"
#include "gradus/core/error.hpp"
#include "softmax_row.hpp"

namespace gradus {

template <Real T>
void softmax_into(std::span<const T> scores, std::span<T> probabilities) {
  softmax_into<T>(MatrixView<const T>(scores.data(), 1, scores.size()),
                  MatrixView<T>(probabilities.data(), 1, probabilities.size()));
}

template <Real T>
void softmax_into(MatrixView<const T> scores, MatrixView<T> probabilities,
                  std::span<SumOfExp<T>> sums) {
  check_shape("softmax: got", probabilities.num_rows(), probabilities.num_cols(), scores.num_rows(),
              scores.num_cols());
  if (!sums.empty()) {
    check_shape("softmax (sums): got", sums.size(), 1, scores.num_rows(), 1);
  }
  if (!scores.empty()) {
    softmax_rows(scores, probabilities, sums.empty() ? nullptr : sums.data());
  }
}

template <Real T>
T negative_log_softmax(std::span<const T> scores, std::size_t c) {
  if (c >= scores.size()) {
    throw ValueError(
        fmt::format("negative_log_softmax: got class {}, expected one below {}", c, scores.size()));
  }
  const SumOfExp<T> all = sum_of_exp(scores);
  return std::log(all.sum) + (all.maximum - scores[c]);
}

template <Real T>
void softmax_backward_into(MatrixView<const T> probabilities, MatrixView<const T> d_probabilities,
                           MatrixView<T> d_scores) {
  check_shape("softmax_backward: got", d_probabilities.num_rows(), d_probabilities.num_cols(),
              probabilities.num_rows(), probabilities.num_cols());
  check_shape("softmax_backward: got", d_scores.num_rows(), d_scores.num_cols(),
              probabilities.num_rows(), probabilities.num_cols());
  for (std::size_t b = 0; b < probabilities.num_rows(); ++b) {
    const auto p = probabilities.row(b);
    const auto d_p = d_probabilities.row(b);
    T mean = 0;
    for (std::size_t c = 0; c < p.size(); ++c) {
      mean += d_p[c] * p[c];
    }
    for (std::size_t c = 0; c < p.size(); ++c) {
      d_scores(b, c) = p[c] * (d_p[c] - mean);
    }
  }
}

#define GRADUS_INSTANTIATE(T)                                                                \
  template void softmax_into<T>(std::span<const T>, std::span<T>);                           \
  template void softmax_into<T>(MatrixView<const T>, MatrixView<T>, std::span<SumOfExp<T>>); \
  template T negative_log_softmax<T>(std::span<const T>, std::size_t);                       \
  template void softmax_backward_into<T>(MatrixView<const T>, MatrixView<const T>, MatrixView<T>);
GRADUS_INSTANTIATE(float)
GRADUS_INSTANTIATE(double)
#undef GRADUS_INSTANTIATE

}  // namespace gradus

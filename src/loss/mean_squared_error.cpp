// SPDX-License-Identifier: MIT
#include "gradus/loss/mean_squared_error.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <type_traits>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/loss/sum_squares_error.hpp"
#include "gradus/math/softmax.hpp"

namespace gradus {
namespace {

/// Turns the probabilities of one row into their differences from the one-hot label.
template <Real T>
T subtract_label_and_sum_squares(std::span<T> probabilities, Label label) {
  probabilities[label] -= 1;
  T sum = 0;
  for (const T difference : probabilities) {
    sum += difference * difference;
  }
  return sum;
}

}  // namespace

double mean_squared_error(std::span<const double> y, std::span<const double> t) {
  if (y.empty() || y.size() != t.size()) {
    throw ShapeError(
        fmt::format("mean_squared_error: y has {} numbers, t has {}, expected the same number of "
                    "at least one",
                    y.size(), t.size()));
  }
  return 2 * sum_squares_error(y, t) / static_cast<double>(y.size());
}

template <Real T>
T SoftmaxMeanSquaredError<T>::value(MatrixView<const T> scores, const Targets<T>& targets) const {
  const auto labels =
      check_labels<T>("SoftmaxMeanSquaredError", scores.num_rows(), scores.num_cols(), targets);
  std::vector<T> row(scores.num_cols());
  T sum = 0;
  for (std::size_t b = 0; b < scores.num_rows(); ++b) {
    softmax_into<T>(scores.row(b), row);
    sum += subtract_label_and_sum_squares<T>(row, labels[b]);
  }
  return sum / static_cast<T>(scores.num_elements());
}

template <Real T>
T SoftmaxMeanSquaredError<T>::value_and_gradient(MatrixView<const T> scores,
                                                 const Targets<T>& targets,
                                                 MatrixView<T> d_scores) const {
  const auto labels =
      check_labels<T>("SoftmaxMeanSquaredError", scores.num_rows(), scores.num_cols(), targets);
  check_gradient_shape("SoftmaxMeanSquaredError", scores.num_rows(), scores.num_cols(),
                       d_scores.num_rows(), d_scores.num_cols());
  const T num_terms = static_cast<T>(scores.num_elements());
  const std::size_t num_classes = scores.num_cols();
  std::vector<T> probabilities(num_classes);
  T sum = 0;
  for (std::size_t b = 0; b < scores.num_rows(); ++b) {
    const std::span<T> d_row = d_scores.row(b);
    softmax_into<T>(scores.row(b), probabilities);
    std::copy(probabilities.begin(), probabilities.end(), d_row.begin());
    sum += subtract_label_and_sum_squares<T>(d_row, labels[b]);
    for (T& d : d_row) {
      d *= 2 / num_terms;  // dL/dp
    }
    softmax_backward_into<T>({probabilities.data(), 1, num_classes}, {d_row.data(), 1, num_classes},
                             {d_row.data(), 1, num_classes});
  }
  return sum / num_terms;
}

template <Real T>
void SoftmaxMeanSquaredError<T>::changes_into(std::span<const T> scores, const Targets<T>& target,
                                              MatrixView<T> moves, std::span<T> changes) const {
  if constexpr (std::is_same_v<T, double>) {
    check_moves("SoftmaxMeanSquaredError", scores.size(), moves.num_rows(), moves.num_cols(),
                changes.size());
    const Label label =
        check_labels<T>("SoftmaxMeanSquaredError", 1, scores.size(), target).front();
    std::vector<T> differences(scores.size());
    softmax_into<T>(scores, differences);
    differences[label] -= 1;
    softmax_changes_into(scores, moves, moves);
    std::fill(changes.begin(), changes.end(), T{0});
    for (std::size_t c = 0; c < scores.size(); ++c) {
      for (std::size_t m = 0; m < changes.size(); ++m) {
        changes[m] += moves(c, m) * (2 * differences[c] + moves(c, m));
      }
    }
    for (T& change : changes) {
      change /= static_cast<T>(scores.size());
    }
  } else {
    Loss<T>::changes_into(scores, target, moves, changes);
  }
}

template class SoftmaxMeanSquaredError<float>;
template class SoftmaxMeanSquaredError<double>;

}  // namespace gradus

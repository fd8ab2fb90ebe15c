// SPDX-License-Identifier: MIT
#pragma once

#include <span>

#include "gradus/loss/loss.hpp"

namespace gradus {

/// The mean of squared differences, 1/K * sum_k (y_k - t_k)^2.
///
/// @param y  (K) what the model says; K > 0
/// @param t  (K) what is right
/// @throws ShapeError  the lengths differ, or K == 0
[[nodiscard]] double mean_squared_error(std::span<const double> y, std::span<const double> t);

/// Mean squared error between the probabilities a network gives and one-hot labels.
///
///   L = 1/(B C) * sum_b sum_c (softmax(s[b])[c] - [c == label[b]])^2
///
/// Bounded by 2/C, and flat where the network is sure and wrong: it learns more slowly than
/// cross entropy, which is what it is here to show.
template <Real T>
class SoftmaxMeanSquaredError final : public Loss<T> {
 public:
  [[nodiscard]] T value(MatrixView<const T> scores, const Targets<T>& targets) const override;
  T value_and_gradient(MatrixView<const T> scores, const Targets<T>& targets,
                       MatrixView<T> d_scores) const override;

  /// In double without cancellation, see softmax_changes_into.
  void changes_into(std::span<const T> scores, const Targets<T>& target, MatrixView<T> moves,
                    std::span<T> changes) const override;
};

}  // namespace gradus

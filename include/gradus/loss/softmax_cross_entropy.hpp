// SPDX-License-Identifier: MIT
#pragma once

#include <span>

#include "gradus/loss/loss.hpp"

namespace gradus {

/// Loss for one-of-C classification, from raw scores, in one numerically safe step.
///
///   L = (1/B) * sum_b ( ln sum_c exp(s[b,c])  -  s[b, label[b]] )
///
/// Unit     nats per sample: 0 is perfect, ln C a uniform guess (2.303 for ten classes).
/// Method   subtracts each row's maximum first: exp never overflows, and adding a constant to a row
///          changes nothing beyond rounding.
/// Tested   tests/property/loss_test.cpp (that file owns the error bounds).
template <Real T>
class SoftmaxCrossEntropy final : public Loss<T> {
 public:
  [[nodiscard]] T value(MatrixView<const T> scores, const Targets<T>& targets) const override;

  /// d_scores = (softmax(scores) - one_hot(labels)) / B; each row sums to 0 within rounding.
  T value_and_gradient(MatrixView<const T> scores, const Targets<T>& targets,
                       MatrixView<T> d_scores) const override;

  /// In double without cancellation, see negative_log_softmax_changes_into.
  void changes_into(std::span<const T> scores, const Targets<T>& target, MatrixView<T> moves,
                    std::span<T> changes) const override;
};

}  // namespace gradus

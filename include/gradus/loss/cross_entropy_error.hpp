// SPDX-License-Identifier: MIT
#pragma once

#include <span>

#include "gradus/core/label.hpp"
#include "gradus/core/matrix_view.hpp"

namespace gradus {

/// Added to a probability before its logarithm, so that the logarithm of 0 is finite. It bounds the
/// loss by -ln 1e-7 = 16.118, and gives a perfect prediction -1e-7 instead of 0.
inline constexpr double cross_entropy_delta = 1e-7;

// The textbook's cross entropy error, from probabilities: -sum_k t_k ln(y_k + 1e-7), and its mean
// over a batch. To train from scores use SoftmaxCrossEntropy, which needs no delta.
//
// Unit  nats per sample.
// y is taken as it is: numbers that are no probabilities (negative, or with another sum than 1)
// give what the formula gives.

/// One sample, the right answer as one-hot or as any distribution.
/// @param y  (C) probabilities
/// @param t  (C)
/// @throws ShapeError  the lengths differ
[[nodiscard]] double cross_entropy_error(std::span<const double> y, std::span<const double> t);

/// One sample, the right answer as its class.
/// @throws ValueError  label >= C
[[nodiscard]] double cross_entropy_error(std::span<const double> y, Label label);

/// A batch, the right answers as rows; the mean over the batch.
/// @param y  (B, C)
/// @param t  (B, C)
/// @throws ShapeError  the shapes differ, or B == 0
[[nodiscard]] double cross_entropy_error(MatrixView<const double> y, MatrixView<const double> t);

/// A batch, the right answers as classes; the mean over the batch.
/// @param y       (B, C)
/// @param labels  (B)
/// @throws ShapeError  labels.size() != B, B == 0 or C < 2
/// @throws ValueError  some label >= C
[[nodiscard]] double cross_entropy_error(MatrixView<const double> y, std::span<const Label> labels);

/// The gradient of that mean with respect to y: 0, and -1 / (B (y + 1e-7)) at each right class.
///
/// Followed by softmax_backward_into() it is the exact gradient of this loss. The well-known
/// (y - t) / B is that of a loss without the delta: it differs by a share of about 1e-7 / y.
/// @param y       (B, C)
/// @param labels  (B)
/// @param d_y     (B, C) out, overwritten
/// @throws        as cross_entropy_error(y, labels); ShapeError when d_y has another shape than y
void cross_entropy_error_gradient_into(MatrixView<const double> y, std::span<const Label> labels,
                                       MatrixView<double> d_y);

}  // namespace gradus

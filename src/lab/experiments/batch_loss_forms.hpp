// SPDX-License-Identifier: MIT
#pragma once

#include <span>

#include "gradus/core/label.hpp"
#include "gradus/core/matrix_view.hpp"

namespace gradus {

// What NumPy gives, without a complaint, when the cross entropy error of a batch is written for one
// form of labels and gets the other.

/// -sum(log(y[arange(B), t] + 1e-7)) / B, which is for labels, with one-hot rows for t: their 0 and
/// 1 are taken for classes.
/// @param y  (B, C) probabilities; B is 1 or C, else NumPy complains
/// @param t  (B, C) one-hot
[[nodiscard]] double label_form_with_one_hot(MatrixView<const double> y,
                                             MatrixView<const double> t);

/// -sum(t * log(y + 1e-7)) / B, which is for one-hot rows, with labels for t: the number of a class
/// becomes a factor.
/// @param y       (B, C) probabilities; B is C, else NumPy complains
/// @param labels  (B)
[[nodiscard]] double one_hot_form_with_labels(MatrixView<const double> y,
                                              std::span<const Label> labels);

}  // namespace gradus

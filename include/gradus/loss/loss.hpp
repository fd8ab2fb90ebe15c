// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

#include "gradus/core/label.hpp"
#include "gradus/core/matrix_view.hpp"
#include "gradus/core/real.hpp"
#include "gradus/core/registry.hpp"

namespace gradus {

/// How wrong the scores of a batch are: what training makes small.
///
/// A loss takes raw scores and puts softmax in front itself, where the two can be joined safely.
/// It is the only place that divides by the batch size: its value is a mean over the batch, and so
/// is every gradient computed from it. Stateless; may be used from several threads.
///
/// Letters  B samples, C classes.
template <Real T>
class Loss {
 public:
  virtual ~Loss() = default;

  /// @param scores  (B, C)
  /// @param labels  (B)
  /// @throws ShapeError  B == 0, C < 2, or labels.size() != B
  /// @throws ValueError  some label >= C; the message names the row and the label
  [[nodiscard]] virtual T value(MatrixView<const T> scores,
                                std::span<const Label> labels) const = 0;

  /// As value(), and also writes the gradient with respect to the scores.
  /// @param d_scores  (B, C) out; overwritten, not added to; may be the memory of `scores`
  /// @throws ShapeError  also when d_scores has another shape than the scores
  virtual T value_and_gradient(MatrixView<const T> scores, std::span<const Label> labels,
                               MatrixView<T> d_scores) const = 0;
};

template <Real T>
struct LossEntry {
  std::string_view id;
  std::string_view summary;
  std::unique_ptr<const Loss<T>> (*make)();
};

/// The losses a network can be trained with.
template <Real T>
[[nodiscard]] const Registry<LossEntry<T>>& losses();

/// Throws what Loss::value promises for a batch that is not one.
/// @param where  named in the message
void check_batch(std::string_view where, std::size_t num_rows, std::size_t num_classes,
                 std::span<const Label> labels);

/// @throws ShapeError  a gradient has another shape than what it is the gradient of
void check_gradient_shape(std::string_view where, std::size_t num_rows, std::size_t num_cols,
                          std::size_t gradient_rows, std::size_t gradient_cols);

}  // namespace gradus

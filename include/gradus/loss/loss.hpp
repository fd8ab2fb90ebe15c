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
#include "gradus/core/task.hpp"
#include "gradus/loss/targets.hpp"

namespace gradus {

/// How wrong the scores of a batch are: what training makes small.
///
/// A loss takes raw scores. One for classes puts softmax in front itself, where the two can be
/// joined safely; for one for numbers the scores are the answers.
/// It is the only place that divides by the batch size: its value is a mean over the batch, and so
/// is every gradient computed from it. Stateless; may be used from several threads.
///
/// Letters  B samples, C classes or numbers to be learned, M moves.
template <Real T>
class Loss {
 public:
  virtual ~Loss() = default;

  /// @param scores  (B, C)
  /// @param targets  (B) labels, or (B, C) numbers: whichever the loss is for
  /// @throws ShapeError  B == 0, C < 2 of classes, another number of targets, or of the other kind
  /// @throws ValueError  some label >= C; the message names the row and the label
  [[nodiscard]] virtual T value(MatrixView<const T> scores, const Targets<T>& targets) const = 0;

  /// As value(), and also writes the gradient with respect to the scores.
  /// @param d_scores  (B, C) out; overwritten, not added to; may be the memory of `scores`
  /// @throws ShapeError  also when d_scores has another shape than the scores
  virtual T value_and_gradient(MatrixView<const T> scores, const Targets<T>& targets,
                               MatrixView<T> d_scores) const = 0;

  /// The change of the loss of one sample when its scores move, for M moves at once:
  /// changes[m] = value(scores + moves[:, m]) - value(scores). One sample: not divided by B.
  ///
  /// By default this is the difference of two results of value(): it is off by a rounding of the
  /// loss, and takes memory. A loss with something better overrides it.
  /// @param scores   (C)
  /// @param target   of one row
  /// @param moves    (C, M) overwritten with anything
  /// @param changes  (M) out
  /// @throws ShapeError, ValueError  the shapes do not fit, or as value()
  virtual void changes_into(std::span<const T> scores, const Targets<T>& target,
                            MatrixView<T> moves, std::span<T> changes) const;
};

template <Real T>
struct LossEntry {
  std::string_view id;
  std::string_view summary;
  std::unique_ptr<const Loss<T>> (*make)();
};

/// The losses a network can be trained with for a task; the first is what a run takes by itself.
/// Two of different tasks may have the same name.
template <Real T>
[[nodiscard]] const Registry<LossEntry<T>>& losses(Task task);

/// Throws the errors that Loss::value of a loss for classes promises for a batch that does not fit.
/// @param where  named in the message
void check_batch(std::string_view where, std::size_t num_rows, std::size_t num_classes,
                 std::span<const Label> labels);

/// The same of targets that should be labels.
/// @returns  the labels
template <Real T>
std::span<const Label> check_labels(std::string_view where, std::size_t num_rows,
                                    std::size_t num_classes, const Targets<T>& targets);

/// Throws the errors that Loss::value of a loss for numbers promises.
/// @returns  the numbers
template <Real T>
MatrixView<const T> check_numbers(std::string_view where, std::size_t num_rows,
                                  std::size_t num_cols, const Targets<T>& targets);

/// @throws ShapeError  the moves and changes of Loss::changes_into do not fit
void check_moves(std::string_view where, std::size_t num_scores, std::size_t moves_rows,
                 std::size_t moves_cols, std::size_t num_changes);

/// @throws ShapeError  a gradient has another shape than what it is the gradient of
void check_gradient_shape(std::string_view where, std::size_t num_rows, std::size_t num_cols,
                          std::size_t gradient_rows, std::size_t gradient_cols);

}  // namespace gradus

// SPDX-License-Identifier: MIT
#include "gradus/loss/loss.hpp"

#include <fmt/core.h>

#include <array>
#include <cstddef>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/loss/mean_squared_error.hpp"
#include "gradus/loss/softmax_cross_entropy.hpp"

namespace gradus {
namespace {

template <Real T, class LossType>
std::unique_ptr<const Loss<T>> make() {
  return std::make_unique<LossType>();
}

}  // namespace

template <Real T>
void Loss<T>::changes_into(std::span<const T> scores, Label label, MatrixView<T> moves,
                           std::span<T> changes) const {
  check_moves("Loss", scores.size(), label, moves.num_rows(), moves.num_cols(), changes.size());
  const std::span<const Label> labels(&label, 1);
  const T rest = value({scores.data(), 1, scores.size()}, labels);
  std::vector<T> moved(scores.size());
  for (std::size_t m = 0; m < changes.size(); ++m) {
    for (std::size_t c = 0; c < scores.size(); ++c) {
      moved[c] = scores[c] + moves(c, m);
    }
    changes[m] = value({moved.data(), 1, moved.size()}, labels) - rest;
  }
}

template <Real T>
const Registry<LossEntry<T>>& losses() {
  static constexpr std::array<LossEntry<T>, 2> entries{{
      {"cross_entropy", "-ln of the probability given to the right class",
       make<T, SoftmaxCrossEntropy<T>>},
      {"mean_squared_error", "mean squared distance of the probabilities from one-hot labels",
       make<T, SoftmaxMeanSquaredError<T>>},
  }};
  static constexpr Registry<LossEntry<T>> registry("loss", entries);
  return registry;
}

void check_batch(std::string_view where, std::size_t num_rows, std::size_t num_classes,
                 std::span<const Label> labels) {
  if (num_rows == 0 || num_classes < 2 || labels.size() != num_rows) {
    throw ShapeError(
        fmt::format("{}: got a ({}, {}) matrix and {} labels, expected at least one row, at least "
                    "two classes, and one label for each row",
                    where, num_rows, num_classes, labels.size()));
  }
  for (std::size_t row = 0; row < labels.size(); ++row) {
    if (labels[row] >= num_classes) {
      throw ValueError(fmt::format("{}: the label of row {} is {}, expected a class below {}",
                                   where, row, labels[row], num_classes));
    }
  }
}

void check_moves(std::string_view where, std::size_t num_classes, Label label,
                 std::size_t moves_rows, std::size_t moves_cols, std::size_t num_changes) {
  if (moves_rows != num_classes || moves_cols != num_changes) {
    throw ShapeError(fmt::format("{}: moves of {} scores and {} changes are ({}, {})", where,
                                 num_classes, num_changes, moves_rows, moves_cols));
  }
  if (label >= num_classes) {
    throw ValueError(
        fmt::format("{}: the label is {}, expected a class below {}", where, label, num_classes));
  }
}

void check_gradient_shape(std::string_view where, std::size_t num_rows, std::size_t num_cols,
                          std::size_t gradient_rows, std::size_t gradient_cols) {
  if (gradient_rows != num_rows || gradient_cols != num_cols) {
    throw ShapeError(fmt::format("{}: the gradient is ({}, {}), expected ({}, {})", where,
                                 gradient_rows, gradient_cols, num_rows, num_cols));
  }
}

template class Loss<float>;
template class Loss<double>;
template const Registry<LossEntry<float>>& losses<float>();
template const Registry<LossEntry<double>>& losses<double>();

}  // namespace gradus

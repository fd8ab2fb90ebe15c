// SPDX-License-Identifier: MIT
#include "gradus/loss/loss.hpp"

#include <fmt/core.h>

#include <array>
#include <cstddef>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/loss/distance_loss.hpp"
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
void Loss<T>::changes_into(std::span<const T> scores, const Targets<T>& target, MatrixView<T> moves,
                           std::span<T> changes) const {
  check_moves("Loss", scores.size(), moves.num_rows(), moves.num_cols(), changes.size());
  const T rest = value({scores.data(), 1, scores.size()}, target);
  std::vector<T> moved(scores.size());
  for (std::size_t m = 0; m < changes.size(); ++m) {
    for (std::size_t c = 0; c < scores.size(); ++c) {
      moved[c] = scores[c] + moves(c, m);
    }
    changes[m] = value({moved.data(), 1, moved.size()}, target) - rest;
  }
}

template <Real T>
const Registry<LossEntry<T>>& losses(Task task) {
  static constexpr std::array<LossEntry<T>, 2> for_classes{{
      {"cross_entropy", "-ln of the probability given to the right class",
       make<T, SoftmaxCrossEntropy<T>>},
      {"mean_squared_error", "mean squared distance of the probabilities from one-hot labels",
       make<T, SoftmaxMeanSquaredError<T>>},
  }};
  static constexpr std::array<LossEntry<T>, 3> for_numbers{{
      {"mean_squared_error", "mean squared difference, in deviations of the target",
       make<T, DistanceLoss<T, SquaredDistance>>},
      {"mean_absolute_error", "mean size of the difference: wild targets pull no harder",
       make<T, DistanceLoss<T, AbsoluteDistance>>},
      {"huber", "half the square of a difference up to 1 deviation, its size beyond",
       make<T, DistanceLoss<T, HuberDistance>>},
  }};
  static constexpr Registry<LossEntry<T>> classification("loss for classes", for_classes);
  static constexpr Registry<LossEntry<T>> regression("loss for numbers", for_numbers);
  return task == Task::classification ? classification : regression;
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

template <Real T>
std::span<const Label> check_labels(std::string_view where, std::size_t num_rows,
                                    std::size_t num_classes, const Targets<T>& targets) {
  const auto* const labels = std::get_if<std::span<const Label>>(&targets);
  if (labels == nullptr) {
    throw ShapeError(fmt::format("{}: got numbers to learn, expected labels", where));
  }
  check_batch(where, num_rows, num_classes, *labels);
  return *labels;
}

template <Real T>
MatrixView<const T> check_numbers(std::string_view where, std::size_t num_rows,
                                  std::size_t num_cols, const Targets<T>& targets) {
  const auto* const numbers = std::get_if<MatrixView<const T>>(&targets);
  if (numbers == nullptr) {
    throw ShapeError(fmt::format("{}: got labels, expected numbers to learn", where));
  }
  if (num_rows == 0 || num_cols == 0 || numbers->num_rows() != num_rows ||
      numbers->num_cols() != num_cols) {
    throw ShapeError(
        fmt::format("{}: got a ({}, {}) matrix and ({}, {}) numbers to learn, expected "
                    "the same shape with at least one of each",
                    where, num_rows, num_cols, numbers->num_rows(), numbers->num_cols()));
  }
  return *numbers;
}

void check_moves(std::string_view where, std::size_t num_scores, std::size_t moves_rows,
                 std::size_t moves_cols, std::size_t num_changes) {
  if (moves_rows != num_scores || moves_cols != num_changes) {
    throw ShapeError(fmt::format("{}: moves of {} scores and {} changes are ({}, {})", where,
                                 num_scores, num_changes, moves_rows, moves_cols));
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
template const Registry<LossEntry<float>>& losses<float>(Task);
template const Registry<LossEntry<double>>& losses<double>(Task);
template std::span<const Label> check_labels<float>(std::string_view, std::size_t, std::size_t,
                                                    const Targets<float>&);
template std::span<const Label> check_labels<double>(std::string_view, std::size_t, std::size_t,
                                                     const Targets<double>&);
template MatrixView<const float> check_numbers<float>(std::string_view, std::size_t, std::size_t,
                                                      const Targets<float>&);
template MatrixView<const double> check_numbers<double>(std::string_view, std::size_t, std::size_t,
                                                        const Targets<double>&);

}  // namespace gradus

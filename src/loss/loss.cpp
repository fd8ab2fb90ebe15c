// SPDX-License-Identifier: MIT
#include "gradus/loss/loss.hpp"

#include <fmt/format.h>

#include <array>
#include <cstddef>

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

void check_gradient_shape(std::string_view where, std::size_t num_rows, std::size_t num_cols,
                          std::size_t gradient_rows, std::size_t gradient_cols) {
  if (gradient_rows != num_rows || gradient_cols != num_cols) {
    throw ShapeError(fmt::format("{}: the gradient is ({}, {}), expected ({}, {})", where,
                                 gradient_rows, gradient_cols, num_rows, num_cols));
  }
}

template const Registry<LossEntry<float>>& losses<float>();
template const Registry<LossEntry<double>>& losses<double>();

}  // namespace gradus

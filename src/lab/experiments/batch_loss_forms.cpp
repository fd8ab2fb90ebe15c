// SPDX-License-Identifier: MIT
#include "batch_loss_forms.hpp"

#include <cmath>
#include <cstddef>

#include "gradus/loss/cross_entropy_error.hpp"

namespace gradus {

double label_form_with_one_hot(MatrixView<const double> y, MatrixView<const double> t) {
  double sum = 0;
  for (std::size_t i = 0; i < t.num_rows(); ++i) {
    for (std::size_t j = 0; j < t.num_cols(); ++j) {
      const std::size_t row = y.num_rows() == 1 ? 0 : j;  // arange(B) lies along the last axis
      sum -= std::log(y(row, static_cast<std::size_t>(t(i, j))) + cross_entropy_delta);
    }
  }
  return sum / static_cast<double>(y.num_rows());
}

double one_hot_form_with_labels(MatrixView<const double> y, std::span<const Label> labels) {
  double sum = 0;
  for (std::size_t i = 0; i < y.num_rows(); ++i) {
    for (std::size_t j = 0; j < y.num_cols(); ++j) {
      sum -= labels[j] * std::log(y(i, j) + cross_entropy_delta);
    }
  }
  return sum / static_cast<double>(y.num_rows());
}

}  // namespace gradus

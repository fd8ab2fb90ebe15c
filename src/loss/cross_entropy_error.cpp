// SPDX-License-Identifier: MIT
#include "gradus/loss/cross_entropy_error.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "gradus/core/error.hpp"
#include "gradus/loss/loss.hpp"

namespace gradus {

double cross_entropy_error(std::span<const double> y, std::span<const double> t) {
  if (y.size() != t.size()) {
    throw ShapeError(
        fmt::format("cross_entropy_error: y has {} numbers, t has {}", y.size(), t.size()));
  }
  double sum = 0;
  for (std::size_t k = 0; k < y.size(); ++k) {
    sum += t[k] * std::log(y[k] + cross_entropy_delta);
  }
  return -sum;
}

double cross_entropy_error(std::span<const double> y, Label label) {
  if (label >= y.size()) {
    throw ValueError(fmt::format("cross_entropy_error: the label is {}, expected a class below {}",
                                 label, y.size()));
  }
  return -std::log(y[label] + cross_entropy_delta);
}

double cross_entropy_error(MatrixView<const double> y, MatrixView<const double> t) {
  if (y.num_rows() == 0 || y.num_rows() != t.num_rows() || y.num_cols() != t.num_cols()) {
    throw ShapeError(fmt::format(
        "cross_entropy_error: y is ({}, {}), t is ({}, {}), expected the same shape with at least "
        "one row (for labels pass a span of classes)",
        y.num_rows(), y.num_cols(), t.num_rows(), t.num_cols()));
  }
  double sum = 0;
  for (std::size_t b = 0; b < y.num_rows(); ++b) {
    sum += cross_entropy_error(y.row(b), t.row(b));
  }
  return sum / static_cast<double>(y.num_rows());
}

double cross_entropy_error(MatrixView<const double> y, std::span<const Label> labels) {
  check_batch("cross_entropy_error", y.num_rows(), y.num_cols(), labels);
  double sum = 0;
  for (std::size_t b = 0; b < y.num_rows(); ++b) {
    sum += cross_entropy_error(y.row(b), labels[b]);
  }
  return sum / static_cast<double>(y.num_rows());
}

void cross_entropy_error_gradient_into(MatrixView<const double> y, std::span<const Label> labels,
                                       MatrixView<double> d_y) {
  check_batch("cross_entropy_error_gradient", y.num_rows(), y.num_cols(), labels);
  check_gradient_shape("cross_entropy_error_gradient", y.num_rows(), y.num_cols(), d_y.num_rows(),
                       d_y.num_cols());
  const double num_samples = static_cast<double>(y.num_rows());
  for (std::size_t b = 0; b < y.num_rows(); ++b) {
    std::fill(d_y.row(b).begin(), d_y.row(b).end(), 0.0);
    d_y(b, labels[b]) = -1 / (num_samples * (y(b, labels[b]) + cross_entropy_delta));
  }
}

}  // namespace gradus

// SPDX-License-Identifier: MIT
#include "gradus/data/one_hot.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "gradus/core/error.hpp"

namespace gradus {

Array<double> one_hot(std::span<const Label> labels, std::size_t num_classes) {
  Array<double> rows(Shape{labels.size(), num_classes});
  for (std::size_t b = 0; b < labels.size(); ++b) {
    if (labels[b] >= num_classes) {
      throw ValueError(fmt::format("one_hot: the label of row {} is {}, expected a class below {}",
                                   b, labels[b], num_classes));
    }
    rows.matrix()(b, labels[b]) = 1;
  }
  return rows;
}

std::vector<Label> labels_of(MatrixView<const double> rows) {
  std::vector<Label> labels;
  for (std::size_t b = 0; b < rows.num_rows(); ++b) {
    const auto row = rows.row(b);
    const auto num_ones = std::count(row.begin(), row.end(), 1.0);
    const auto num_zeros = std::count(row.begin(), row.end(), 0.0);
    if (num_ones != 1 || num_ones + num_zeros != static_cast<std::ptrdiff_t>(row.size())) {
      throw ValueError(fmt::format("labels_of: row {} is not one-hot: one 1, the others 0", b));
    }
    labels.push_back(static_cast<Label>(std::find(row.begin(), row.end(), 1.0) - row.begin()));
  }
  return labels;
}

}  // namespace gradus

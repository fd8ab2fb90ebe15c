// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "gradus/core/matrix_view.hpp"

namespace gradus {

/// Brings columns of numbers to mean 0 and deviation 1, and back.
///
///   standardized = (number - mean) / deviation
///
/// Columns that were never standardized have none of both: empty().
struct Standardization {
  std::vector<double> means = {};       // one for each column
  std::vector<double> deviations = {};  // as many, each above 0

  [[nodiscard]] bool empty() const noexcept { return means.empty(); }
  [[nodiscard]] std::size_t num_columns() const noexcept { return means.size(); }

  [[nodiscard]] double apply(double number, std::size_t column) const {
    return (number - means[column]) / deviations[column];
  }
  [[nodiscard]] double undo(double standardized, std::size_t column) const {
    return standardized * deviations[column] + means[column];
  }
};

/// Of the columns of some rows: their means, and their standard deviations sqrt(sum (x - mean)^2 /
/// N). A column that never changes has deviation 1, so that it becomes 0 everywhere.
/// @tparam Number  std::uint8_t or float
/// @param numbers  (N, D)
/// @param rows     which of them to look at; at least one
/// Cost  two looks at each number
template <class Number>
[[nodiscard]] Standardization standardization_of(MatrixView<const Number> numbers,
                                                 std::span<const std::uint32_t> rows);

/// Whether gradient descent would crawl on these columns as they are: the largest root mean square
/// of a column is more than 10 times the smallest deviation of a column that varies, or above 10.
///
/// With the bias among the parameters, as the weight of an input of 1, the condition number of the
/// inputs' second moments is then above 100, and gradient descent needs about that many steps to
/// come nearer by a factor of e. For the quadratic form of that matrix is the mean square of v x +
/// c: for the one column alone it is the square of its root mean square; for v = 1 of the other and
/// c = -mean, a vector of length 1 or more, its variance; for the bias alone it is 1. The largest
/// eigenvalue is no smaller than the first, the smallest no larger than the other two.
template <class Number>
[[nodiscard]] bool needs_standardizing(MatrixView<const Number> numbers,
                                       std::span<const std::uint32_t> rows);

}  // namespace gradus

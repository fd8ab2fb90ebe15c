// SPDX-License-Identifier: MIT
#include "gradus/data/standardization.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace gradus {
namespace {

struct Moments {
  std::vector<double> means;
  std::vector<double> variances;  // exactly 0 for a column that never changes
};

/// Around the first row, so that a column that never changes has variance 0 without any rounding.
template <class Number>
Moments moments_of(MatrixView<const Number> numbers, std::span<const std::uint32_t> rows) {
  const std::size_t num_columns = numbers.num_cols();
  const auto count = static_cast<double>(rows.size());
  const std::span<const Number> first = numbers.row(rows.front());
  std::vector<double> offsets(num_columns);  // of the means from the first row
  for (const std::uint32_t row : rows) {
    const std::span<const Number> x = numbers.row(row);
    for (std::size_t i = 0; i < num_columns; ++i) {
      offsets[i] += static_cast<double>(x[i]) - static_cast<double>(first[i]);
    }
  }
  for (double& offset : offsets) {
    offset /= count;
  }
  Moments moments{std::vector<double>(num_columns), std::vector<double>(num_columns)};
  for (const std::uint32_t row : rows) {
    const std::span<const Number> x = numbers.row(row);
    for (std::size_t i = 0; i < num_columns; ++i) {
      const double difference =
          static_cast<double>(x[i]) - static_cast<double>(first[i]) - offsets[i];
      moments.variances[i] += difference * difference;
    }
  }
  for (std::size_t i = 0; i < num_columns; ++i) {
    moments.means[i] = static_cast<double>(first[i]) + offsets[i];
    moments.variances[i] /= count;
  }
  return moments;
}

}  // namespace

template <class Number>
Standardization standardization_of(MatrixView<const Number> numbers,
                                   std::span<const std::uint32_t> rows) {
  Moments moments = moments_of(numbers, rows);
  for (double& variance : moments.variances) {
    variance = variance > 0 ? std::sqrt(variance) : 1;
  }
  return {std::move(moments.means), std::move(moments.variances)};
}

template <class Number>
bool needs_standardizing(MatrixView<const Number> numbers, std::span<const std::uint32_t> rows) {
  const Moments moments = moments_of(numbers, rows);
  double largest_mean_square = 0;
  double smallest_variance = 1;  // the bias is the weight of an input that is always 1
  for (std::size_t i = 0; i < numbers.num_cols(); ++i) {
    const double variance = moments.variances[i];
    largest_mean_square =
        std::max(largest_mean_square, moments.means[i] * moments.means[i] + variance);
    if (variance > 0) {
      smallest_variance = std::min(smallest_variance, variance);
    }
  }
  return largest_mean_square > 100 * smallest_variance;
}

template Standardization standardization_of<std::uint8_t>(MatrixView<const std::uint8_t>,
                                                          std::span<const std::uint32_t>);
template Standardization standardization_of<float>(MatrixView<const float>,
                                                   std::span<const std::uint32_t>);
template bool needs_standardizing<std::uint8_t>(MatrixView<const std::uint8_t>,
                                                std::span<const std::uint32_t>);
template bool needs_standardizing<float>(MatrixView<const float>, std::span<const std::uint32_t>);

}  // namespace gradus

// SPDX-License-Identifier: MIT
#include "gradus/data/input_scaling.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace gradus {
namespace {

/// Calls `function` with the features as they are stored: a matrix of bytes or of floats.
template <class Function>
auto with_features(const Samples& samples, const Function& function) {
  const std::size_t num_rows = samples.num_samples();
  if (samples.values.empty()) {
    return function(
        MatrixView<const std::uint8_t>(samples.bytes.data(), num_rows, samples.num_features));
  }
  return function(MatrixView<const float>(samples.values.data(), num_rows, samples.num_features));
}

}  // namespace

double input_scale(const Samples& samples) {
  const bool are_pixels = std::any_of(samples.bytes.begin(), samples.bytes.end(),
                                      [](std::uint8_t byte) { return byte > 1; });
  return are_pixels ? 1.0 / 255 : 1.0;
}

bool should_standardize(const Dataset& dataset, std::span<const std::uint32_t> rows) {
  if (dataset.sample_shape.num_axes() != 1 || !dataset.train.bytes.empty()) {
    return false;
  }
  return with_features(dataset.train,
                       [&](auto features) { return needs_standardizing(features, rows); });
}

InputScaling scaling_of(const Samples& samples, std::span<const std::uint32_t> rows,
                        bool standardize) {
  if (!standardize) {
    return input_scale(samples);
  }
  return InputScaling(
      with_features(samples, [&](auto features) { return standardization_of(features, rows); }));
}

Standardization target_columns_of(const Samples& samples, std::span<const std::uint32_t> rows) {
  if (samples.num_targets == 0) {
    return {};
  }
  return standardization_of(
      MatrixView<const float>(samples.targets.data(), samples.num_samples(), samples.num_targets),
      rows);
}

Strangeness strangeness_of(const Samples& samples, const Standardization& columns) {
  return with_features(samples, [&](auto features) {
    std::vector<std::size_t> num_far(features.num_cols());
    std::vector<double> largest(features.num_cols());
    for (std::size_t n = 0; n < features.num_rows(); ++n) {
      for (std::size_t i = 0; i < features.num_cols(); ++i) {
        const double size = std::abs(columns.apply(static_cast<double>(features(n, i)), i));
        num_far[i] += size > far_in_deviations ? 1U : 0U;
        largest[i] = std::max(largest[i], size);
      }
    }
    Strangeness strangeness;
    double sum = 0;
    for (std::size_t i = 0; i < num_far.size(); ++i) {
      sum += static_cast<double>(num_far[i]);
      if (num_far[i] > num_far[strangeness.feature]) {
        strangeness.feature = i;
      }
    }
    strangeness.share = sum / static_cast<double>(features.num_elements());
    strangeness.deviations = largest[strangeness.feature];
    return strangeness;
  });
}

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "gradus/core/shape.hpp"

namespace gradus::cli {

/// Samples to classify, as a model takes them.
struct SampleFile {
  std::string path;
  bool is_list = false;  // the file can hold many samples, so each is named by its index
  std::size_t num_features = 0;
  std::vector<float> features;  // (N, num_features), N >= 1; all finite

  [[nodiscard]] std::size_t num_samples() const { return features.size() / num_features; }
  [[nodiscard]] std::span<const float> sample(std::size_t index) const {
    return std::span(features).subspan(index * num_features, num_features);
  }
};

/// Reads the samples of a file. Its content tells the format; only CSV is recognised by its name.
///
///   PNG, JPEG   a picture of one written character, made ready as MNIST's are (data/mnist_style)
///   IDX         one sample or a list of them, plain or in gzip
///   NPY         the same
///   CSV         a sample per row, with or without a label
///
/// @param sample_shape  what the model takes: (28, 28) for images, (D,) otherwise
/// @throws DataError   unreadable, of another kind, a picture without ink, or a number that is NaN,
///                     infinite, or not a pixel where pixels are expected
/// @throws ShapeError  samples of another shape
[[nodiscard]] SampleFile read_sample_file(const std::string& path, const Shape& sample_shape);

}  // namespace gradus::cli

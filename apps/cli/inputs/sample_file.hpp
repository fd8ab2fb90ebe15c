// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "gradus/core/shape.hpp"
#include "gradus/data/csv_dataset.hpp"
#include "gradus/data/picture_preparation.hpp"

namespace gradus::cli {

/// What a model takes.
struct ExpectedSamples {
  Shape shape;  // (28, 28) for images, (D,) otherwise
  PicturePreparation pictures = PicturePreparation::mnist_style;
  bool are_full_pixels = false;  // it learned from pixels from 0 to 255
  TableKnowledge table = {};     // of the table it learned from, if it was one
};

/// Samples to classify, as a model takes them.
struct SampleFile {
  std::string path;
  bool is_list = false;  // the file can hold many samples, so each is named by its index
  std::size_t num_features = 0;
  std::vector<float> features = {};  // (N, num_features), N >= 1; all finite
  std::size_t num_characters = 1;    // of a picture: that stand side by side in it

  [[nodiscard]] std::size_t num_samples() const { return features.size() / num_features; }
  [[nodiscard]] std::span<const float> sample(std::size_t index) const {
    return std::span(features).subspan(index * num_features, num_features);
  }
};

/// Reads the samples of a file. Its content tells the format; only CSV is recognised by its name.
///
///   PNG, JPEG   a picture, made ready as those the model learned from (data/picture_preparation)
///   IDX         one sample or a list of them, plain or in gzip
///   NPY         the same
///   table       a sample per row, with or without what was learned: its columns are found as the
///               model knows them
///
/// @throws DataError   unreadable, of another kind, a picture without ink, or a number that is NaN,
///                     infinite, or not a pixel where pixels are expected
/// @throws ShapeError  samples of another shape
[[nodiscard]] SampleFile read_sample_file(const std::string& path, const ExpectedSamples& expected);

}  // namespace gradus::cli

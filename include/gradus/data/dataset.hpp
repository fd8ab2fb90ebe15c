// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "gradus/core/label.hpp"
#include "gradus/core/shape.hpp"
#include "gradus/core/task.hpp"
#include "gradus/data/picture_facts.hpp"
#include "gradus/data/picture_preparation.hpp"
#include "gradus/data/table_layout.hpp"
#include "gradus/data/table_reading.hpp"

namespace gradus {

/// N samples of D features each, one after another, with what is to be learned of each: its class,
/// or K numbers.
/// Features are kept as they came: bytes (pixels, 0 to 255) or numbers; one of the two is empty.
struct Samples {
  std::size_t num_features = 0;          // D
  std::vector<std::uint8_t> bytes;       // N * D, or empty
  std::vector<float> values;             // N * D, or empty
  std::vector<Label> labels = {};        // N, or empty when numbers are to be learned
  std::size_t num_targets = 0;           // K; 0 for classes
  std::vector<float> targets = {};       // N * K, in the units they came in
  std::vector<std::uint32_t> rows = {};  // of a table: N, counted from 1 with the header; or empty

  [[nodiscard]] Task task() const noexcept {
    return num_targets == 0 ? Task::classification : Task::regression;
  }
  [[nodiscard]] std::size_t num_samples() const noexcept {
    return num_targets == 0 ? labels.size() : targets.size() / num_targets;
  }

  [[nodiscard]] bool are_rows() const noexcept { return !rows.empty(); }

  /// What a sample is called: the number of its row in the table, or its index where it is of none.
  [[nodiscard]] std::size_t number_of(std::size_t sample) const {
    return are_rows() ? rows[sample] : sample;
  }
};

/// @throws ShapeError  there are not N * D features, both bytes and numbers, or both labels and
///                     targets
void check_samples(const Samples& samples);

/// Samples to learn from and samples to judge by. No sample should be in both.
struct Dataset {
  std::string name;             // as the user asked for it: "digits", a path
  Shape sample_shape;           // (28, 28) for images, (D,) otherwise; D elements
  std::size_t num_classes = 0;  // C: every label is below it; 0 when numbers are to be learned
  std::vector<std::string> class_names = {};  // C of them; empty: a class is called by its number
  TableLayout layout = {};                    // of a table; empty otherwise
  TableReading reading = {};                  // of a table
  PicturePreparation pictures = PicturePreparation::mnist_style;  // how one becomes a sample
  PictureFacts picture_facts = {};  // what was done to images while they were read
  Samples train;
  Samples test;

  [[nodiscard]] Task task() const noexcept { return train.task(); }

  /// How many outputs a network for them has: C, or K.
  [[nodiscard]] std::size_t num_outputs() const noexcept {
    return task() == Task::classification ? num_classes : train.num_targets;
  }

  /// What the K targets are called; empty for classes, and when they have no names.
  [[nodiscard]] std::vector<std::string> target_names() const;
};

}  // namespace gradus

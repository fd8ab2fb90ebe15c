// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "gradus/core/label.hpp"
#include "gradus/core/shape.hpp"

namespace gradus {

/// N samples of D features each, one after another, with the class of each.
/// Features are kept as they came: bytes (pixels, 0 to 255) or numbers; one of the two is empty.
struct Samples {
  std::size_t num_features = 0;     // D
  std::vector<std::uint8_t> bytes;  // N * D, or empty
  std::vector<float> values;        // N * D, or empty
  std::vector<Label> labels;        // N

  [[nodiscard]] std::size_t num_samples() const noexcept { return labels.size(); }
};

/// @throws ShapeError  there are not N * D features, or both bytes and numbers
void check_samples(const Samples& samples);

/// Samples to learn from and samples to judge by. No sample should be in both.
struct Dataset {
  std::string name;             // as the user asked for it: "digits", a path
  Shape sample_shape;           // (28, 28) for images, (D,) otherwise; D elements
  std::size_t num_classes = 0;  // C: every label is below it
  Samples train;
  Samples test;
};

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "gradus/core/label.hpp"
#include "gradus/train/predictor.hpp"

namespace gradus {

/// A trained network that answers, one sample at a time.
///
///   auto model = std::get<gradus::Model<float>>(gradus::load_model("model.safetensors"));
///   gradus::Classifier<float> classifier(std::move(model));
///   gradus::Label digit = classifier.classify(pixels);
///
/// Features are given as they are stored, pixels from 0 to 255; the model knows how to scale them.
/// Owns the memory it works in: one object for each thread.
template <Real T>
class Classifier {
 public:
  /// @throws ShapeError  the network has another number of parameters, or the model is of numbers
  /// @throws ValueError  the network cannot be built
  explicit Classifier(Model<T> model);

  [[nodiscard]] std::size_t num_features() const { return predictor_.network().num_inputs(); }
  [[nodiscard]] std::size_t num_classes() const { return predictor_.network().num_outputs(); }

  /// The most probable class; of equal ones the first.
  /// @param features  (D)
  /// @throws ShapeError  another number of features
  [[nodiscard]] Label classify(std::span<const std::uint8_t> features);
  [[nodiscard]] Label classify(std::span<const float> features);

  /// The probability of each class.
  /// @param features  (D)
  /// @returns         (C) positive, with sum 1
  /// @throws ShapeError  another number of features
  [[nodiscard]] std::vector<T> probabilities(std::span<const std::uint8_t> features);
  [[nodiscard]] std::vector<T> probabilities(std::span<const float> features);
  [[nodiscard]] std::vector<T> probabilities(const Samples& samples, std::size_t index);

 private:
  Predictor<T> predictor_;
};

}  // namespace gradus

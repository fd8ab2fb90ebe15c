// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "gradus/core/parallel.hpp"
#include "gradus/nn/network.hpp"
#include "gradus/train/model.hpp"

namespace gradus {

/// A trained network that gives scores, one sample at a time: what Classifier and Regressor make
/// their answers of. Owns the memory it works in: one object for each thread.
template <Real T>
class Predictor {
 public:
  /// @throws ShapeError  the network has another number of parameters
  /// @throws ValueError  the network cannot be built
  explicit Predictor(Model<T> model);

  [[nodiscard]] const Model<T>& model() const noexcept { return model_; }
  [[nodiscard]] const Network<T>& network() const noexcept { return network_; }

  /// @param features  (D) as they are stored
  /// @returns  one for each output; valid until the next call
  /// @throws ShapeError  another number of features
  std::span<const T> scores(std::span<const std::uint8_t> features);
  std::span<const T> scores(std::span<const float> features);

  /// Of a sample of a data set.
  /// @param index  below their number
  std::span<const T> scores(const Samples& samples, std::size_t index);

 private:
  template <class Feature>
  std::span<const T> scores_of(std::span<const Feature> features);

  Model<T> model_;
  Network<T> network_;
  Workspace<T> workspace_;
  Team team_;
  std::vector<T> input_;
};

}  // namespace gradus

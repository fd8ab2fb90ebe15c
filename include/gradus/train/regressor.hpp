// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "gradus/train/predictor.hpp"

namespace gradus {

/// A trained network that answers with numbers, one sample at a time.
///
///   gradus::Regressor<float> regressor(std::get<gradus::Model<float>>(gradus::load_model(path)));
///   std::vector<double> values = regressor.values(features);
///
/// Owns the memory it works in: one object for each thread.
template <Real T>
class Regressor {
 public:
  /// @throws ShapeError  the network has another number of parameters, or the model is of classes
  /// @throws ValueError  the network cannot be built
  explicit Regressor(Model<T> model);

  [[nodiscard]] const Model<T>& model() const noexcept { return predictor_.model(); }
  [[nodiscard]] std::size_t num_features() const { return predictor_.network().num_inputs(); }
  [[nodiscard]] std::size_t num_targets() const { return predictor_.network().num_outputs(); }

  /// @param features  (D) as they are stored
  /// @returns         (K) in the units the targets came in
  /// @throws ShapeError  another number of features
  [[nodiscard]] std::vector<double> values(std::span<const std::uint8_t> features);
  [[nodiscard]] std::vector<double> values(std::span<const float> features);
  [[nodiscard]] std::vector<double> values(const Samples& samples, std::size_t index);

 private:
  [[nodiscard]] std::vector<double> in_units(std::span<const T> scores) const;

  Predictor<T> predictor_;
};

}  // namespace gradus

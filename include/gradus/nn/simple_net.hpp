// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "gradus/core/array.hpp"

namespace gradus {

/// The textbook's smallest net: two inputs, three classes, six weights and nothing else.
/// Row = input, column = neuron.
class SimpleNet {
 public:
  /// Weights from N(0, 1).
  explicit SimpleNet(std::uint64_t seed);

  /// @param weights  (2, 3)
  /// @throws ShapeError  another shape
  explicit SimpleNet(Array<double> weights);

  [[nodiscard]] const Array<double>& weights() const noexcept { return weights_; }

  /// Scores x W.
  /// @param x   (2)
  /// @returns   (3)
  /// @throws ShapeError
  [[nodiscard]] std::vector<double> predict(std::span<const double> x) const;

  /// cross_entropy_error(softmax(x W), t).
  /// @param t  (3) one-hot
  /// @throws ShapeError
  [[nodiscard]] double loss(std::span<const double> x, std::span<const double> t) const;

  /// dL/dW by central differences.
  /// @returns  (2, 3)
  [[nodiscard]] Array<double> numerical_gradient(std::span<const double> x,
                                                 std::span<const double> t) const;

  /// dL/dW by the chain rule.
  /// @returns  (2, 3)
  /// @throws ValueError  t is not one-hot
  [[nodiscard]] Array<double> gradient(std::span<const double> x, std::span<const double> t) const;

 private:
  Array<double> weights_;
};

}  // namespace gradus

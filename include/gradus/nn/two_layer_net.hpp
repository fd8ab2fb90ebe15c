// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "gradus/core/array.hpp"
#include "gradus/core/label.hpp"
#include "gradus/core/matrix_view.hpp"
#include "gradus/nn/network.hpp"

namespace gradus {

struct TwoLayerNetOptions {
  std::size_t input_size = 784;
  std::size_t hidden_size = 50;
  std::size_t output_size = 10;
  double weight_init_std = 0.01;
  std::uint64_t seed = 1;
};

/// The textbook's network, with the textbook's methods: affine, sigmoid, affine, softmax, and the
/// cross entropy error with its delta. In double, for looking closely; to train, use Trainer.
///
/// Letters  B samples, I inputs, C classes, P = 39,760 parameters by default.
class TwoLayerNet {
 public:
  explicit TwoLayerNet(const TwoLayerNetOptions& options = {});

  /// W1 b1 W2 b2, one after another.
  [[nodiscard]] std::span<double> parameters() noexcept { return parameters_; }
  [[nodiscard]] std::span<const double> parameters() const noexcept { return parameters_; }

  /// Their names, shapes and places.
  [[nodiscard]] std::span<const ParameterBlock> blocks() const { return network_.blocks(); }

  /// Probabilities.
  /// @param x  (B, I)
  /// @returns  (B, C)
  /// @throws ShapeError
  [[nodiscard]] Array<double> predict(MatrixView<const double> x) const;

  /// cross_entropy_error(predict(x), labels).
  /// @param labels  (B)
  [[nodiscard]] double loss(MatrixView<const double> x, std::span<const Label> labels) const;

  /// Share of rows whose largest probability is that of their label.
  [[nodiscard]] double accuracy(MatrixView<const double> x, std::span<const Label> labels) const;

  /// dL/dparameters by central differences, with no use of the chain rule.
  /// @returns  (P)
  /// Cost      2 P losses: for the default sizes 79,520 forward passes.
  [[nodiscard]] std::vector<double> numerical_gradient(MatrixView<const double> x,
                                                       std::span<const Label> labels) const;

  /// dL/dparameters by backpropagation.
  /// @returns  (P)
  /// Cost      about three forward passes.
  [[nodiscard]] std::vector<double> gradient(MatrixView<const double> x,
                                             std::span<const Label> labels) const;

 private:
  Network<double> network_;
  std::vector<double> parameters_;
};

}  // namespace gradus

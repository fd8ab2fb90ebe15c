// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>

#include "gradus/nn/layer.hpp"

namespace gradus {

/// y = x W + b.
///
/// Parameters  W (I, O) row by row, row = input, column = neuron; then b (O).
/// Gradients   d_W = x^T d_y,  d_b = the sum of the rows of d_y,  d_x = d_y W^T.
///
/// An empty d_x is not computed: the first layer of a network does not need it.
template <Real T>
class Affine final : public Layer<T> {
 public:
  /// @throws ValueError  a size is 0
  Affine(std::size_t num_inputs, std::size_t num_outputs);

  [[nodiscard]] std::size_t num_inputs() const override { return num_inputs_; }
  [[nodiscard]] std::size_t num_outputs() const override { return num_outputs_; }
  [[nodiscard]] std::size_t num_parameters() const override {
    return (num_inputs_ + 1) * num_outputs_;
  }

  /// W and b inside the layer's parameters.
  template <class U>
  [[nodiscard]] MatrixView<U> weights(std::span<U> parameters) const {
    return {parameters.data(), num_inputs_, num_outputs_};
  }
  template <class U>
  [[nodiscard]] std::span<U> bias(std::span<U> parameters) const {
    return parameters.subspan(num_inputs_ * num_outputs_, num_outputs_);
  }

  void forward(std::span<const T> parameters, MatrixView<const T> x, MatrixView<T> y,
               Team& team) const override;
  void backward(std::span<const T> parameters, const typename Layer<T>::Backward& batch,
                const GradientTarget<T>& d_parameters, Team& team) const override;

 private:
  std::size_t num_inputs_;
  std::size_t num_outputs_;
};

}  // namespace gradus

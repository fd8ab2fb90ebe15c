// SPDX-License-Identifier: MIT
#pragma once

#include "gradus/data/input.hpp"
#include "gradus/math/column_lists.hpp"
#include "gradus/math/column_panels.hpp"
#include "gradus/nn/layer.hpp"

namespace gradus {

/// y = x W + b.
///
/// Parameters  W (I, O) row by row, row = input, column = neuron; then b (O).
/// Gradients   d_W = x^T d_y,  d_b = the sum of the rows of d_y,  d_x = d_y W^T.
///
/// As the first layer of a network it also takes sparse rows, and has no need of d_x.
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

  /// backward() without d_x.
  void backward_parameters(MatrixView<const T> x, MatrixView<const T> d_y,
                           const GradientTarget<T>& d_parameters, Team& team) const;

  /// What it works with when its input is sparse rows.
  struct SparseMemory {
    ColumnPanels<T> panels;
    ColumnLists lists;
  };

  /// forward() of rows in either form.
  /// @param passes  whether backward_input() is going to be called
  void forward_input(std::span<const T> parameters, const Input<T>& x, MatrixView<T> y,
                     Passes passes, SparseMemory& memory, Team& team) const;

  /// backward_parameters() for rows in either form; the gradient is written down.
  /// @param memory  from forward_input()
  void backward_input(const Input<T>& x, MatrixView<const T> d_y, std::span<T> d_parameters,
                      SparseMemory& memory, Team& team) const;

 private:
  std::size_t num_inputs_;
  std::size_t num_outputs_;
};

}  // namespace gradus

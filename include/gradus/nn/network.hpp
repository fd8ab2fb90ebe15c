// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "gradus/core/parameter_block.hpp"
#include "gradus/math/input.hpp"
#include "gradus/nn/affine.hpp"
#include "gradus/nn/layer.hpp"

namespace gradus {

/// What a network is made of, in words that fit in a file.
struct NetworkOptions {
  std::vector<std::size_t> layer_sizes = {784, 50, 10};  // inputs, hidden layers ..., outputs
  std::string activation = "sigmoid";                    // after every affine layer but the last
};

template <Real T>
class Workspace;
template <Real T>
class LaterLayers;  // lets training steps of the library into both

/// Affine layers with an activation between them; the output of the last layer is the scores.
///
/// Holds no parameters: they are one flat vector of the caller's, laid out as blocks() says. So an
/// optimizer is a loop over two vectors, a model file is one block, and the gradient of a network
/// is checked like that of any function of a vector. Immutable; may be used from several threads,
/// each with its own Workspace.
///
/// Letters  B samples, I inputs, O outputs of a layer, C classes, P parameters.
template <Real T>
class Network {
 public:
  /// @throws ValueError  fewer than two sizes, a size of 0, or an unknown activation
  explicit Network(NetworkOptions options);

  [[nodiscard]] const NetworkOptions& options() const noexcept { return options_; }
  [[nodiscard]] std::size_t num_inputs() const { return options_.layer_sizes.front(); }
  [[nodiscard]] std::size_t num_outputs() const { return options_.layer_sizes.back(); }
  /// The number of affine layers: the hidden ones and the one that gives the scores.
  [[nodiscard]] std::size_t num_layers() const { return options_.layer_sizes.size() - 1; }
  [[nodiscard]] std::size_t num_parameters() const noexcept { return num_parameters_; }

  /// Where W1 b1 W2 b2 ... lie among the parameters, in this order.
  [[nodiscard]] std::span<const ParameterBlock> blocks() const noexcept { return blocks_; }
  /// (I, O) of an affine layer, counted from 0.
  [[nodiscard]] const ParameterBlock& weights(std::size_t layer) const {
    return blocks_[2 * layer];
  }
  /// (O)
  [[nodiscard]] const ParameterBlock& bias(std::size_t layer) const {
    return blocks_[2 * layer + 1];
  }

  /// Scores of a batch. Valid until the workspace is used again.
  /// @param parameters  (P)
  /// @param x           (B, I), B at most the workspace's
  /// @returns           (B, C), inside the workspace
  /// @throws ShapeError
  MatrixView<const T> forward(std::span<const T> parameters, const Input<T>& x,
                              Workspace<T>& workspace, Team& team) const;

  /// The gradient with respect to all parameters, after forward() with the same arguments and
  /// after dL/dscores was written to workspace.d_scores(). May be called again.
  /// @param d_parameters  (P) out, overwritten
  void backward(std::span<const T> parameters, const Input<T>& x, Workspace<T>& workspace,
                std::span<T> d_parameters, Team& team) const;

  /// One step of plain gradient descent, with the same preparation as backward(): the gradient is
  /// not written down but subtracted from the parameters.
  /// @param parameters   (P) in and out
  /// @param kept_weight  a factor for the weights, but not the biases, before the step
  void descend(std::span<T> parameters, MatrixView<const T> x, Workspace<T>& workspace,
               T learning_rate, T kept_weight, Team& team) const;

 private:
  friend class Workspace<T>;
  friend class LaterLayers<T>;
  void append(std::unique_ptr<const Layer<T>> layer);
  void forward_first(std::span<const T> parameters, const Input<T>& x, Workspace<T>& workspace,
                     Team& team) const;
  void backward_first(std::span<const T> parameters, const Input<T>& x, Workspace<T>& workspace,
                      std::span<T> d_parameters, Team& team) const;

  NetworkOptions options_;
  Affine<T> first_;
  std::vector<std::unique_ptr<const Layer<T>>> rest_;  // activation, affine, activation, affine ...
  std::vector<std::size_t> rest_offsets_;  // of the parameters of rest_[i], behind the first's
  std::vector<ParameterBlock> blocks_;
  std::size_t num_parameters_ = 0;
};

/// The memory a network needs to run, for batches of up to max_rows samples: the output of every
/// layer, and for the backward pass the gradient with respect to it. Affine layers are counted from
/// 0; each but the last has an activation behind it.
template <Real T>
class Workspace {
 public:
  Workspace(const Network<T>& network, std::size_t max_rows,
            Passes passes = Passes::forward_and_backward);
  ~Workspace();

  [[nodiscard]] std::size_t max_rows() const noexcept { return max_rows_; }

  /// (B, C) Scores of the last forward().
  [[nodiscard]] MatrixView<const T> scores() const { return output_of(widths_.size() - 1); }

  /// (B, O) The output of an affine layer, x W + b. For the last one it is the scores.
  [[nodiscard]] MatrixView<const T> pre_activation(std::size_t layer) const {
    return output_of(2 * layer);
  }

  /// (B, O) The output of the activation behind an affine layer.
  [[nodiscard]] MatrixView<const T> hidden_output(std::size_t layer) const {
    return output_of(2 * layer + 1);
  }

  /// (B, C) To be filled with dL/dscores before backward().
  [[nodiscard]] MatrixView<T> d_scores() {
    return {d_outputs_.back().data(), num_rows_, widths_.back()};
  }

  /// dL/d of pre_activation(), after backward().
  [[nodiscard]] MatrixView<const T> d_pre_activation(std::size_t layer) const {
    return d_output_of(2 * layer);
  }

  /// dL/d of hidden_output(), after backward().
  [[nodiscard]] MatrixView<const T> d_hidden_output(std::size_t layer) const {
    return d_output_of(2 * layer + 1);
  }

 private:
  friend class Network<T>;
  friend class LaterLayers<T>;
  struct SparseMemory;

  [[nodiscard]] MatrixView<const T> output_of(std::size_t i) const {
    return {outputs_[i].data(), num_rows_, widths_[i]};
  }
  [[nodiscard]] MatrixView<const T> d_output_of(std::size_t i) const {
    return {d_outputs_[i].data(), num_rows_, widths_[i]};
  }

  std::size_t max_rows_;
  Passes passes_;
  std::size_t num_rows_ = 0;             // of the last forward()
  std::vector<std::size_t> widths_;      // of affine layers and activations, in their order
  std::vector<std::vector<T>> outputs_;  // (max_rows, width) each
  std::vector<std::vector<T>> d_outputs_;
  std::unique_ptr<SparseMemory> sparse_memory_;  // of the first layer
};

}  // namespace gradus

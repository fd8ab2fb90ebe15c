// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "gradus/core/parameter_block.hpp"
#include "gradus/data/input.hpp"
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

/// Some neighbouring rows of a batch.
struct RowRange {
  std::size_t first;
  std::size_t count;
};

/// Affine layers with an activation between them; the last layer's output are the scores.
///
/// Holds no parameters: they are one flat vector of the caller's, laid out as parameters() says.
/// So an optimizer is a loop over two vectors, a model file is one block, and the gradient of a
/// network is checked like that of any function of a vector.
/// Immutable; may be used from several threads, each with its own Workspace.
template <Real T>
class Network {
 public:
  /// @throws ValueError  fewer than two sizes, a size of 0, or an unknown activation
  explicit Network(NetworkOptions options);

  [[nodiscard]] const NetworkOptions& options() const noexcept { return options_; }
  [[nodiscard]] std::size_t num_inputs() const { return options_.layer_sizes.front(); }
  [[nodiscard]] std::size_t num_outputs() const { return options_.layer_sizes.back(); }
  [[nodiscard]] std::size_t num_parameters() const noexcept { return num_parameters_; }
  [[nodiscard]] std::span<const ParameterBlock> parameters() const noexcept { return blocks_; }
  [[nodiscard]] const Affine<T>& first_layer() const noexcept { return first_; }

  /// Scores of a batch. Valid until the workspace is used again.
  /// @param parameters  (P)
  /// @param x           (B, I), B at most the workspace's
  /// @returns           (B, C), inside the workspace
  /// @throws ShapeError
  MatrixView<const T> forward(std::span<const T> parameters, const Input<T>& x,
                              Workspace<T>& workspace, Team& team) const;

  /// As forward(), but starts behind the first layer, whose output is in workspace.first_output(),
  /// and goes over some of the rows. Other rows may be gone over at the same time, each by one
  /// thread with a team of its own.
  /// @param parameters  without those of the first layer
  void forward_behind_first_layer(std::span<const T> parameters, Workspace<T>& workspace,
                                  RowRange rows, Team& team) const;

  /// The gradient with respect to all parameters, after forward() with the same arguments and
  /// after dL/dscores was written to workspace.d_scores(). May be called again.
  /// @param d_parameters  (P) out, overwritten
  void backward(std::span<const T> parameters, const Input<T>& x, Workspace<T>& workspace,
                std::span<T> d_parameters, Team& team) const;

  /// One step of plain gradient descent, after what backward() asks for: the gradient is not
  /// written down but taken off the parameters.
  /// @param parameters   (P) in and out
  /// @param kept_weight  what weights, not biases, are multiplied with before
  void descend(std::span<T> parameters, MatrixView<const T> x, Workspace<T>& workspace,
               T learning_rate, T kept_weight, Team& team) const;

  /// As backward(), but stops before the first layer, and goes over some of the rows.
  /// workspace.d_output_of(0) then has the gradient with respect to the first layer's output.
  /// @param d_parameters  out: what these rows give, without the parameters of the first layer
  void backward_to_first_layer(std::span<const T> parameters, Workspace<T>& workspace,
                               RowRange rows, std::span<T> d_parameters, Team& team) const;

 private:
  friend class Workspace<T>;
  void backward_rest(std::span<const T> parameters, Workspace<T>& workspace, RowRange rows,
                     const GradientTarget<T>& d_parameters, Team& team) const;
  void append(std::unique_ptr<const Layer<T>> layer);
  void name_parameters();

  NetworkOptions options_;
  Affine<T> first_;
  std::vector<std::unique_ptr<const Layer<T>>> rest_;  // activation, affine, activation, affine ...
  std::vector<std::size_t> rest_offsets_;  // of the parameters of rest_[i], behind the first's
  std::vector<ParameterBlock> blocks_;
  std::size_t num_parameters_ = 0;
};

/// The memory a network needs to run, for batches of up to max_rows samples: the output of every
/// layer, and for the backward pass the gradient with respect to it.
template <Real T>
class Workspace {
 public:
  Workspace(const Network<T>& network, std::size_t max_rows,
            Passes passes = Passes::forward_and_backward);

  [[nodiscard]] std::size_t max_rows() const noexcept { return max_rows_; }

  /// What a layer gave in the last forward(): 0 is the first affine layer, 1 the activation behind
  /// it, 2 the next affine layer, ...
  [[nodiscard]] MatrixView<const T> output_of(std::size_t layer) const {
    return {outputs_[layer].data(), num_rows_, widths_[layer]};
  }

  /// Scores of the last forward().
  [[nodiscard]] MatrixView<const T> scores() const { return output_of(widths_.size() - 1); }
  [[nodiscard]] MatrixView<const T> scores(RowRange rows) {
    return output(widths_.size() - 1, rows);
  }

  /// dL/d of what output_of() gives, after backward().
  [[nodiscard]] MatrixView<const T> d_output_of(std::size_t layer) const {
    return {d_outputs_[layer].data(), num_rows_, widths_[layer]};
  }

  /// Where dL/dscores goes before backward().
  [[nodiscard]] MatrixView<T> d_scores() { return d_scores(all_rows()); }
  [[nodiscard]] MatrixView<T> d_scores(RowRange rows) { return d_output(widths_.size() - 1, rows); }

  /// Makes ready for a batch, for who computes the first layer apart.
  /// @param num_rows  at most max_rows()
  void begin(std::size_t num_rows) { num_rows_ = num_rows; }

  /// Where the first layer's output goes.
  [[nodiscard]] MatrixView<T> first_output(RowRange rows) { return output(0, rows); }

  /// Some rows of d_output_of(0).
  [[nodiscard]] MatrixView<const T> d_first_output(RowRange rows) { return d_output(0, rows); }

 private:
  friend class Network<T>;
  [[nodiscard]] RowRange all_rows() const { return {0, num_rows_}; }
  MatrixView<T> output(std::size_t layer, RowRange rows) {
    return {outputs_[layer].data() + rows.first * widths_[layer], rows.count, widths_[layer]};
  }
  MatrixView<T> d_output(std::size_t layer, RowRange rows) {
    return {d_outputs_[layer].data() + rows.first * widths_[layer], rows.count, widths_[layer]};
  }

  std::size_t max_rows_;
  Passes passes_;
  std::size_t num_rows_ = 0;             // of the last forward()
  std::vector<std::size_t> widths_;      // outputs of each layer, the first affine layer included
  std::vector<std::vector<T>> outputs_;  // (max_rows, width) each
  std::vector<std::vector<T>> d_outputs_;
  typename Affine<T>::SparseMemory sparse_memory_;
};

}  // namespace gradus

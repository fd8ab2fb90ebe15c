// SPDX-License-Identifier: MIT
// The network a programmer writes who has a library for matrix products and nothing else: plain
// loops for all but the products, the update of the weights folded into the last of them.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "gradus/core/label.hpp"

namespace gradus::bench {

/// c (m, n) = alpha * op(a) * op(b) + beta * c, all row by row; op(a) is (m, k), op(b) is (k, n).
struct Product {
  bool is_a_transposed;
  bool is_b_transposed;
  std::size_t m, n, k;
};

struct NetShape {
  std::vector<std::size_t> layers;
  bool is_relu;  // else sigmoid
};

/// @tparam Library  has multiply(Product, T alpha, const T* a, const T* b, T beta, T* c)
template <class Library, class T>
class HandWrittenNet {
 public:
  /// @param parameters  W1 b1 W2 b2 ...
  HandWrittenNet(NetShape shape, std::vector<T> parameters, std::size_t max_rows)
      : shape_(std::move(shape)), parameters_(std::move(parameters)) {
    std::size_t offset = 0;
    for (std::size_t l = 0; l + 1 < shape_.layers.size(); ++l) {
      const std::size_t inputs = shape_.layers[l];
      const std::size_t outputs = shape_.layers[l + 1];
      layers_.push_back({.inputs = inputs,
                         .outputs = outputs,
                         .weights = offset,
                         .bias = offset + inputs * outputs,
                         .y = std::vector<T>(max_rows * outputs),
                         .d_y = std::vector<T>(max_rows * outputs)});
      offset += (inputs + 1) * outputs;
    }
  }

  [[nodiscard]] std::vector<T>& parameters() { return parameters_; }
  [[nodiscard]] std::size_t num_classes() const { return shape_.layers.back(); }

  /// @param x  (B, I)
  /// @returns  (B, C) the scores
  const T* forward(const T* x, std::size_t num_rows) {
    for (std::size_t l = 0; l < layers_.size(); ++l) {
      Layer& layer = layers_[l];
      Library::multiply(Product{false, false, num_rows, layer.outputs, layer.inputs}, T{1}, x,
                        weights(layer), T{0}, layer.y.data());
      activate(layer, num_rows, l + 1 == layers_.size());
      x = layer.y.data();
    }
    return x;
  }

  /// One step of gradient descent.
  /// @returns  the mean loss before it
  T train(const T* x, std::span<const Label> labels, T learning_rate) {
    const std::size_t num_rows = labels.size();
    forward(x, num_rows);
    const T loss = softmax_cross_entropy(labels);
    for (std::size_t l = layers_.size(); l-- > 0;) {
      Layer& layer = layers_[l];
      if (l > 0) {
        Layer& below = layers_[l - 1];
        Library::multiply(Product{false, true, num_rows, layer.inputs, layer.outputs}, T{1},
                          layer.d_y.data(), weights(layer), T{0}, below.d_y.data());
        multiply_with_slope(below, num_rows);
      }
      const T* input = l > 0 ? layers_[l - 1].y.data() : x;
      Library::multiply(Product{true, false, layer.inputs, layer.outputs, num_rows}, -learning_rate,
                        input, layer.d_y.data(), T{1}, weights(layer));
      update_bias(layer, num_rows, learning_rate);
    }
    return loss;
  }

  /// The mean loss.
  T loss(const T* x, std::span<const Label> labels) {
    forward(x, labels.size());
    return softmax_cross_entropy(labels);
  }

 private:
  struct Layer {
    std::size_t inputs;
    std::size_t outputs;
    std::size_t weights;  // where they begin in the parameters
    std::size_t bias;
    std::vector<T> y;    // (B, outputs), behind the activation
    std::vector<T> d_y;  // the gradient with respect to what is before it
  };

  T* weights(const Layer& layer) { return parameters_.data() + layer.weights; }

  void activate(Layer& layer, std::size_t num_rows, bool is_last) {
    const T* bias = parameters_.data() + layer.bias;
    for (std::size_t b = 0; b < num_rows; ++b) {
      T* y = layer.y.data() + b * layer.outputs;
      if (is_last) {
        for (std::size_t o = 0; o < layer.outputs; ++o) {
          y[o] += bias[o];
        }
      } else if (shape_.is_relu) {
        for (std::size_t o = 0; o < layer.outputs; ++o) {
          y[o] = std::max(y[o] + bias[o], T{0});
        }
      } else {
        for (std::size_t o = 0; o < layer.outputs; ++o) {
          y[o] = T{1} / (T{1} + std::exp(-(y[o] + bias[o])));
        }
      }
    }
  }

  /// Mean loss of the scores, and its gradient.
  T softmax_cross_entropy(std::span<const Label> labels) {
    Layer& last = layers_.back();
    const T scale = T{1} / static_cast<T>(labels.size());
    T loss = 0;
    for (std::size_t b = 0; b < labels.size(); ++b) {
      const T* scores = last.y.data() + b * last.outputs;
      T* d_scores = last.d_y.data() + b * last.outputs;
      const T highest = *std::max_element(scores, scores + last.outputs);
      T sum = 0;
      for (std::size_t c = 0; c < last.outputs; ++c) {
        d_scores[c] = std::exp(scores[c] - highest);
        sum += d_scores[c];
      }
      for (std::size_t c = 0; c < last.outputs; ++c) {
        d_scores[c] *= scale / sum;
      }
      d_scores[labels[b]] -= scale;
      loss += std::log(sum) + highest - scores[labels[b]];
    }
    return loss * scale;
  }

  void multiply_with_slope(Layer& layer, std::size_t num_rows) {
    const std::size_t count = num_rows * layer.outputs;
    for (std::size_t i = 0; i < count; ++i) {
      const T y = layer.y[i];
      layer.d_y[i] *= shape_.is_relu ? (y > 0 ? T{1} : T{0}) : y * (T{1} - y);
    }
  }

  void update_bias(const Layer& layer, std::size_t num_rows, T learning_rate) {
    T* bias = parameters_.data() + layer.bias;
    for (std::size_t b = 0; b < num_rows; ++b) {
      for (std::size_t o = 0; o < layer.outputs; ++o) {
        bias[o] -= learning_rate * layer.d_y[b * layer.outputs + o];
      }
    }
  }

  NetShape shape_;
  std::vector<T> parameters_;
  std::vector<Layer> layers_;
};

}  // namespace gradus::bench

// SPDX-License-Identifier: MIT
#include "gradus/nn/activations.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "gradus/diff/elementary.hpp"  // sigmoid
#include "gradus/math/softmax.hpp"

namespace gradus {

namespace {

// An activation that works on each number alone: its value, and its slope from input and output.
struct Sigmoid {
  template <Real T>
  static T value(T x) {
    return sigmoid(x);
  }
  template <Real T>
  static T slope(T /*x*/, T y) {
    return y * (1 - y);
  }
};

struct Relu {
  template <Real T>
  static T value(T x) {
    return x < 0 ? T{0} : x;  // this way round a NaN stays one
  }
  template <Real T>
  static T slope(T x, T /*y*/) {
    return x > 0 ? T{1} : T{0};
  }
};

struct Tanh {
  template <Real T>
  static T value(T x) {
    return std::tanh(x);
  }
  template <Real T>
  static T slope(T /*x*/, T y) {
    return 1 - y * y;
  }
};

struct Identity {
  template <Real T>
  static T value(T x) {
    return x;
  }
  template <Real T>
  static T slope(T /*x*/, T /*y*/) {
    return T{1};
  }
};

struct Step {
  template <Real T>
  static T value(T x) {
    return x > 0 ? T{1} : T{0};
  }
  template <Real T>
  static T slope(T /*x*/, T /*y*/) {
    return T{0};
  }
};

/// Calls element(i) for each i, blocks of elements in parallel.
template <class Element>
void for_each_element(std::size_t num_elements, Team& team, Element element) {
  constexpr std::size_t elements_per_block = 8192;  // fewer are not worth waking a thread for
  team.for_each_block(num_blocks_of(elements_per_block, num_elements), [&](std::size_t block) {
    const std::size_t end = std::min(num_elements, (block + 1) * elements_per_block);
    for (std::size_t i = block * elements_per_block; i < end; ++i) {
      element(i);
    }
  });
}

template <Real T>
class ActivationLayer : public Layer<T> {
 public:
  explicit ActivationLayer(std::size_t width) : width_(width) {}
  [[nodiscard]] std::size_t num_inputs() const override { return width_; }
  [[nodiscard]] std::size_t num_outputs() const override { return width_; }
  [[nodiscard]] std::size_t num_parameters() const override { return 0; }

 private:
  std::size_t width_;
};

template <Real T, class Function>
class Elementwise final : public ActivationLayer<T> {
 public:
  using ActivationLayer<T>::ActivationLayer;

  void forward(std::span<const T> /*parameters*/, MatrixView<const T> x, MatrixView<T> y,
               Team& team) const override {
    for_each_element(x.num_elements(), team,
                     [&](std::size_t i) { y.data()[i] = Function::value(x.data()[i]); });
  }

  void backward(std::span<const T> /*parameters*/, const typename Layer<T>::Backward& batch,
                std::span<T> /*d_parameters*/, Team& team) const override {
    for_each_element(batch.x.num_elements(), team, [&](std::size_t i) {
      batch.d_x.data()[i] =
          batch.d_y.data()[i] * Function::slope(batch.x.data()[i], batch.y.data()[i]);
    });
  }
};

template <Real T>
class Softmax final : public ActivationLayer<T> {
 public:
  using ActivationLayer<T>::ActivationLayer;

  void forward(std::span<const T> /*parameters*/, MatrixView<const T> x, MatrixView<T> y,
               Team& /*team*/) const override {
    softmax_into(x, y);
  }

  void backward(std::span<const T> /*parameters*/, const typename Layer<T>::Backward& batch,
                std::span<T> /*d_parameters*/, Team& /*team*/) const override {
    softmax_backward_into(batch.y, batch.d_y, batch.d_x);
  }
};

template <Real T, class LayerType>
std::unique_ptr<const Layer<T>> make(std::size_t width) {
  return std::make_unique<LayerType>(width);
}

}  // namespace

template <Real T>
const Registry<ActivationEntry<T>>& activations() {
  static constexpr std::array<ActivationEntry<T>, 6> entries{{
      {"sigmoid", "1 / (1 + exp(-x)), between 0 and 1", make<T, Elementwise<T, Sigmoid>>},
      {"relu", "max(x, 0)", make<T, Elementwise<T, Relu>>},
      {"tanh", "between -1 and 1", make<T, Elementwise<T, Tanh>>},
      {"identity", "x itself: the layers around it stay one linear map",
       make<T, Elementwise<T, Identity>>},
      {"step", "0 or 1; its slope is 0, so the layers before it cannot learn",
       make<T, Elementwise<T, Step>>},
      {"softmax", "positive numbers that sum to 1 over each row", make<T, Softmax<T>>},
  }};
  static constexpr Registry<ActivationEntry<T>> registry("activation", entries);
  return registry;
}

template const Registry<ActivationEntry<float>>& activations<float>();
template const Registry<ActivationEntry<double>>& activations<double>();

}  // namespace gradus

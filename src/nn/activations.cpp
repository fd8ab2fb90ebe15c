// SPDX-License-Identifier: MIT
#include "gradus/nn/activations.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <type_traits>
#include <vector>

#include "gradus/math/sigmoid.hpp"
#include "gradus/math/softmax.hpp"

namespace gradus {

namespace {

// An activation that works on each number alone: its value, and its slope from input and output.
// It may also have its values by vectors, and, where a difference of two values would cancel, say
// what its value changes by.
struct Sigmoid {
  template <Real T>
  static T value(T x) {
    return sigmoid(x);
  }
  template <Real T>
  static void values_into(std::span<const T> x, std::span<T> y) {
    sigmoid_into(x, y);
  }
  template <Real T>
  static T slope(T /*x*/, T y) {
    return y * (1 - y);
  }
  static void changes_into(double x, std::span<const double> moves, std::span<double> changes) {
    sigmoid_changes_into(x, moves, changes);
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
  static void changes_into(double x, std::span<const double> moves, std::span<double> changes) {
    // tanh(x) is 2 sigmoid(2 x) - 1.
    std::transform(moves.begin(), moves.end(), changes.begin(), [](double m) { return 2 * m; });
    sigmoid_changes_into(2 * x, changes, changes);
    std::transform(changes.begin(), changes.end(), changes.begin(), [](double y) { return 2 * y; });
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

/// Calls run(first, last) for blocks of elements, in parallel.
template <class Run>
void for_blocks_of_elements(std::size_t num_elements, Team& team, Run run) {
  constexpr std::size_t elements_per_block = 8192;  // fewer are not worth waking a thread for
  team.for_each_block(num_blocks_of(elements_per_block, num_elements), [&](std::size_t block) {
    run(block * elements_per_block, std::min(num_elements, (block + 1) * elements_per_block));
  });
}

template <Real T, class Function>
class Elementwise final : public Activation<T> {
 public:
  using Activation<T>::Activation;

  void forward(std::span<const T> /*parameters*/, MatrixView<const T> x, MatrixView<T> y,
               Team& team) const override {
    for_blocks_of_elements(x.num_elements(), team, [&](std::size_t first, std::size_t last) {
      const std::span<const T> from = x.elements().subspan(first, last - first);
      const std::span<T> to = y.elements().subspan(first, last - first);
      if constexpr (requires { Function::values_into(from, to); }) {
        Function::values_into(from, to);
      } else {
        std::transform(from.begin(), from.end(), to.begin(), Function::template value<T>);
      }
    });
  }

  void backward(std::span<const T> /*parameters*/, const typename Layer<T>::Backward& batch,
                const GradientTarget<T>& /*d_parameters*/, Team& team) const override {
    for_blocks_of_elements(batch.x.num_elements(), team, [&](std::size_t first, std::size_t last) {
      // They overlap nowhere; a compiler that knows it makes vectors of the loop.
      const T* __restrict x = batch.x.data();
      const T* __restrict y = batch.y.data();
      const T* __restrict d_y = batch.d_y.data();
      T* __restrict d_x = batch.d_x.data();
      for (std::size_t i = first; i < last; ++i) {
        d_x[i] = d_y[i] * Function::slope(x[i], y[i]);
      }
    });
  }

  [[nodiscard]] bool is_elementwise() const override { return true; }

  void changes_into(std::span<const T> x, MatrixView<const T> moves,
                    MatrixView<T> changes) const override {
    for (std::size_t i = 0; i < x.size(); ++i) {
      if constexpr (requires { Function::changes_into(x[i], moves.row(i), changes.row(i)); }) {
        Function::changes_into(x[i], moves.row(i), changes.row(i));
      } else {
        const T y = Function::value(x[i]);
        for (std::size_t m = 0; m < moves.num_cols(); ++m) {
          changes(i, m) = Function::value(x[i] + moves(i, m)) - y;
        }
      }
    }
  }
};

template <Real T>
class Softmax final : public Activation<T> {
 public:
  using Activation<T>::Activation;

  void forward(std::span<const T> /*parameters*/, MatrixView<const T> x, MatrixView<T> y,
               Team& /*team*/) const override {
    softmax_into(x, y);
  }

  void backward(std::span<const T> /*parameters*/, const typename Layer<T>::Backward& batch,
                const GradientTarget<T>& /*d_parameters*/, Team& /*team*/) const override {
    softmax_backward_into(batch.y, batch.d_y, batch.d_x);
  }

  void changes_into(std::span<const T> x, MatrixView<const T> moves,
                    MatrixView<T> changes) const override {
    if constexpr (std::is_same_v<T, double>) {
      softmax_changes_into(x, moves, changes);
    } else {
      Activation<T>::changes_into(x, moves, changes);
    }
  }
};

template <Real T, class LayerType>
std::unique_ptr<const Activation<T>> make(std::size_t width) {
  return std::make_unique<LayerType>(width);
}

}  // namespace

template <Real T>
void Activation<T>::changes_into(std::span<const T> x, MatrixView<const T> moves,
                                 MatrixView<T> changes) const {
  Team team;
  std::vector<T> rest(x.size());
  std::vector<T> moved_x(x.size());
  std::vector<T> moved_y(x.size());
  this->forward({}, {x.data(), 1, x.size()}, {rest.data(), 1, x.size()}, team);
  for (std::size_t m = 0; m < moves.num_cols(); ++m) {
    for (std::size_t i = 0; i < x.size(); ++i) {
      moved_x[i] = x[i] + moves(i, m);
    }
    this->forward({}, {moved_x.data(), 1, x.size()}, {moved_y.data(), 1, x.size()}, team);
    for (std::size_t i = 0; i < x.size(); ++i) {
      changes(i, m) = moved_y[i] - rest[i];
    }
  }
}

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

template class Activation<float>;
template class Activation<double>;
template const Registry<ActivationEntry<float>>& activations<float>();
template const Registry<ActivationEntry<double>>& activations<double>();

}  // namespace gradus

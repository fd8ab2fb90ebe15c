// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "gradus/core/registry.hpp"
#include "gradus/math/sigmoid.hpp"
#include "gradus/nn/layer.hpp"

namespace gradus {

/// A layer without parameters and with as many outputs as inputs.
///
/// Letters  I inputs and outputs, M moves.
template <Real T>
class Activation : public Layer<T> {
 public:
  explicit Activation(std::size_t width) : width_(width) {}
  [[nodiscard]] std::size_t num_inputs() const final { return width_; }
  [[nodiscard]] std::size_t num_outputs() const final { return width_; }
  [[nodiscard]] std::size_t num_parameters() const final { return 0; }

  /// Whether it works on each number alone. Then it takes rows of any width.
  [[nodiscard]] virtual bool is_elementwise() const { return false; }

  /// The change of the outputs for one sample when its inputs move, for M moves at once:
  /// changes[:, m] = y(x + moves[:, m]) - y(x).
  ///
  /// By default this is the difference of two results of forward(): it is off by a rounding of y,
  /// and takes memory. An activation with something better overrides it.
  /// @param x        (I)
  /// @param moves    (I, M)
  /// @param changes  (I, M) out; may be the memory of moves
  virtual void changes_into(std::span<const T> x, MatrixView<const T> moves,
                            MatrixView<T> changes) const;

 private:
  std::size_t width_;
};

/// Makes one activation for rows of `width` numbers.
template <Real T>
struct ActivationEntry {
  std::string_view id;
  std::string_view summary;
  std::unique_ptr<const Activation<T>> (*make)(std::size_t width);
};

/// Everything that can stand between two affine layers.
///
///   sigmoid   y = 1 / (1 + exp(-x))      dy/dx = y (1 - y)
///   relu      y = max(x, 0)              dy/dx = 1 where x > 0, else 0 (so 0 at the kink)
///   tanh      y = tanh(x)                dy/dx = 1 - y^2
///   identity  y = x                      dy/dx = 1
///   step      y = 1 where x > 0, else 0  dy/dx = 0: nothing before it can learn
///   softmax   y = exp(x) / sum exp(x)    over each row
template <Real T>
[[nodiscard]] const Registry<ActivationEntry<T>>& activations();

}  // namespace gradus

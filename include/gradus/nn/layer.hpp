// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>

#include "gradus/core/matrix_view.hpp"
#include "gradus/core/parallel.hpp"
#include "gradus/core/real.hpp"
#include "gradus/math/matmul.hpp"

namespace gradus {

/// What is asked of a network: its scores, or their gradient too.
enum class Passes { forward, forward_and_backward };

/// Where the gradient with respect to parameters goes, and how. By default it is written down;
/// plain gradient descent subtracts it from the parameters at once.
template <Real T>
struct GradientTarget {
  std::span<T> values;  // as many as there are parameters
  Blend<T> weights = {};
  Blend<T> biases = {};

  [[nodiscard]] GradientTarget part(std::size_t first, std::size_t count) const {
    return {values.subspan(first, count), weights, biases};
  }
};

/// One step of a network: a function of a batch, and its gradient.
///
/// Stateless and const: parameters and everything remembered between forward and backward belong to
/// the caller, so backward can run twice and one layer can serve many threads.
///
/// Letters  B samples, I inputs, O outputs. `d_x` is dL/dx and has the shape of x.
template <Real T>
class Layer {
 public:
  virtual ~Layer() = default;

  [[nodiscard]] virtual std::size_t num_inputs() const = 0;
  [[nodiscard]] virtual std::size_t num_outputs() const = 0;
  [[nodiscard]] virtual std::size_t num_parameters() const = 0;

  /// @param parameters  (num_parameters())
  /// @param x           (B, I)
  /// @param y           (B, O) out
  virtual void forward(std::span<const T> parameters, MatrixView<const T> x, MatrixView<T> y,
                       Team& team) const = 0;

  /// What one call of backward works on.
  struct Backward {
    MatrixView<const T> x;    // (B, I) as given to forward
    MatrixView<const T> y;    // (B, O) as written by forward
    MatrixView<const T> d_y;  // (B, O)
    MatrixView<T> d_x;        // (B, I) out, overwritten
  };

  /// Writes d_x, and then the gradient with respect to the parameters.
  /// @param parameters    (num_parameters()) as given to forward
  /// @param d_parameters  may be the parameters themselves
  virtual void backward(std::span<const T> parameters, const Backward& batch,
                        const GradientTarget<T>& d_parameters, Team& team) const = 0;
};

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "gradus/core/parallel.hpp"
#include "gradus/diff/numerical.hpp"
#include "gradus/loss/loss.hpp"
#include "gradus/math/input.hpp"
#include "gradus/nn/activations.hpp"
#include "gradus/nn/network.hpp"

namespace gradus {

/// The gradient of a network's loss by central differences, as numerical_gradient() of that loss
/// defines it: (L(p + h e_i) - L(p - h e_i)) / 2h for each parameter p_i, two losses for each. No
/// derivative of anything is used. Only in double: float has no digits to spare for differences.
///
/// It is fast because the two losses of a parameter are not computed from the beginning. Moving
/// W[i, j] by h moves output j of its layer by h x[i] and no other, for no sample with x[i] = 0;
/// from there each layer and the loss report their change (Activation::changes_into,
/// Loss::changes_into). The losses do so without cancellation, so that the result is nearer to the
/// exact central difference than a difference of two losses can be. A bias is a weight of an input
/// that is always 1.
///
/// Letters   B samples, P parameters, C classes.
/// Accuracy  it differs from numerical_gradient() by the rounding of that function, 1e-16 L / 2h:
///           up to 1.5e-11 in an element for 784-50-10 and 100 images of MNIST. It differs from the
///           gradient by the error of the formula, h^2 / 6 times third derivatives: there by 1.6e-9
///           of its length. Where a kink or a jump lies between the two points, it differs from the
///           gradient as any central difference does.
/// Cost      two changes of a loss for each parameter and sample whose input is not 0. Each of
///           these changes also takes one product for each weight behind the first affine layer
///           after the parameter's own: deep networks are slow.
/// Tested    tests/property/numerical_gradient_test.cpp, for every activation and loss.
///
/// One call at a time. After the first call with a team it takes no memory (activations and losses
/// may, for their changes).
class NetworkNumericalGradient {
 public:
  /// @param network   must outlive this
  /// @param loss      must outlive this
  /// @param max_rows  the largest B it will be given
  NetworkNumericalGradient(const Network<double>& network, const Loss<double>& loss,
                           std::size_t max_rows);
  ~NetworkNumericalGradient();

  /// Computes the gradient of the mean loss of a batch; the same bits on any number of threads.
  /// @param parameters  (P)
  /// @param x           (B, I)
  /// @param targets     (B) labels, or (B, C) numbers
  /// @param gradient    (P) out, overwritten
  /// @returns  the loss
  /// @throws ShapeError, ValueError  as Network::forward and Loss::value
  double run(std::span<const double> parameters, const Input<double>& x,
             const Targets<double>& targets, std::span<double> gradient, Team& team);

  static constexpr double step = default_difference_step;

 private:
  struct Batch {
    std::span<const double> parameters;
    const Input<double>& x;
    const Targets<double>& targets;
  };
  struct Piece {
    std::size_t layer;  // an affine one: 0 is that of W1
    std::size_t first;  // of its outputs
    std::size_t last;   // behind the last one
  };
  class Worker;

  const Network<double>& network_;
  const Loss<double>& loss_;
  Workspace<double> workspace_;
  std::vector<std::unique_ptr<const Activation<double>>> activations_;  // behind affine layer l
  std::vector<Piece> pieces_;
  std::vector<std::unique_ptr<Worker>> workers_;  // one for each thread
};

}  // namespace gradus

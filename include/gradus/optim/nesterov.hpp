// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "gradus/optim/optimizer.hpp"

namespace gradus {

/// Momentum that looks ahead: v <- momentum * v - learning_rate * g,
/// p <- p + momentum * v - learning_rate * g.
///
/// Nesterov's gradient is taken at p + momentum * v. Here p is that point itself, which gives the
/// same path without a second forward pass.
/// Source  Bengio, Boulanger-Lewandowski, Pascanu, "Advances in optimizing recurrent networks"
///         (2012), equation 7.
template <Real T>
class Nesterov final : public Optimizer<T> {
 public:
  Nesterov(double momentum, std::size_t num_parameters);
  void step(std::span<T> parameters, std::span<const T> gradient, T learning_rate) override;
  [[nodiscard]] std::vector<OptimizerMemory<T>> memory() override {
    return {{"velocity", velocity_}};
  }

 private:
  T momentum_;
  std::vector<T> velocity_;
};

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "gradus/optim/optimizer.hpp"

namespace gradus {

/// Gradient descent with a velocity: v <- momentum * v - learning_rate * g,  p <- p + v.
/// Source  Polyak, "Some methods of speeding up the convergence of iteration methods" (1964).
template <Real T>
class Momentum final : public Optimizer<T> {
 public:
  Momentum(double momentum, std::size_t num_parameters);
  void step(std::span<T> parameters, std::span<const T> gradient, T learning_rate) override;
  [[nodiscard]] std::vector<OptimizerMemory<T>> memory() override {
    return {{"velocity", velocity_}};
  }

 private:
  T momentum_;
  std::vector<T> velocity_;
};

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "gradus/optim/optimizer.hpp"

namespace gradus {

/// A learning rate for each parameter that falls with the gradients it has seen:
/// h <- h + g^2,  p <- p - learning_rate * g / (sqrt(h) + 1e-7).
/// Source  Duchi, Hazan, Singer, "Adaptive subgradient methods" (2011), with the diagonal of G.
template <Real T>
class Adagrad final : public Optimizer<T> {
 public:
  explicit Adagrad(std::size_t num_parameters);
  void step(std::span<T> parameters, std::span<const T> gradient, T learning_rate) override;
  [[nodiscard]] std::vector<OptimizerMemory<T>> memory() override {
    return {{"sum_of_squares", sum_of_squares_}};
  }

 private:
  std::vector<T> sum_of_squares_;
};

}  // namespace gradus

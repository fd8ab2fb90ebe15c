// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "gradus/optim/optimizer.hpp"

namespace gradus {

/// Adagrad that forgets: h <- 0.99 h + 0.01 g^2,  p <- p - learning_rate * g / (sqrt(h) + 1e-7).
/// Source  Tieleman, Hinton, "Neural networks for machine learning", lecture 6.5 (2012), which
///         decays by 0.9; 0.99 is what libraries settled on.
template <Real T>
class Rmsprop final : public Optimizer<T> {
 public:
  explicit Rmsprop(std::size_t num_parameters);
  void step(std::span<T> parameters, std::span<const T> gradient, T learning_rate) override;
  [[nodiscard]] std::vector<OptimizerMemory<T>> memory() override {
    return {{"mean_of_squares", mean_of_squares_}};
  }

 private:
  std::vector<T> mean_of_squares_;
};

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "gradus/optim/optimizer.hpp"

namespace gradus {

/// Momentum and a scale for each parameter, both freed of their start at 0.
///
///   m <- 0.9 m + 0.1 g         v <- 0.999 v + 0.001 g^2
///   p <- p - learning_rate * (m / (1 - 0.9^t)) / (sqrt(v / (1 - 0.999^t)) + 1e-8)
///
/// t counts calls of step(), not parameters.
/// Source  Kingma, Ba, "Adam: a method for stochastic optimization" (2015), algorithm 1.
template <Real T>
class Adam final : public Optimizer<T> {
 public:
  explicit Adam(std::size_t num_parameters);
  void step(std::span<T> parameters, std::span<const T> gradient, T learning_rate) override;
  [[nodiscard]] std::vector<OptimizerMemory<T>> memory() override {
    return {{"mean", mean_}, {"mean_of_squares", mean_of_squares_}};
  }
  void resume_after(std::uint64_t num_steps) override { num_steps_ = num_steps; }

 private:
  std::vector<T> mean_;             // m
  std::vector<T> mean_of_squares_;  // v
  std::uint64_t num_steps_ = 0;     // t
};

}  // namespace gradus

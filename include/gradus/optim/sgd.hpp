// SPDX-License-Identifier: MIT
#pragma once

#include "gradus/optim/optimizer.hpp"

namespace gradus {

/// Stochastic gradient descent, the textbook's: p <- p - learning_rate * g.
template <Real T>
class Sgd final : public Optimizer<T> {
 public:
  void step(std::span<T> parameters, std::span<const T> gradient, T learning_rate) override;
};

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <vector>

#include "gradus/train/training_step.hpp"

namespace gradus {

/// What all steps share: what they were made with, the memory for a gradient, and weight decay.
template <Real T>
class StepBase : public TrainingStep<T> {
 public:
  StepBase(const Network<T>& network, const Loss<T>& loss, const TrainingStepOptions& options)
      : network_(network),
        loss_(loss),
        weight_decay_(static_cast<T>(options.weight_decay)),
        gradient_(network.num_parameters()) {}

 protected:
  /// The weights of all blocks from `first_block` on, times (1 - learning_rate * weight_decay).
  void decay_weights(std::span<T> parameters, T learning_rate, std::size_t first_block) {
    if (weight_decay_ == 0) {
      return;
    }
    for (const ParameterBlock& block : network_.parameters().subspan(first_block)) {
      if (block.is_weight()) {
        for (T& weight : block.of(parameters)) {
          weight *= kept_weight(learning_rate);
        }
      }
    }
  }

  [[nodiscard]] T kept_weight(T learning_rate) const { return 1 - learning_rate * weight_decay_; }

  const Network<T>& network_;
  const Loss<T>& loss_;
  T weight_decay_;
  std::vector<T> gradient_;
};

}  // namespace gradus

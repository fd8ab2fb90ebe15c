// SPDX-License-Identifier: MIT
#pragma once

#include <fmt/core.h>

#include <algorithm>
#include <span>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/train/training_step.hpp"

namespace gradus {

/// What all steps share: what they were made with, the parameters, and weight decay.
template <Real T>
class StepBase : public TrainingStep<T> {
 public:
  StepBase(const Network<T>& network, const Loss<T>& loss, const TrainingStepOptions& options)
      : network_(network),
        loss_(loss),
        weight_decay_(static_cast<T>(options.weight_decay)),
        parameters_(network.num_parameters()) {}

  [[nodiscard]] std::span<const T> parameters() override { return parameters_; }

  void set_parameters(std::span<const T> parameters) override {
    if (parameters.size() != parameters_.size()) {
      throw ShapeError(fmt::format("TrainingStep: got {} parameters, expected {}",
                                   parameters.size(), parameters_.size()));
    }
    std::copy(parameters.begin(), parameters.end(), parameters_.begin());
  }

 protected:
  /// The weights of all blocks from `first_block` on, times (1 - learning_rate * weight_decay).
  void decay_weights(T learning_rate, std::size_t first_block) {
    if (weight_decay_ == 0) {
      return;
    }
    for (const ParameterBlock& block : network_.blocks().subspan(first_block)) {
      if (block.is_weight()) {
        for (T& weight : block.of(std::span<T>(parameters_))) {
          weight *= kept_weight(learning_rate);
        }
      }
    }
  }

  [[nodiscard]] T kept_weight(T learning_rate) const { return 1 - learning_rate * weight_decay_; }

  const Network<T>& network_;
  const Loss<T>& loss_;
  T weight_decay_;
  std::vector<T> parameters_;
};

}  // namespace gradus

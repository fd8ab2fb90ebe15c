// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include "gradus/train/training_step.hpp"

namespace gradus {

/// Any network, loss and optimizer, with the gradient by central differences.
[[nodiscard]] std::unique_ptr<TrainingStep<double>> make_numerical_step(
    const Network<double>& network, const Loss<double>& loss, const TrainingStepOptions& options);

}  // namespace gradus

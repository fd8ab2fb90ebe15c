// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include "gradus/train/training_step.hpp"

namespace gradus {

/// Plain gradient descent on sparse rows, for any network and loss.
template <Real T>
[[nodiscard]] std::unique_ptr<TrainingStep<T>> make_sparse_sgd_step(
    const Network<T>& network, const Loss<T>& loss, const TrainingStepOptions& options);

}  // namespace gradus

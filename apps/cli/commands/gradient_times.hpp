// SPDX-License-Identifier: MIT
#pragma once

#include "gradus/core/parallel.hpp"
#include "gradus/data/dataset.hpp"
#include "gradus/train/trainer.hpp"

namespace gradus::cli {

/// How long a numerical gradient of one batch takes, in seconds.
struct GradientTimes {
  double plain = 0;       // two losses of the batch for each parameter
  double structured = 0;  // NetworkNumericalGradient
};

/// Times one loss and one gradient of the first batch_size training samples here and now.
/// @param options  with everything filled in, as Trainer::options() has it
[[nodiscard]] GradientTimes time_numerical_gradient(const TrainingOptions& options,
                                                    const Dataset& dataset, Team& team);

}  // namespace gradus::cli

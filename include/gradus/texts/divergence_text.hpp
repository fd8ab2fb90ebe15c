// SPDX-License-Identifier: MIT
#pragma once

#include "gradus/texts/explanation.hpp"
#include "gradus/texts/texts.hpp"
#include "gradus/train/divergence.hpp"

namespace gradus {

struct TrainingOptions;

/// @param options  of the run
[[nodiscard]] Explanation explain(Language language, const Divergence& divergence,
                                  const TrainingOptions& options);

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include "gradus/texts/explanation.hpp"
#include "gradus/texts/texts.hpp"
#include "gradus/train/finding.hpp"

namespace gradus {

struct TrainingOptions;

/// @param options  of the run, so that the advice can name the next value to try; null when only a
///                 model is known
/// @throws StateError  a kind that is not in finding_kinds(), or one of its numbers is missing
[[nodiscard]] Explanation explain(Language language, const Finding& finding,
                                  const TrainingOptions* options);

}  // namespace gradus

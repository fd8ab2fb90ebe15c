// SPDX-License-Identifier: MIT
#pragma once

#include <span>

#include "gradus/formats/json.hpp"
#include "gradus/train/divergence.hpp"
#include "gradus/train/finding.hpp"

namespace gradus {
struct TrainingOptions;
}

namespace gradus::cli {

// Findings of a run, for people and for programs. `options` are those of the run; null when only a
// model is known.

/// Prints a finding on stderr: what was seen and its id, and what to try.
void warn(const Finding& finding, const TrainingOptions* options);

/// As docs/json.md describes: facts, and sentences in English.
[[nodiscard]] Json warnings_to_json(std::span<const Finding> findings,
                                    const TrainingOptions* options);
[[nodiscard]] Json divergence_to_json(const Divergence& divergence, const TrainingOptions& options);

}  // namespace gradus::cli

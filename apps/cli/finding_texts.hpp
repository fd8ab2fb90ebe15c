// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>

#include "gradus/train/divergence.hpp"
#include "gradus/train/finding.hpp"
#include "gradus/train/trainer.hpp"

namespace gradus::cli {

// What is found in a run, in sentences for people: the one place that has them.

struct Explanation {
  std::string seen;    // with its numbers
  std::string advice;  // what to try
};

/// @param options  of the run, so that the advice can name the next value to try; none when only a
///                 model is known
[[nodiscard]] Explanation explain(const Finding& finding,
                                  const std::optional<TrainingOptions>& options = {});
[[nodiscard]] Explanation explain(const Divergence& divergence, const TrainingOptions& options);

/// Prints a finding on stderr: what was seen and its id, and what to try.
void warn(const Finding& finding, const std::optional<TrainingOptions>& options = {});

/// As docs/json.md describes: facts and sentences.
[[nodiscard]] nlohmann::ordered_json to_json(std::span<const Finding> findings,
                                             const std::optional<TrainingOptions>& options = {});
[[nodiscard]] nlohmann::ordered_json to_json(const Divergence& divergence,
                                             const TrainingOptions& options);

}  // namespace gradus::cli

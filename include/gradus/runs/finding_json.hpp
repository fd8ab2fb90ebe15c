// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "gradus/formats/json.hpp"
#include "gradus/train/divergence.hpp"
#include "gradus/train/finding.hpp"

namespace gradus {

// Findings of a run as in run.json, described in docs/json.md: the facts. The face that writes them
// adds the sentences.

[[nodiscard]] Json to_json(const Finding& finding);
[[nodiscard]] Json to_json(const Divergence& divergence);

/// Reads what to_json() wrote.
/// @returns  nothing when it is of a kind that this version does not know, or not whole
[[nodiscard]] std::optional<Finding> finding_in(const Json& json);
[[nodiscard]] std::optional<Divergence> divergence_in(const Json& json);

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "gradus/lab/experiment.hpp"
#include "gradus/texts/texts.hpp"

namespace gradus {

// JSON as docs/json.md describes it, on one line. A number that is not finite is a string: "NaN",
// "Infinity" or "-Infinity".

/// What can be tried: a list of all experiments with their parameters.
[[nodiscard]] std::string experiments_to_json(Language language);

/// What came out.
[[nodiscard]] std::string to_json(const Experiment& experiment, const Settings& settings,
                                  const Result& result, Language language);

}  // namespace gradus

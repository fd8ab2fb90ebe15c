// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "gradus/lab/experiment.hpp"
#include "gradus/texts/texts.hpp"

namespace gradus::cli {

// What `gradus lab` prints for people.

/// All experiments, by section.
[[nodiscard]] std::string list_of_experiments(Language language);

/// What can be set, and values to try.
[[nodiscard]] std::string list_of_parameters(const Experiment& experiment, Language language);

/// Title, numbers, tables and remarks.
/// @param draws  whether to draw the first figure that characters can show
[[nodiscard]] std::string report(const Experiment& experiment, const Settings& settings,
                                 const Result& result, Language language, bool draws);

}  // namespace gradus::cli

// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gradus/formats/json.hpp"
#include "gradus/train/fit.hpp"
#include "gradus/train/metrics.hpp"

namespace gradus::cli {

// How well numbers are predicted, for people and for programs.

/// "for samples never seen between 92.44 and 93.45 % (95 % interval)"
[[nodiscard]] std::string interval_text(const Evaluation& evaluation);

/// What the ± of r2_text() is, where there is one; else empty.
[[nodiscard]] std::string note_on_errors(const Fit& fit);

/// R2 with its error: "R2 0.51 ± 0.06"; "no R2" when the truth is the same everywhere.
[[nodiscard]] std::string r2_text(const std::optional<double>& r2,
                                  const std::optional<double>& error);

/// A line for each target: "RMSE 54.1 progression (guessing the mean: 77.0), R2 0.51 ± 0.06".
/// @param names  of the targets; one that has none is called by its number
[[nodiscard]] std::vector<std::string> fit_lines(const Fit& fit,
                                                 const std::vector<std::string>& names);

/// As docs/json.md describes: a list with an object for each target.
[[nodiscard]] Json targets_to_json(const Fit& fit, const std::vector<std::string>& names);

[[nodiscard]] Json or_null(const std::optional<double>& number);

}  // namespace gradus::cli

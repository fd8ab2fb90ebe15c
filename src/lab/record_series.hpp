// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string>

#include "gradus/lab/figure.hpp"
#include "gradus/train/history.hpp"

namespace gradus {

/// One number of a record, where it was measured.
using Measure = std::optional<double> (*)(const ScoreRecord& record);

[[nodiscard]] std::optional<double> train_score_of(const ScoreRecord& record);
[[nodiscard]] std::optional<double> test_score_of(const ScoreRecord& record);
[[nodiscard]] std::optional<double> validation_score_of(const ScoreRecord& record);

/// What was measured in a run, over its iterations: a line, with gaps where nothing was.
[[nodiscard]] Series record_series(std::string label, std::span<const ScoreRecord> records,
                                   Measure measure);

}  // namespace gradus

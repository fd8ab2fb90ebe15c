// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string>

#include "gradus/lab/figure.hpp"
#include "gradus/train/history.hpp"

namespace gradus {

/// One number of a record, where it was measured.
using Measure = std::optional<double> (*)(const AccuracyRecord& record);

[[nodiscard]] std::optional<double> train_accuracy_of(const AccuracyRecord& record);
[[nodiscard]] std::optional<double> test_accuracy_of(const AccuracyRecord& record);
[[nodiscard]] std::optional<double> validation_accuracy_of(const AccuracyRecord& record);

/// What was measured in a run, over its iterations: a line, with gaps where nothing was.
[[nodiscard]] Series record_series(std::string label, std::span<const AccuracyRecord> records,
                                   Measure measure);

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "gradus/data/dataset.hpp"
#include "gradus/runs/run_options.hpp"
#include "gradus/train/trainer.hpp"
#include "terminal/report.hpp"

namespace gradus::cli {

/// What is about to be trained, on what, and how.
void describe_training(const Report& report, const TrainingOptions& options, const Dataset& dataset,
                       bool is_standardized, std::size_t num_parameters);

/// What came of it.
/// @param model  the file it is in
void conclude_training(const Report& report, const Dataset& dataset, const TrainingResult& result,
                       std::uint64_t seed, const std::string& model);

/// What to try next. The larger net is for images like MNIST's.
void suggest_next(const Report& report, const RunOptions& options, const std::string& model);

}  // namespace gradus::cli

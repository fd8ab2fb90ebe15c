// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "gradus/core/parallel.hpp"
#include "gradus/data/dataset.hpp"
#include "gradus/train/metrics.hpp"
#include "gradus/train/model.hpp"

namespace gradus::cli {

/// @param name  of the model, for the message
/// @throws ShapeError  the model takes other features than the data have, or tells fewer classes
///                     apart
void check_fit(const std::string& name, const AnyModel& model, const Dataset& dataset);

/// How the model does on all of the samples.
/// @throws ShapeError  there are none
[[nodiscard]] Evaluation evaluate_model(const AnyModel& model, const Samples& samples, Team& team);

}  // namespace gradus::cli

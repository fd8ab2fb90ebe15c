// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "gradus/data/dataset.hpp"
#include "gradus/lab/run_figures.hpp"
#include "gradus/train/metrics.hpp"
#include "gradus/train/misreading.hpp"
#include "gradus/train/model.hpp"

namespace gradus::cli {

/// A training run as its folder tells of it.
struct RunRecord {
  std::string folder;                  // as given
  nlohmann::ordered_json description;  // run.json
  RunCurves curves;                    // empty before the first iteration
};

/// @throws DataError  the folder holds no run, or its files are not as docs/json.md describes them
[[nodiscard]] RunRecord read_run_record(const std::string& folder);

/// What a run's model makes of the data's test samples.
struct Judgement {
  Dataset dataset;  // without its training samples
  Evaluation evaluation;
  std::vector<Misreading> misreadings;
};

/// What can be said of a run beyond its curves.
struct RunInside {
  std::optional<AnyModel> model;       // none before training has ended well
  std::optional<Judgement> judgement;  // none without a model, or without its data
  std::string problem;                 // why a model could not be judged, in English
};

/// @param data  what --data says; empty: what the run learned from
/// @throws DataError  the model is damaged; or `data` was given and cannot be read
/// @throws ShapeError `data` was given and does not fit the model
[[nodiscard]] RunInside look_inside(const RunRecord& run, const std::string& data);

}  // namespace gradus::cli

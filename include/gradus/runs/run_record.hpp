// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "gradus/core/parallel.hpp"
#include "gradus/data/dataset.hpp"
#include "gradus/formats/json.hpp"
#include "gradus/train/history.hpp"
#include "gradus/train/metrics.hpp"
#include "gradus/train/misreading.hpp"
#include "gradus/train/miss.hpp"
#include "gradus/train/model.hpp"

namespace gradus {

/// A training run, read from its folder.
struct RunRecord {
  std::string folder;  // as given
  Json description;    // run.json
  Task task = Task::classification;
  // The tables; empty before the first iteration.
  std::vector<double> losses;
  std::vector<ScoreRecord> records;
};

/// @throws DataError  the folder holds no run, or its files are not as docs/json.md describes them
[[nodiscard]] RunRecord read_run_record(const std::string& folder);

/// How a run's model does on the test samples of a data set.
struct Judgement {
  Dataset dataset;  // without its training samples, unless plane_figures() draw them
  Evaluation evaluation;
  std::vector<Misreading> misreadings;  // of classes
  std::vector<Miss> misses;             // of numbers
};

/// A run's model, and how it does.
struct RunInside {
  std::optional<AnyModel> model;       // none before training has ended well
  std::optional<Judgement> judgement;  // none without a model, or without its data
  std::string problem;                 // why a model could not be judged, in English
};

/// @param load      reads the data that the model is judged by
/// @param is_asked  `load` reads what somebody asked for, not what the run learned from: then it
///                  is an error when that cannot be read or does not fit
/// @throws DataError   the model is damaged; or what was asked for cannot be read
/// @throws ShapeError  what was asked for does not fit the model
[[nodiscard]] RunInside look_inside(const RunRecord& run, const std::function<Dataset()>& load,
                                    bool is_asked, Team& team);

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gradus/core/parallel.hpp"
#include "gradus/core/registry.hpp"
#include "gradus/data/csv_dataset.hpp"
#include "gradus/train/model.hpp"

namespace gradus::cli {

enum class Part { test, train, all };

struct PartEntry {
  std::string_view id;
  std::string_view summary;
  std::string_view samples;  // what they are called in a sentence
  Part part;
};

/// Which samples a model can be judged by.
[[nodiscard]] const Registry<PartEntry>& parts();

/// Samples that a model is judged by, and what they are called.
struct JudgedSamples {
  Samples samples;
  std::string data;  // the data set or file
  std::string kind;  // "test samples", "rows"
};

/// Loads them.
///
/// Without `data` they are from what the run learned from, split as it was then. A table that was
/// not learned from is no training data: all its rows are judged, however few, with its columns
/// found as the model knows them.
///
/// @param model_file  for messages, and to find the run beside it
/// @param data        what --data says; empty: what the run learned from
/// @param table       what the columns are, for a model that knows no table
/// @param part        test samples when not said; of a table, all
/// @throws DataError, ShapeError  unreadable, or it does not fit the model
/// @throws ValueError  a part of a table that was not learned from, or columns of one that the
///                     model knows
[[nodiscard]] JudgedSamples load_judged_samples(const std::string& model_file,
                                                const AnyModel& model, const std::string& data,
                                                const TableOptions& table, std::optional<Part> part,
                                                Team& team);

/// The names of its classes; empty when they are called by their numbers.
[[nodiscard]] const std::vector<std::string>& class_names_of(const AnyModel& model);

}  // namespace gradus::cli

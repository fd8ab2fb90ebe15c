// SPDX-License-Identifier: MIT
// Running an experiment and looking into its result.
#pragma once

#include <algorithm>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "gradus/lab/experiment.hpp"

namespace gradus {

inline Result result_of(std::string_view id, const std::vector<std::string>& settings = {}) {
  const Experiment& experiment = find_experiment(id);
  return experiment.run(Settings(experiment.id, experiment.parameters, settings));
}

/// NaN when there is none of this id.
inline double scalar(const Result& result, std::string_view id) {
  for (const NamedNumber& scalar : result.scalars) {
    if (scalar.id == id) {
      return scalar.value;
    }
  }
  return std::numeric_limits<double>::quiet_NaN();
}

/// @throws std::out_of_range  there is no such column
inline const Value& cell_of(const Table& table, std::size_t row, std::string_view column) {
  const auto found = std::find_if(table.columns.begin(), table.columns.end(),
                                  [column](const Column& c) { return c.id == column; });
  return table.rows.at(row).at(static_cast<std::size_t>(found - table.columns.begin()));
}

inline double cell(const Table& table, std::size_t row, std::string_view column) {
  return std::get<double>(cell_of(table, row, column));
}

/// The id of a word.
inline std::string word(const Table& table, std::size_t row, std::string_view column) {
  return std::get<TextId>(cell_of(table, row, column)).id;
}

inline bool says(const Result& result, std::string_view id) {
  return std::any_of(result.remarks.begin(), result.remarks.end(),
                     [id](const Remark& remark) { return remark.id == id; });
}

/// A number in the first remark of this id; NaN when there is none.
inline double said(const Result& result, std::string_view id, std::string_view name) {
  for (const Remark& remark : result.remarks) {
    for (const NamedValue& value : remark.values) {
      if (remark.id == id && value.name == name) {
        return std::get<double>(value.value);
      }
    }
  }
  return std::numeric_limits<double>::quiet_NaN();
}

}  // namespace gradus

// SPDX-License-Identifier: MIT
// What the tests of experiments ask of their results.
#pragma once

#include <algorithm>
#include <limits>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "gradus/lab/experiment.hpp"

namespace gradus {

inline Result result_of(std::string_view id, const std::vector<std::string>& settings = {}) {
  const Experiment& experiment = find_experiment(id);
  return experiment.run(Parameters(experiment.id, experiment.parameters, settings));
}

/// Not a number when there is none.
inline double scalar(const Result& result, std::string_view id) {
  for (const NamedNumber& scalar : result.scalars) {
    if (scalar.id == id) {
      return scalar.value;
    }
  }
  return std::numeric_limits<double>::quiet_NaN();
}

/// Not a number when there is no such column.
inline double cell(const Table& table, std::size_t row, std::string_view column) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (table.columns[i].id == column) {
      return std::get<double>(table.rows.at(row).at(i));
    }
  }
  return std::numeric_limits<double>::quiet_NaN();
}

/// Not a number when the remark is not there, or has no such value.
inline double said(const Result& result, std::string_view id, std::string_view value) {
  for (const Remark& remark : result.remarks) {
    for (const NamedValue& named : remark.values) {
      if (remark.id == id && named.name == value) {
        return std::get<double>(named.value);
      }
    }
  }
  return std::numeric_limits<double>::quiet_NaN();
}

inline bool says(const Result& result, std::string_view id) {
  return std::any_of(result.remarks.begin(), result.remarks.end(),
                     [id](const Remark& remark) { return remark.id == id; });
}

}  // namespace gradus

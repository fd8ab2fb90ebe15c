// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "gradus/lab/experiment.hpp"

namespace gradus {

inline Result run_experiment(std::string_view id, const std::vector<std::string>& settings = {}) {
  const Experiment& experiment = find_experiment(id);
  return experiment.run(Parameters(experiment.id, experiment.parameters, settings));
}

/// Not a number when there is none of this id.
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

inline bool says(const Result& result, std::string_view id) {
  return std::any_of(result.remarks.begin(), result.remarks.end(),
                     [id](const Remark& remark) { return remark.id == id; });
}

}  // namespace gradus

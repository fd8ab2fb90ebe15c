// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "gradus/formats/csv.hpp"
#include "thrown.hpp"

namespace gradus {

using Names = std::vector<std::string>;
using Values = std::vector<float>;

inline std::string parse_error(std::string_view text) {
  return data_error([&] { return parse_csv("x.csv", text); });
}

/// What is wrong with the first cell that is at fault.
inline std::string fault_of(std::string_view text) {
  return parse_csv("x.csv", text).faults.at(0).problem;
}

inline Names names_of(const CsvTable& table) {
  Names names;
  for (const CsvColumn& column : table.columns) {
    names.push_back(column.name);
  }
  return names;
}

/// With -1 in place of what is no number.
inline Values values_of(std::string_view text) {
  Values values = parse_csv("x.csv", text).values;
  for (float& value : values) {
    value = std::isnan(value) ? -1 : value;
  }
  return values;
}

/// The one number of a file with one cell.
inline float number(std::string_view text) {
  return parse_csv("x.csv", text).values.at(0);
}

}  // namespace gradus

// SPDX-License-Identifier: MIT
#include "place_columns.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <unordered_map>
#include <vector>

#include "formats/in_quotes.hpp"
#include "gradus/core/counted.hpp"
#include "gradus/core/error.hpp"

namespace gradus {
namespace {

/// The names of a table, to look up.
class ColumnNames {
 public:
  explicit ColumnNames(const CsvTable& table) {
    for (std::size_t c = 0; c < table.num_cols(); ++c) {
      const auto [entry, is_new] = places_.emplace(table.columns[c].name, c);
      if (!is_new) {
        entry->second = twice;
      }
    }
  }

  static constexpr auto absent = static_cast<std::size_t>(-1);
  static constexpr auto twice = static_cast<std::size_t>(-2);

  /// Where the column is; or absent, or twice.
  [[nodiscard]] std::size_t find(const std::string& name) const {
    const auto found = places_.find(name);
    return found == places_.end() ? absent : found->second;
  }

 private:
  std::unordered_map<std::string, std::size_t> places_;
};

/// Whether names tell the columns of a layout apart.
bool has_names(const TableLayout& layout) {
  std::vector<std::string> names;
  for (const FeatureColumn& column : layout.features) {
    names.push_back(column.name);
  }
  std::sort(names.begin(), names.end());
  return !names.empty() && !names.front().empty() &&
         std::adjacent_find(names.begin(), names.end()) == names.end();
}

/// Takes the places of columns from their names.
class PlacesByName {
 public:
  PlacesByName(const std::string& path, const CsvTable& table) : path_(path), names_(table) {}

  template <class Column>
  void set(std::vector<Column>& columns) {
    for (Column& column : columns) {
      column.place = names_.find(column.name);
      if (column.place == ColumnNames::absent) {
        ++num_absent_;
        absent_ +=
            num_absent_ > most_named ? "" : (absent_.empty() ? "" : ", ") + in_quotes(column.name);
      } else if (column.place == ColumnNames::twice) {
        throw DataError(path_, std::nullopt,
                        fmt::format("has two columns {}", in_quotes(column.name)));
      }
    }
  }

  /// @throws DataError  some were absent
  void finish() const {
    if (num_absent_ > 0) {
      throw DataError(path_, std::nullopt,
                      fmt::format("lacks {} {}{}, which the network learned from",
                                  num_absent_ == 1 ? "column" : "columns", absent_,
                                  num_absent_ > most_named ? ", ..." : ""));
    }
  }

 private:
  static constexpr std::size_t most_named = 8;

  const std::string& path_;
  ColumnNames names_;
  std::string absent_;
  std::size_t num_absent_ = 0;
};

}  // namespace

TableLayout place_columns(const std::string& path, const CsvTable& table, TableLayout layout,
                          Answers answers) {
  if (answers == Answers::left_out) {
    layout.answers.clear();
  }
  if (table.has_header && has_names(layout)) {
    PlacesByName places(path, table);
    places.set(layout.features);
    places.set(layout.answers);
    places.finish();
    return layout;
  }
  if (table.num_cols() == layout.num_columns) {
    return layout;
  }
  if (table.num_cols() != layout.features.size() || answers == Answers::needed) {
    throw DataError(path, std::nullopt,
                    fmt::format("has {}, expected {} as the table that was learned from{}",
                                counted(table.num_cols(), "column"), layout.num_columns,
                                answers == Answers::needed
                                    ? ""
                                    : fmt::format(", or its {} alone",
                                                  counted(layout.features.size(), "feature"))));
  }
  for (std::size_t i = 0; i < layout.features.size(); ++i) {
    layout.features[i].place = i;
  }
  return layout;
}

}  // namespace gradus

// SPDX-License-Identifier: MIT
#include "table_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string_view>

#include "formats/in_quotes.hpp"
#include "gradus/core/counted.hpp"
#include "gradus/core/error.hpp"

namespace gradus {
namespace {

std::string title(const CsvTable& table, std::size_t place) {
  return column_title(place, table.columns[place].name);
}

/// Why a column cannot be a feature; empty when it can.
std::string problem_of(const CsvTable& table, std::size_t place) {
  const CsvColumn& column = table.columns[place];
  if (column.num_missing == table.num_rows) {
    return "is empty";
  }
  if (column.is_varied || column.words.size() > max_feature_words) {
    return fmt::format("holds {}{} different words", column.is_varied ? "more than " : "",
                       column.is_varied ? max_csv_words : column.words.size());
  }
  return {};
}

constexpr float unknown_word = -1;

/// Where the words of a table's column are among those of a layout.
std::vector<float> map_words(const std::vector<std::string>& from,
                             const std::vector<std::string>& to) {
  std::vector<float> map;
  for (const std::string& word : from) {
    const auto found = std::find(to.begin(), to.end(), word);
    map.push_back(found == to.end() ? unknown_word : static_cast<float>(found - to.begin()));
  }
  return map;
}

}  // namespace

TableReader::TableReader(const std::string& path, const CsvTable& table, const TableLayout& layout,
                         Purpose purpose)
    : path_(path), table_(table), layout_(layout), purpose_(purpose) {
  for (const FeatureColumn& feature : layout.features) {
    check_column(feature.place, !feature.words.empty());
    word_maps_.push_back(map_words(table.columns[feature.place].words, feature.words));
  }
  for (const AnswerColumn& answer : layout.answers) {
    refuse_fault(answer.place);
  }
}

void TableReader::check_column(std::size_t place, bool has_words) const {
  const CsvColumn& column = table_.columns[place];
  if (column.num_missing < table_.num_rows && column.is_text != has_words) {
    throw DataError(
        path_, std::nullopt,
        fmt::format("{} holds {}, but the network learned from {}", title(table_, place),
                    column.is_text ? "text" : "numbers", has_words ? "words" : "numbers"));
  }
  refuse_fault(place);
}

void TableReader::refuse_fault(std::size_t place) const {
  const auto fault =
      std::find_if(table_.faults.begin(), table_.faults.end(),
                   [place](const CsvFault& candidate) { return candidate.column == place; });
  if (fault != table_.faults.end()) {
    throw DataError(path_, std::nullopt, fault->problem);
  }
}

void TableReader::fail(std::size_t row, std::size_t place, const std::string& problem) const {
  throw DataError(path_, std::nullopt,
                  fmt::format("row {}, {}: {}", row_number(row), title(table_, place), problem));
}

void TableReader::fail_for_label(std::size_t row, const std::string& problem) const {
  fail(row, layout_.answers.front().place, problem);
}

void TableReader::fail_for_labels(const std::string& problem) const {
  throw DataError(path_, std::nullopt,
                  fmt::format("{}: {}", title(table_, layout_.answers.front().place), problem));
}

std::vector<std::uint32_t> TableReader::usable_rows() const {
  std::vector<std::size_t> needed;
  for (const AnswerColumn& answer : layout_.answers) {
    needed.push_back(answer.place);
  }
  for (const FeatureColumn& feature : layout_.features) {
    if (layout_.missing != MissingCells::fill) {
      needed.push_back(feature.place);
    }
  }
  std::erase_if(needed,
                [this](std::size_t place) { return table_.columns[place].num_missing == 0; });
  std::vector<std::uint32_t> rows;
  std::optional<std::size_t> missing;  // the first column that misses a cell in the row
  for (std::size_t r = 0; r < table_.num_rows; ++r) {
    const auto place = std::find_if(needed.begin(), needed.end(),
                                    [&](std::size_t p) { return std::isnan(cell(r, p)); });
    if (place == needed.end()) {
      rows.push_back(static_cast<std::uint32_t>(r));
      continue;
    }
    if (layout_.missing == MissingCells::refuse) {
      std::size_t num_cells = 0;
      for (const std::size_t p : needed) {
        num_cells += table_.columns[p].num_missing;
      }
      const std::string_view advice =
          purpose_ == Purpose::learning
              ? "--missing drop leaves such rows out, --missing mean fills them in"
              : "the network learned from whole rows; with --missing mean it would have learned "
                "what to fill in";
      const std::string others = num_cells == 1 ? "" : fmt::format(", one of {}", num_cells);
      fail(r, *place, fmt::format("the cell is missing{}; {}", others, advice));
    }
    missing = missing ? missing : *place;
  }
  if (rows.empty()) {
    throw DataError(path_, std::nullopt,
                    fmt::format("in every row a cell is missing, the first in {}; --ignore leaves "
                                "columns out",
                                title(table_, *missing)));
  }
  return rows;
}

std::vector<float> TableReader::features(std::span<const std::uint32_t> rows) const {
  std::vector<float> features;
  features.reserve(rows.size() * layout_.num_inputs());
  for (const std::uint32_t row : rows) {
    for (std::size_t f = 0; f < layout_.features.size(); ++f) {
      const FeatureColumn& column = layout_.features[f];
      const float written = cell(row, column.place);
      const bool is_missing = std::isnan(written);
      if (column.words.empty()) {
        features.push_back(is_missing ? static_cast<float>(*column.fill) : written);
        continue;
      }
      const std::size_t index = is_missing ? 0 : static_cast<std::size_t>(written);
      const float place = is_missing ? static_cast<float>(*column.fill) : word_maps_[f][index];
      if (place == unknown_word) {
        fail(row, column.place,
             fmt::format("{} is none of the words that the network learned: {}",
                         in_quotes(table_.columns[column.place].words[index]),
                         fmt::join(column.words, ", ")));
      }
      const auto word = static_cast<std::size_t>(place);
      for (std::size_t i = 0; i < column.words.size(); ++i) {
        features.push_back(i == word ? 1.0F : 0.0F);
      }
    }
  }
  return features;
}

std::vector<std::int64_t> TableReader::labels(std::span<const std::uint32_t> rows) const {
  const std::size_t place = layout_.answers.front().place;
  std::vector<std::int64_t> labels;
  labels.reserve(rows.size());
  for (const std::uint32_t row : rows) {
    constexpr float largest = 1e9F;
    const float value = cell(row, place);
    if (value != std::floor(value) || std::abs(value) > largest) {
      fail(row, place,
           fmt::format("the label is {}, expected a class: a word or a whole number; to learn a "
                       "number: --target {}",
                       value, label_option()));
    }
    labels.push_back(static_cast<std::int64_t>(value));
  }
  return labels;
}

std::string TableReader::label_option() const {
  return label_column().name.empty() ? std::to_string(layout_.answers.front().place + 1)
                                     : label_column().name;
}

std::string TableReader::word_of(std::int64_t label) const {
  return label_column().is_text ? label_column().words[static_cast<std::size_t>(label)]
                                : std::to_string(label);
}

std::vector<float> TableReader::targets(std::span<const std::uint32_t> rows) const {
  std::vector<float> targets;
  targets.reserve(rows.size() * layout_.answers.size());
  for (const std::uint32_t row : rows) {
    for (const AnswerColumn& answer : layout_.answers) {
      targets.push_back(cell(row, answer.place));
    }
  }
  return targets;
}

std::size_t TableReader::num_missing(std::span<const std::uint32_t> rows) const {
  std::size_t count = 0;
  for (const FeatureColumn& column : layout_.features) {
    if (table_.columns[column.place].num_missing > 0) {
      count +=
          static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), [&](std::uint32_t row) {
            return std::isnan(cell(row, column.place));
          }));
    }
  }
  return count;
}

void check_feature_columns(const std::string& path, const CsvTable& table,
                           const std::vector<std::size_t>& features, MissingCells missing) {
  const auto is_feature = [&](const CsvFault& fault) {
    return std::find(features.begin(), features.end(), fault.column) != features.end();
  };
  const auto fault = std::find_if(table.faults.begin(), table.faults.end(), is_feature);
  if (fault != table.faults.end()) {
    throw DataError(path, std::nullopt, fault->problem);
  }
  std::vector<std::size_t> unfit;
  std::size_t num_missing = 0;  // cells of the other columns
  std::copy_if(features.begin(), features.end(), std::back_inserter(unfit), [&](std::size_t place) {
    const bool is_unfit = !problem_of(table, place).empty();
    num_missing += is_unfit ? 0 : table.columns[place].num_missing;
    return is_unfit;
  });
  if (unfit.empty()) {
    return;
  }
  std::vector<std::string> names;
  for (const std::size_t place : unfit) {
    const std::string& name = table.columns[place].name;
    names.push_back(name.empty() ? std::to_string(place + 1) : name);
  }
  const std::size_t others = unfit.size() - 1;
  const std::string as_well =
      others == 0 ? "" : fmt::format(" (as {} {} more)", others == 1 ? "does" : "do", others);
  const std::string then =
      missing != MissingCells::refuse || num_missing == 0
          ? ""
          : fmt::format("; {} in the other columns {} missing: --missing drop or --missing mean",
                        counted(num_missing, "cell"), num_missing == 1 ? "is" : "are");
  throw DataError(
      path, std::nullopt,
      fmt::format("{} {}, expected numbers or at most {} words{}; --ignore {} leaves "
                  "{} out{}",
                  title(table, unfit.front()), problem_of(table, unfit.front()), max_feature_words,
                  as_well, fmt::join(names, ","), others == 0 ? "it" : "them", then));
}

void set_fills(const CsvTable& table, std::span<const std::uint32_t> rows, TableLayout& layout) {
  for (FeatureColumn& column : layout.features) {
    double sum = 0;
    std::size_t count = 0;
    std::vector<std::size_t> words(column.words.size());
    for (const std::uint32_t row : rows) {
      const float value = table.values[row * table.num_cols() + column.place];
      if (std::isnan(value)) {
        continue;
      }
      sum += value;
      ++count;
      if (!words.empty()) {
        ++words[static_cast<std::size_t>(value)];
      }
    }
    const auto most = std::max_element(words.begin(), words.end());
    const double mean = count == 0 ? 0 : sum / static_cast<double>(count);
    column.fill = words.empty() ? mean : static_cast<double>(most - words.begin());
  }
}

}  // namespace gradus

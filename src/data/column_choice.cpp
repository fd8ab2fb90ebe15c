// SPDX-License-Identifier: MIT
#include "column_choice.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numeric>
#include <optional>
#include <span>
#include <string_view>
#include <system_error>

#include "formats/in_quotes.hpp"
#include "gradus/core/counted.hpp"
#include "gradus/core/error.hpp"

namespace gradus {
namespace {

using Columns = std::vector<std::size_t>;

/// Names that a label is given, the surest first. Of two names in one group neither is surer.
constexpr std::array<std::string_view, 3> sure_names{"label", "labels", "class"};
constexpr std::array<std::string_view, 7> usual_names{
    "target", "outcome", "species", "category", "diagnosis", "survived", "digit"};
constexpr std::array<std::string_view, 1> last_names{"y"};
constexpr std::array<std::span<const std::string_view>, 3> groups{sure_names, usual_names,
                                                                  last_names};

bool is_same_word(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

std::string title(const CsvTable& table, std::size_t column) {
  return column_title(column, table.columns[column].name);
}

/// Columns of this name: spelt exactly so, else in other capitals.
Columns columns_called(const CsvTable& table, std::string_view name) {
  Columns exact;
  Columns alike;
  for (std::size_t c = 0; c < table.num_cols(); ++c) {
    const std::string& own = table.columns[c].name;
    if (own == name) {
      exact.push_back(c);
    }
    if (!own.empty() && is_same_word(own, name)) {
      alike.push_back(c);
    }
  }
  return exact.empty() || name.empty() ? alike : exact;
}

std::optional<std::size_t> number_of_column(const CsvTable& table, std::string_view text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_one = error == std::errc() && end == text.data() + text.size();
  return is_one && number >= 1 && number <= table.num_cols() ? std::optional(number - 1)
                                                             : std::nullopt;
}

/// The column that an option means.
std::size_t find_column(const std::string& path, const CsvTable& table, std::string_view option,
                        const std::string& name) {
  const Columns called = columns_called(table, name);
  if (called.size() > 1) {
    throw DataError(path, std::nullopt,
                    fmt::format("--{} {}: columns {} and {} have this name; say the number", option,
                                name, called[0] + 1, called[1] + 1));
  }
  const auto found = called.empty() ? number_of_column(table, name) : called.front();
  if (!found) {
    constexpr std::size_t max_listed = 12;
    std::string names;
    for (std::size_t c = 0; c < std::min(table.num_cols(), max_listed) && table.has_header; ++c) {
      names += (c == 0 ? ": " : ", ") + in_quotes(table.columns[c].name);
    }
    names += table.has_header && table.num_cols() > max_listed ? ", ..." : "";
    throw DataError(path, std::nullopt,
                    fmt::format("--{} {}: no such column; there are {}{}", option, name,
                                table.num_cols(), names));
  }
  return *found;
}

bool is_whole(float value) {
  return value == std::floor(value);  // not NaN
}

template <class Is>
bool all_cells(const CsvTable& table, std::size_t column, const Is& is) {
  for (std::size_t r = 0; r < table.num_rows; ++r) {
    if (!is(table.values[r * table.num_cols() + column])) {
      return false;
    }
  }
  return true;
}

/// Whether a column may hold classes: words or whole numbers.
bool can_be_classes(const CsvTable& table, std::size_t column) {
  return table.columns[column].is_text ||
         all_cells(table, column, [](float value) { return std::isnan(value) || is_whole(value); });
}

/// How many different values there are in a column; more than `limit` counts as none.
std::size_t count_different(const CsvTable& table, std::size_t column, std::size_t limit) {
  std::vector<float> seen;
  for (std::size_t r = 0; r < table.num_rows; ++r) {
    const float value = table.values[r * table.num_cols() + column];
    const auto place = std::lower_bound(seen.begin(), seen.end(), value);
    if (!std::isnan(value) && (place == seen.end() || *place != value)) {
      if (seen.size() == limit) {
        return 0;
      }
      seen.insert(place, value);
    }
  }
  return seen.size();
}

/// Whether a column has a word of its own in more than half of the rows.
bool are_names_of_rows(const CsvTable& table, std::size_t column) {
  const CsvColumn& own = table.columns[column];
  return own.is_varied || 2 * own.words.size() > table.num_rows;
}

/// How an option names a column.
std::string option_name(const CsvTable& table, std::size_t column) {
  const std::string& name = table.columns[column].name;
  return name.empty() ? std::to_string(column + 1) : name;
}

/// How to learn numbers: those of the last column, where what is learned mostly stands.
std::string target_advice(const CsvTable& table, const Columns& columns) {
  const auto last = std::find_if(columns.rbegin(), columns.rend(),
                                 [&](std::size_t c) { return !table.columns[c].is_text; });
  return fmt::format("--target {} to learn a number",
                     last == columns.rend() ? "NAME" : option_name(table, *last));
}

/// Columns that could hold classes, those with the fewest first, and what to say about them.
std::string likely_labels(const CsvTable& table, const Columns& columns) {
  constexpr std::size_t most_classes = 20;
  struct Candidate {
    std::size_t column;
    std::size_t num_classes;
  };
  std::vector<Candidate> candidates;
  for (const std::size_t c : columns) {
    const std::size_t count = count_different(table, c, most_classes);
    if (count >= 2 && can_be_classes(table, c) && !are_names_of_rows(table, c)) {
      candidates.push_back({c, count});
    }
  }
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const auto& a, const auto& b) { return a.num_classes < b.num_classes; });
  candidates.resize(std::min<std::size_t>(candidates.size(), 3));
  if (candidates.empty()) {
    return "--label NAME says which column has the class, " + target_advice(table, columns);
  }
  std::string text;
  for (const Candidate& candidate : candidates) {
    text += fmt::format("{}{} ({} different values)", text.empty() ? "likely " : ", ",
                        title(table, candidate.column), candidate.num_classes);
  }
  return text + fmt::format("; say --label {}, or {}",
                            option_name(table, candidates.front().column),
                            target_advice(table, columns));
}

/// Whether a column is a y, but no label: beside an x it is a place or a number to learn.
bool is_other_y(const CsvTable& table, std::size_t column) {
  return is_same_word(table.columns[column].name, "y") &&
         !(columns_called(table, "x").empty() && can_be_classes(table, column));
}

Columns without(const Columns& columns, const Columns& others) {
  Columns rest;
  std::copy_if(columns.begin(), columns.end(), std::back_inserter(rest), [&](std::size_t c) {
    return std::find(others.begin(), others.end(), c) == others.end();
  });
  return rest;
}

bool is_first_of_pixels(const CsvTable& table, const Columns& columns) {
  constexpr float above_labels = 100;
  return all_cells(
             table, columns.front(),
             [](float value) { return is_whole(value) && value >= 0 && value < above_labels; }) &&
         are_pixels(table, {columns.begin() + 1, columns.end()});
}

/// The label when nobody says which column it is.
void find_label(const std::string& path, const CsvTable& table, const Columns& columns,
                ColumnChoice& choice) {
  if (const auto named = named_label(path, table, columns)) {
    choice.answers = {*named};
    choice.label_reason = LabelReason::named;
    return;
  }
  Columns texts;
  std::copy_if(columns.begin(), columns.end(), std::back_inserter(texts), [&](std::size_t c) {
    return table.columns[c].is_text && !are_names_of_rows(table, c);
  });
  if (texts.size() == 1) {
    choice.answers = texts;
    choice.label_reason = LabelReason::only_text;
    return;
  }
  if (is_first_of_pixels(table, columns)) {
    choice.answers = {columns.front()};
    choice.label_reason = LabelReason::first_of_pixels;
    return;
  }
  const bool has_text = std::any_of(columns.begin(), columns.end(),
                                    [&](std::size_t c) { return table.columns[c].is_text; });
  const std::string of_text = texts.size() > 1 ? fmt::format("{} are text", texts.size())
                              : has_text       ? "the one of text has another word in most rows"
                                               : "none is text";
  throw DataError(path, std::nullopt,
                  fmt::format("which column is the label? None is called label, class, target, "
                              "species or the like, and {}; {}",
                              of_text, likely_labels(table, columns)));
}

}  // namespace

std::optional<std::size_t> named_label(const std::string& path, const CsvTable& table,
                                       const Columns& columns) {
  for (const std::span<const std::string_view> group : groups) {
    Columns found;
    std::copy_if(columns.begin(), columns.end(), std::back_inserter(found), [&](std::size_t c) {
      const bool is_called_so = std::any_of(group.begin(), group.end(), [&](std::string_view name) {
        return is_same_word(table.columns[c].name, name);
      });
      return is_called_so && !is_other_y(table, c);
    });
    if (found.size() > 1) {
      throw DataError(
          path, std::nullopt,
          fmt::format("{} and {} may both be the label; --label {} or --label {} says "
                      "which, --ignore leaves the other out",
                      title(table, found[0]), title(table, found[1]), found[0] + 1, found[1] + 1));
    }
    if (!found.empty()) {
      return found.front();
    }
  }
  return std::nullopt;
}

std::size_t image_side(std::size_t num_pixels) {
  const auto side =
      static_cast<std::size_t>(std::lround(std::sqrt(static_cast<double>(num_pixels))));
  return side * side == num_pixels ? side : 0;
}

bool are_pixels(const CsvTable& table, const Columns& columns) {
  constexpr std::size_t fewest = 64;    // 8 x 8
  constexpr float highest_grade = 100;  // marks, ages and percentages end there
  const bool is_image = image_side(columns.size()) > 0 ||
                        (columns.size() % 3 == 0 && image_side(columns.size() / 3) > 0);
  if (columns.size() < fewest || !is_image) {
    return false;
  }
  float highest = 0;
  for (const std::size_t c : columns) {
    const bool are_bytes = !table.columns[c].is_text && all_cells(table, c, [&](float value) {
      highest = std::max(highest, value);
      return is_whole(value) && value >= 0 && value <= 255;
    });
    if (!are_bytes) {
      return false;
    }
  }
  return highest > highest_grade;
}

Columns counting_columns(const CsvTable& table, const Columns& features) {
  if (features.empty() || features.front() != 0 || table.num_rows < 2) {
    return {};
  }
  if (table.has_header && table.columns[0].name.empty()) {
    return {0};
  }
  const auto cell = [&](std::size_t r) { return table.values[r * table.num_cols()]; };
  for (std::size_t r = 1; r < table.num_rows; ++r) {
    if (cell(r) != cell(r - 1) + 1) {  // also when one is missing
      return {};
    }
  }
  return {0};
}

ColumnChoice choose_columns(const std::string& path, const CsvTable& table,
                            const TableOptions& options) {
  Columns ignored;
  for (const std::string& name : options.ignored) {
    ignored.push_back(find_column(path, table, "ignore", name));
  }
  Columns all(table.num_cols());
  std::iota(all.begin(), all.end(), std::size_t{0});
  const Columns columns = without(all, ignored);
  if (columns.size() < 2) {
    throw DataError(path, std::nullopt,
                    fmt::format("has {}, expected a label and at least one feature",
                                columns.size() == 1 ? "one column" : "no column left"));
  }
  ColumnChoice choice;
  choice.are_targets = !options.targets.empty();
  if (choice.are_targets) {
    if (!options.label.empty()) {
      throw DataError(path, std::nullopt,
                      "--label and --target: a network learns either a class or numbers");
    }
    for (const std::string& name : options.targets) {
      choice.answers.push_back(find_column(path, table, "target", name));
      if (table.columns[choice.answers.back()].is_text) {
        throw DataError(path, std::nullopt,
                        fmt::format("--target {0}: {1} holds text, expected numbers; --label {0} "
                                    "learns its words as classes",
                                    name, title(table, choice.answers.back())));
      }
    }
  } else if (!options.label.empty()) {
    choice.answers = {find_column(path, table, "label", options.label)};
  } else {
    find_label(path, table, columns, choice);
  }
  for (auto answer = choice.answers.begin(); answer != choice.answers.end(); ++answer) {
    if (std::find(columns.begin(), columns.end(), *answer) == columns.end()) {
      throw DataError(path, std::nullopt,
                      fmt::format("{} cannot be learned and ignored", title(table, *answer)));
    }
    if (std::find(choice.answers.begin(), answer, *answer) != answer) {
      throw DataError(path, std::nullopt,
                      fmt::format("--target: {} is named twice", title(table, *answer)));
    }
  }
  choice.features = without(columns, choice.answers);
  if (choice.features.empty()) {
    throw DataError(path, std::nullopt, "has no feature left beside what is to be learned");
  }
  return choice;
}

std::string column_title(std::size_t place, const std::string& name) {
  return name.empty() ? fmt::format("column {}", place + 1)
                      : fmt::format("column {} {}", place + 1, in_quotes(name));
}

}  // namespace gradus

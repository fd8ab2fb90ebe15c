// SPDX-License-Identifier: MIT
#include "table_classes.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <optional>

#include "formats/in_quotes.hpp"
#include "gradus/core/counted.hpp"
#include "gradus/data/classes.hpp"
#include "gradus/formats/csv.hpp"

namespace gradus {
namespace {

constexpr std::size_t max_classes = 1000;
constexpr std::size_t few_classes = 20;  // more numbers are classes only with enough rows of each
constexpr std::size_t enough_rows_each = 5;

/// Some of them, in quotes.
std::string listed(const std::vector<std::string>& names) {
  constexpr std::size_t most = 12;
  std::string list;
  for (std::size_t i = 0; i < std::min(names.size(), most); ++i) {
    list += (i == 0 ? "" : ", ") + in_quotes(names[i]);
  }
  return list + (names.size() > most ? ", ..." : "");
}

}  // namespace

RowClasses find_classes(const TableReader& reader, std::span<const std::uint32_t> rows) {
  const bool is_text = reader.label_column().is_text;
  if (reader.label_column().is_varied) {
    reader.fail_for_labels(
        fmt::format("has more than {} different words, so they are no classes; "
                    "--label NAME says which column has them",
                    max_csv_words));
  }
  const std::vector<std::int64_t> written = reader.labels(rows);
  const auto stray = is_text ? std::nullopt : find_stray_label(written);
  if (stray) {
    reader.fail_for_label(
        rows[*stray],
        fmt::format("the label is {}, far from all others; correct it, or take the row out",
                    written[*stray]));
  }
  const Classes classes = classes_of(written);
  RowClasses found;
  found.num_classes = classes.numbers.size();
  if (found.num_classes < 2) {
    reader.fail_for_labels(fmt::format("every label is {}, expected at least two classes",
                                       reader.word_of(written.front())));
  }
  // Ages, prices and measures have about as many values as rows.
  const bool are_amounts = !is_text && found.num_classes > few_classes &&
                           rows.size() < enough_rows_each * found.num_classes;
  if (found.num_classes > max_classes || 2 * found.num_classes > rows.size() || are_amounts) {
    reader.fail_for_labels(fmt::format(
        "has {} different values in {}, so they are no classes; {}--label NAME says which column "
        "has them",
        found.num_classes, counted(rows.size(), "row"),
        is_text ? "" : fmt::format("--target {} learns numbers, ", reader.label_option())));
  }
  for (const std::int64_t number : classes.numbers) {
    if (is_text || !classes.are_plain()) {
      found.names.push_back(reader.word_of(number));
    }
  }
  found.labels.reserve(written.size());
  for (const std::int64_t number : written) {
    found.labels.push_back(*classes.find(number));
  }
  return found;
}

std::vector<Label> known_labels(const TableReader& reader, std::span<const std::uint32_t> rows,
                                const TableKnowledge& knowledge) {
  std::vector<std::string> names = knowledge.class_names;
  for (std::size_t c = names.size(); c < knowledge.num_classes; ++c) {
    names.push_back(std::to_string(c));
  }
  const std::vector<std::int64_t> written = reader.labels(rows);
  const Classes classes = classes_of(written);
  std::vector<Label> label_of;  // by the order of classes.numbers
  for (const std::int64_t number : classes.numbers) {
    const std::string word = reader.word_of(number);
    const auto found = std::find(names.begin(), names.end(), word);
    if (found == names.end()) {
      const auto first = std::find(written.begin(), written.end(), number) - written.begin();
      reader.fail_for_label(
          rows[static_cast<std::size_t>(first)],
          fmt::format("the label is {}, which training never has; its classes are {}",
                      in_quotes(word), listed(names)));
    }
    label_of.push_back(static_cast<Label>(found - names.begin()));
  }
  std::vector<Label> labels;
  labels.reserve(written.size());
  for (const std::int64_t number : written) {
    labels.push_back(label_of[*classes.find(number)]);
  }
  return labels;
}

}  // namespace gradus

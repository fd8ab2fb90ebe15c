// SPDX-License-Identifier: MIT
#include "csv_words.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "csv_cell.hpp"

namespace gradus {
namespace {

/// The different words of a column while they are collected.
class Words {
 public:
  /// @returns  which word it is, in the order in which they came
  std::size_t add(std::string word) {
    const auto place = std::lower_bound(
        sorted_.begin(), sorted_.end(), word,
        [this](std::size_t index, const std::string& text) { return words_[index] < text; });
    if (place != sorted_.end() && words_[*place] == word) {
      return *place;
    }
    const std::size_t index = words_.size();
    sorted_.insert(place, index);
    words_.push_back(std::move(word));
    return index;
  }

  [[nodiscard]] std::size_t size() const { return words_.size(); }
  [[nodiscard]] const std::string& operator[](std::size_t index) const { return words_[index]; }

  /// Indices in alphabetical order.
  [[nodiscard]] const std::vector<std::size_t>& sorted() const { return sorted_; }

 private:
  std::vector<std::string> words_;
  std::vector<std::size_t> sorted_;
};

constexpr float not_kept = std::numeric_limits<float>::quiet_NaN();

}  // namespace

std::string text_of(const CsvCell& cell) {
  std::string text;
  for (std::size_t i = 0; i < cell.text.size(); ++i) {
    text += cell.text[i];
    const bool is_doubled = cell.is_quoted && cell.text.substr(i).starts_with("\"\"");
    i += is_doubled ? 1 : 0;
  }
  return text;
}

void read_words(CsvScanner scanner, CsvTable& table) {
  const std::size_t num_cols = table.num_cols();
  std::vector<std::size_t> columns;  // of text
  for (std::size_t c = 0; c < num_cols; ++c) {
    if (table.columns[c].is_text) {
      columns.push_back(c);
    }
  }
  std::vector<Words> words(columns.size());
  for (std::size_t r = 0; r < table.num_rows; ++r) {
    auto column = columns.begin();
    for (std::size_t c = 0; c < num_cols; ++c) {
      const CsvCell cell = scanner.next();
      if (column == columns.end() || *column != c) {
        continue;
      }
      Words& own = words[static_cast<std::size_t>(column++ - columns.begin())];
      if (own.size() <= max_csv_words &&
          value_of_cell(cell.text, false).kind != CellKind::missing) {
        table.values[r * num_cols + c] = static_cast<float>(own.add(text_of(cell)));
      }
    }
  }
  for (std::size_t i = 0; i < columns.size(); ++i) {
    CsvColumn& column = table.columns[columns[i]];
    column.is_varied = words[i].size() > max_csv_words;
    std::vector<float> place_of(words[i].size(), not_kept);  // by the order in which they came
    for (std::size_t place = 0; !column.is_varied && place < words[i].size(); ++place) {
      const std::size_t index = words[i].sorted()[place];
      place_of[index] = static_cast<float>(place);
      column.words.push_back(words[i][index]);
    }
    for (std::size_t r = 0; r < table.num_rows; ++r) {
      float& value = table.values[r * num_cols + columns[i]];
      const bool is_word = value == value;  // not NaN
      value = is_word ? place_of[static_cast<std::size_t>(value)] : value;
    }
  }
}

}  // namespace gradus

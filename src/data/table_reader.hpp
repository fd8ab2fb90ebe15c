// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "gradus/data/csv_dataset.hpp"
#include "gradus/formats/csv.hpp"

namespace gradus {

/// What rows are read for: then advice differs.
enum class Purpose { learning, applying };

/// Turns rows of a table into samples, in the way that a layout says. Looks at a table that
/// somebody else owns.
class TableReader {
 public:
  /// @param path    for messages
  /// @param layout  its places are those of this table
  /// @throws DataError  a column of words has numbers, or the other way round, or a cell that is at
  ///                    fault
  TableReader(const std::string& path, const CsvTable& table, const TableLayout& layout,
              Purpose purpose);

  /// The rows that can be used: all, or those without a missing cell.
  /// @throws DataError  a missing cell that is refused, or no row is left
  [[nodiscard]] std::vector<std::uint32_t> usable_rows() const;

  /// Features as a network takes them, row after row.
  /// @throws DataError  a word that the layout does not have
  [[nodiscard]] std::vector<float> features(std::span<const std::uint32_t> rows) const;

  /// What the label's column has: whole numbers, or indices of words.
  /// @throws DataError  a number that is not whole
  [[nodiscard]] std::vector<std::int64_t> labels(std::span<const std::uint32_t> rows) const;

  /// A label as it is written in the table.
  [[nodiscard]] std::string word_of(std::int64_t label) const;

  [[nodiscard]] const CsvColumn& label_column() const {
    return table_.columns[layout_.answers.front().place];
  }

  /// How an option names the label's column.
  [[nodiscard]] std::string label_option() const;

  /// Numbers of the targets' columns, row after row.
  [[nodiscard]] std::vector<float> targets(std::span<const std::uint32_t> rows) const;

  /// The number of a row as messages call it: counted from 1, with the header.
  [[nodiscard]] std::size_t row_number(std::size_t row) const { return table_.first_row + row; }

  /// How many cells are missing among the features of these rows.
  [[nodiscard]] std::size_t num_missing(std::span<const std::uint32_t> rows) const;

  /// @throws DataError  always: with the row and the label's column in the message
  [[noreturn]] void fail_for_label(std::size_t row, const std::string& problem) const;
  /// @throws DataError  always: with the label's column in the message
  [[noreturn]] void fail_for_labels(const std::string& problem) const;

 private:
  [[nodiscard]] float cell(std::size_t row, std::size_t place) const {
    return table_.values[row * table_.num_cols() + place];
  }
  [[noreturn]] void fail(std::size_t row, std::size_t place, const std::string& problem) const;
  void check_column(std::size_t place, bool has_words) const;
  void refuse_fault(std::size_t place) const;

  const std::string& path_;
  const CsvTable& table_;
  const TableLayout& layout_;
  Purpose purpose_;
  std::vector<std::vector<float>> word_maps_;  // of each feature: from the table's words
};

/// @throws DataError  a column is neither numbers nor few words. The message says all that such a
///                    table needs: which columns to ignore, and what to do about missing cells.
void check_feature_columns(const std::string& path, const CsvTable& table,
                           const std::vector<std::size_t>& features, MissingCells missing);

/// What stands for missing cells, from these rows: the mean of a number, the most frequent word.
void set_fills(const CsvTable& table, std::span<const std::uint32_t> rows, TableLayout& layout);

}  // namespace gradus

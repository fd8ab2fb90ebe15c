// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace gradus {

/// A column of a table.
struct CsvColumn {
  std::string name;        // empty when the table has no header, or none for this column
  bool is_text = false;    // it has more cells of text than of numbers
  bool is_varied = false;  // text of more than max_csv_words different words, which are not kept
  std::vector<std::string> words;     // of text: each once, in alphabetical order
  std::size_t num_missing = 0;        // cells that are empty, or ?, NA, N/A, NaN, null in any case
  std::size_t first_missing_row = 0;  // of these, in the file, counted from 1
  std::size_t num_rounded = 0;        // whole numbers that float does not hold exactly
};

/// A cell that a column of numbers should not have. The first one of each column is kept.
struct CsvFault {
  std::size_t column;   // counted from 0
  std::string problem;  // with the row and column, counted from 1
};

/// A table, one sample per row.
struct CsvTable {
  bool has_header = false;
  std::vector<CsvColumn> columns;
  std::vector<CsvFault> faults;  // in the order of columns
  std::size_t num_rows = 0;      // without the header
  std::size_t first_row = 1;     // of these, in the file, counted from 1

  /// (num_rows, columns), row-major. A number; of a column of text the index of the word. NaN for a
  /// missing cell, a word that is not kept, and a cell that is at fault.
  std::vector<float> values;

  [[nodiscard]] std::size_t num_cols() const { return columns.size(); }
};

inline constexpr std::size_t max_csv_words = 1000;
inline constexpr std::size_t max_csv_columns = 50000;

/// Reads a table; docs/formats.md has the grammar.
///
///   separator  tab, semicolon or comma: the first of these three that is in the first line; or as
///              Excel's line "sep=;" says
///   header     the first row, when it names the columns: docs/formats.md tells how that is known
///   numbers    decimal with a point, whatever the locale: 7, -0.5, "1.5", +2e-3; rounded to the
///              nearest float, so one too small becomes 0. A decimal comma is read where it can be
///              nothing else: the separator is another one, and no number has a point.
///
/// Cost  reads the text once, and once more when there are columns of text. At most about three
///       times the file in memory, the file included.
///
/// @throws DataError  unreadable, UTF-16, no rows, rows of different lengths, more than
///                    max_csv_columns, or decimal commas beside decimal points
[[nodiscard]] CsvTable read_csv(const std::filesystem::path& path);

/// As read_csv(), from text in memory.
/// @param name  what stands for the path in messages
[[nodiscard]] CsvTable parse_csv(std::string_view name, std::string_view text);

}  // namespace gradus

// SPDX-License-Identifier: MIT
#include "gradus/formats/csv.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>

#include "csv_cell.hpp"
#include "csv_header.hpp"
#include "csv_scanner.hpp"
#include "csv_words.hpp"
#include "gradus/core/counted.hpp"
#include "gradus/core/error.hpp"
#include "gradus/core/shape.hpp"
#include "gradus/formats/file.hpp"
#include "gradus/formats/gzip.hpp"
#include "in_quotes.hpp"

namespace gradus {
namespace {

/// What has been seen in a column so far.
struct ColumnCount {
  std::size_t num_numbers = 0;
  std::size_t num_texts = 0;
  std::optional<CsvCell> first_fault;  // the first cell that is no number, nor missing
};

constexpr float no_number = std::numeric_limits<float>::quiet_NaN();

std::string place(const CsvCell& cell) {
  return fmt::format("row {}, column {}", cell.row, cell.column);
}

std::string_view problem_of(CellKind kind) {
  return kind == CellKind::too_large    ? "is too large for a float"
         : kind == CellKind::not_finite ? "is not a finite number"
                                        : "is not a number";
}

/// Fills a table cell by cell.
class CsvParser {
 public:
  CsvParser(std::string_view path, std::string_view text)
      : path_(path), text_(text), scanner_(path, text) {}

  CsvTable parse() {
    refuse_wide_characters();
    if (scanner_.is_at_end()) {
      throw DataError(path_, 0, "expected rows of cells, the file is empty");
    }
    const CsvScanner first_row = scanner_;
    const std::size_t num_columns = count_columns();
    set_num_columns(num_columns - (has_comma_too_many(first_row, num_columns) ? 1 : 0));
    table_.has_header = is_csv_header(first_row, table_.num_cols());
    if (!table_.has_header) {
      set_num_columns(num_columns);
      scanner_ = first_row;
    } else if (scanner_.is_at_end()) {
      throw DataError(path_, text_.size(), "expected rows below the header, found none");
    }
    const CsvScanner first_cells = scanner_;
    table_.first_row = scanner_.row();
    reserve_values();
    while (!scanner_.is_at_end()) {
      read_row();
    }
    refuse_commas_beside_points();
    finish_columns(first_cells);
    if (table_.has_header) {  // last, when rows have shown that the columns are there
      read_names(first_row);
    }
    return std::move(table_);
  }

 private:
  [[nodiscard]] bool may_have_decimal_commas() const { return scanner_.separator() != ','; }

  /// UTF-16, as a spreadsheet's "Unicode text" is, has a zero beside every character of English.
  void refuse_wide_characters() const {
    const bool has_mark = text_.starts_with("\xFF\xFE") || text_.starts_with("\xFE\xFF");
    if (has_mark || text_.substr(0, 1000).find('\0') != std::string_view::npos) {
      throw DataError(path_, std::nullopt,
                      "is UTF-16, as the \"Unicode text\" of a spreadsheet is, or no text at all: "
                      "save it as CSV UTF-8");
    }
  }

  /// Of the first row.
  std::size_t count_columns() {
    std::size_t count = 0;
    for (bool ends_row = false; !ends_row; ++count) {
      if (count == max_csv_columns) {
        throw DataError(path_, std::nullopt,
                        fmt::format("has more than {} columns", max_csv_columns));
      }
      ends_row = scanner_.next().ends_row;
    }
    return count;
  }

  void set_num_columns(std::size_t count) {
    table_.columns.resize(count);
    counts_.resize(count);
  }

  /// Whether the first row ends with an empty cell that the second one does not have: some programs
  /// write a comma behind the last name alone.
  [[nodiscard]] bool has_comma_too_many(CsvScanner first_row, std::size_t num_columns) const {
    bool is_empty = false;
    for (std::size_t column = 0; column < num_columns; ++column) {
      is_empty = first_row.next().text.empty();
    }
    if (num_columns < 2 || !is_empty || first_row.is_at_end()) {
      return false;
    }
    std::size_t count = 1;
    while (count < num_columns && !first_row.next().ends_row) {
      ++count;
    }
    return count + 1 == num_columns;
  }

  void read_names(CsvScanner scanner) {
    for (CsvColumn& column : table_.columns) {
      column.name = text_of(scanner.next());
    }
  }

  void read_row() {
    CsvCell cell;
    for (std::size_t column = 0; column < table_.num_cols(); ++column) {
      cell = scanner_.next();
      const CellValue value = value_of_cell(cell.text, may_have_decimal_commas());
      table_.values.push_back(value.kind == CellKind::number ? value.number : no_number);
      note(column, cell, value);
      if (cell.ends_row != (column + 1 == table_.num_cols())) {
        fail_for_length(cell);
      }
    }
    ++table_.num_rows;
  }

  void note(std::size_t column, const CsvCell& cell, const CellValue& value) {
    CsvColumn& own = table_.columns[column];
    ColumnCount& count = counts_[column];
    switch (value.kind) {
      case CellKind::number:
        ++count.num_numbers;
        own.num_rounded += value.is_rounded ? 1 : 0;
        if (value.has_comma && !first_comma_) {
          first_comma_ = cell;
        }
        if (value.has_point && !first_point_) {
          first_point_ = cell;
        }
        return;
      case CellKind::missing:
        own.first_missing_row = own.num_missing == 0 ? cell.row : own.first_missing_row;
        ++own.num_missing;
        return;
      case CellKind::text:
        ++count.num_texts;
        break;
      case CellKind::too_large:
      case CellKind::not_finite:
        ++count.num_numbers;
        break;
    }
    if (!count.first_fault) {
      count.first_fault = cell;
    }
  }

  void refuse_commas_beside_points() const {
    if (first_comma_ && first_point_) {
      scanner_.fail(*first_comma_,
                    fmt::format("{} has a decimal comma, but {} in {} a decimal point: write all "
                                "numbers in one way",
                                in_quotes(first_comma_->text), in_quotes(first_point_->text),
                                place(*first_point_)));
    }
  }

  void finish_columns(const CsvScanner& first_cells) {
    bool has_text = false;
    for (std::size_t column = 0; column < table_.num_cols(); ++column) {
      const ColumnCount& count = counts_[column];
      CsvColumn& own = table_.columns[column];
      own.is_text = count.num_texts > count.num_numbers;
      has_text = has_text || own.is_text;
      if (!own.is_text && count.first_fault) {
        const CsvCell& cell = *count.first_fault;
        const CellKind kind = value_of_cell(cell.text, false).kind;
        table_.faults.push_back({column, fmt::format("{}: {} {}", place(cell), in_quotes(cell.text),
                                                     problem_of(kind))});
      }
    }
    if (has_text) {
      read_words(first_cells, table_);
    }
  }

  [[noreturn]] void fail_for_length(const CsvCell& cell) const {
    const std::string_view found = cell.ends_row ? "ends" : "goes on";
    scanner_.fail(cell, fmt::format("the row {} here, expected {} as in row {}", found,
                                    counted(table_.num_cols(), "column"), first_row_));
  }

  // Rows times columns is the truth for a good file, but a bad one may have few cells in many rows.
  // A number takes two bytes: a digit and a separator.
  void reserve_values() {
    const auto num_newlines =
        static_cast<std::size_t>(std::count(text_.begin(), text_.end(), '\n'));
    const std::size_t most = text_.size() / 2 + 1;
    const auto product = checked_product(num_newlines + 1, table_.num_cols());
    table_.values.reserve(std::min(product.value_or(most), most));
  }

  std::string_view path_;
  std::string_view text_;
  CsvScanner scanner_;
  std::size_t first_row_ = scanner_.row();  // in the file
  std::vector<ColumnCount> counts_;
  std::optional<CsvCell> first_comma_;
  std::optional<CsvCell> first_point_;
  CsvTable table_;
};

}  // namespace

CsvTable read_csv(const std::filesystem::path& path) {
  const std::vector<std::uint8_t> bytes = read_file(path);
  if (is_gzip(bytes)) {
    throw DataError(path.string(), std::nullopt, "is compressed by gzip: decompress it first");
  }
  return parse_csv(path.string(), {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

CsvTable parse_csv(std::string_view name, std::string_view text) {
  return CsvParser(name, text).parse();
}

}  // namespace gradus

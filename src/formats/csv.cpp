// SPDX-License-Identifier: MIT
#include "gradus/formats/csv.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cstdint>
#include <utility>

#include "csv_scanner.hpp"
#include "decimal.hpp"
#include "gradus/core/counted.hpp"
#include "gradus/core/error.hpp"
#include "gradus/core/shape.hpp"
#include "gradus/formats/file.hpp"
#include "gradus/formats/gzip.hpp"
#include "in_quotes.hpp"

namespace gradus {
namespace {

/// Fills a table cell by cell.
class CsvParser {
 public:
  CsvParser(std::string_view path, std::string_view text)
      : path_(path), text_(text), scanner_(path, text) {}

  CsvTable parse() {
    if (scanner_.is_at_end()) {
      throw DataError(path_, 0, "expected rows of numbers, the file is empty");
    }
    const CsvScanner start = scanner_;
    const bool has_header = survey_first_row();
    if (!has_header) {
      scanner_ = start;
    } else if (scanner_.is_at_end()) {
      throw DataError(path_, text_.size(), "expected rows of numbers below the header, found none");
    }
    reserve_values();
    while (!scanner_.is_at_end()) {
      read_row();
    }
    if (has_header) {  // last, when rows have shown that the columns are there
      read_names(start);
    }
    return std::move(table_);
  }

 private:
  /// Counts the columns. Returns whether the row is a header.
  bool survey_first_row() {
    bool has_name = false;
    for (bool ends_row = false; !ends_row; ++table_.num_cols) {
      const CsvCell cell = scanner_.next();
      has_name = has_name || is_name(cell);
      ends_row = cell.ends_row;
    }
    return has_name;
  }

  void read_names(CsvScanner scanner) {
    for (std::size_t column = 0; column < table_.num_cols; ++column) {
      table_.names.push_back(name_of(scanner.next()));
    }
  }

  void read_row() {
    CsvCell cell;
    for (std::size_t column = 1; column <= table_.num_cols; ++column) {
      cell = scanner_.next();
      table_.values.push_back(number(cell));
      if (cell.ends_row != (column == table_.num_cols)) {
        fail_for_length(cell);
      }
    }
    ++table_.num_rows;
  }

  float number(const CsvCell& cell) const {
    const Decimal decimal = parse_decimal(cell.text);
    if (decimal.kind != DecimalKind::Finite) {
      fail_for_number(cell, decimal.kind);
    }
    return decimal.value;
  }

  [[noreturn]] void fail_for_number(const CsvCell& cell, DecimalKind kind) const {
    if (cell.text.empty()) {
      scanner_.fail(cell, "expected a number, the cell is empty");
    }
    const std::string_view found = kind == DecimalKind::TooLarge    ? "is too large for a float"
                                   : kind == DecimalKind::NotFinite ? "is not a finite number"
                                                                    : "is not a number";
    scanner_.fail(cell, fmt::format("{} {}", in_quotes(cell.text), found));
  }

  [[noreturn]] void fail_for_length(const CsvCell& cell) const {
    const std::string_view found = cell.ends_row ? "ends" : "goes on";
    scanner_.fail(cell, fmt::format("the row {} here, expected {} as in row 1", found,
                                    counted(table_.num_cols, "column")));
  }

  static bool is_name(const CsvCell& cell) {
    return !cell.text.empty() && parse_decimal(cell.text).kind == DecimalKind::Text;
  }

  static std::string name_of(const CsvCell& cell) {
    std::string name(cell.text);
    for (std::size_t quote = name.find("\"\""); cell.is_quoted && quote != std::string::npos;
         quote = name.find("\"\"", quote + 1)) {
      name.erase(quote, 1);
    }
    return name;
  }

  // Rows times columns is the truth for a good file, but a bad one may have few cells in many rows.
  // A number takes two bytes: a digit and a separator.
  void reserve_values() {
    const auto num_newlines =
        static_cast<std::size_t>(std::count(text_.begin(), text_.end(), '\n'));
    const std::size_t most = text_.size() / 2 + 1;
    const auto product = checked_product(num_newlines + 1, table_.num_cols);
    table_.values.reserve(std::min(product.value_or(most), most));
  }

  std::string_view path_;
  std::string_view text_;
  CsvScanner scanner_;
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

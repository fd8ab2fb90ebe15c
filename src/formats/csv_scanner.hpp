// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gradus {

/// A cell and where it is.
struct CsvCell {
  std::string_view text = {};  // without quotes and the spaces around; doubled quotes still doubled
  std::size_t offset = 0;      // of the text, in bytes
  std::size_t row = 1;         // counted from 1
  std::size_t column = 1;      // counted from 1
  bool is_quoted = false;
  bool ends_row = false;
};

/// Splits text into cells: knows separators, rows, quotes and spaces, not what a cell means.
/// Newlines at the end of the text do not count. Looks at memory somebody else owns.
class CsvScanner {
 public:
  /// Text whose lines end with a carriage return alone, without any newline, is taken too.
  /// @param path  what stands for the text in messages
  CsvScanner(std::string_view path, std::string_view text);

  [[nodiscard]] bool is_at_end() const noexcept { return is_at_end_; }
  [[nodiscard]] char separator() const noexcept { return separator_; }
  /// Of the next cell, counted from 1.
  [[nodiscard]] std::size_t row() const noexcept { return row_; }

  /// Requires !is_at_end().
  /// @throws DataError  a quote that is not closed, or closed before the end of its cell
  CsvCell next();

  /// @throws DataError  always: at the cell, its row and column in the message
  [[noreturn]] void fail(const CsvCell& cell, std::string_view reason) const;

 private:
  void take_separator_line();
  void scan_plain(CsvCell& cell);
  void scan_quoted(CsvCell& cell);
  std::size_t closing_quote(const CsvCell& cell) const;
  void finish(CsvCell& cell);
  void skip_spaces();
  void set_text(CsvCell& cell, std::size_t begin, std::size_t end) const;
  bool is_row_end(std::size_t at) const;

  std::string_view path_;
  std::string_view text_;
  char separator_ = ',';
  char newline_ = '\n';
  std::size_t at_ = 0;  // <= text_.size()
  std::size_t row_ = 1;
  std::size_t column_ = 1;
  bool is_at_end_ = false;
};

}  // namespace gradus

// SPDX-License-Identifier: MIT
#include "csv_scanner.hpp"

#include <fmt/core.h>

#include "gradus/core/error.hpp"

namespace gradus {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::string_view without_newlines_at_end(std::string_view text) {
  const std::size_t last = text.find_last_not_of("\r\n");
  return last == std::string_view::npos ? std::string_view() : text.substr(0, last + 1);
}

/// Old programs end lines with a carriage return alone.
char newline_of(std::string_view text) {
  const bool has_returns_only =
      text.find('\n') == std::string_view::npos && text.find('\r') != std::string_view::npos;
  return has_returns_only ? '\r' : '\n';
}

/// Semicolons win over commas, which may then be decimal commas, and tabs over both; spaces
/// separate where there is none of these. Inside quotes none of them counts.
char separator_of_first_line(std::string_view text) {
  char separator = '\0';
  bool is_inside_quotes = false;
  bool is_in_gap = false;
  bool has_gap = false;  // between two cells, not at an end of the line
  bool has_cell = false;
  for (const char c : text) {
    if (!is_inside_quotes && (c == '\n' || c == '\r' || c == '\t')) {
      separator = c == '\t' ? c : separator;
      break;
    }
    is_inside_quotes = is_inside_quotes != (c == '"');
    if (!is_inside_quotes && (c == ';' || (c == ',' && separator != ';'))) {
      separator = c;
    }
    const bool is_space = c == ' ' && !is_inside_quotes;
    has_gap = has_gap || (has_cell && is_in_gap && !is_space);
    has_cell = has_cell || !is_space;
    is_in_gap = is_space;
  }
  return separator != '\0' ? separator : has_gap ? ' ' : ',';
}

}  // namespace

CsvScanner::CsvScanner(std::string_view path, std::string_view text)
    : path_(path),
      text_(without_newlines_at_end(text)),
      separator_(separator_of_first_line(text_)),
      newline_(newline_of(text_)),
      at_(text_.starts_with(byte_order_mark) ? byte_order_mark.size() : 0) {
  take_separator_line();
  is_at_end_ = at_ == text_.size();
}

/// Excel writes the separator into a line before all others: sep=;
void CsvScanner::take_separator_line() {
  constexpr std::string_view beginning = "sep=";
  const std::size_t at = at_ + beginning.size();
  if (!text_.substr(at_).starts_with(beginning) || at + 1 >= text_.size() || !is_row_end(at + 1)) {
    return;
  }
  separator_ = text_[at];
  at_ = text_.find(newline_, at) + 1;
  ++row_;
}

CsvCell CsvScanner::next() {
  CsvCell cell{.row = row_, .column = column_};
  skip_spaces();
  if (at_ < text_.size() && text_[at_] == '"') {
    scan_quoted(cell);
  } else {
    scan_plain(cell);
  }
  finish(cell);
  return cell;
}

void CsvScanner::scan_plain(CsvCell& cell) {
  const std::size_t begin = at_;
  while (at_ < text_.size() && text_[at_] != separator_ && !is_row_end(at_)) {
    ++at_;
  }
  set_text(cell, begin, at_);
}

void CsvScanner::scan_quoted(CsvCell& cell) {
  cell.is_quoted = true;
  cell.offset = at_;
  const std::size_t end = closing_quote(cell);
  set_text(cell, at_ + 1, end);
  at_ = end + 1;
  skip_spaces();
  const bool is_separated = separator_ == ' ' && at_ > end + 1;
  if (!is_separated && at_ < text_.size() && text_[at_] != separator_ && !is_row_end(at_)) {
    cell.offset = at_;
    fail(cell, "expected the cell to end after its closing quote");
  }
}

std::size_t CsvScanner::closing_quote(const CsvCell& cell) const {
  std::size_t quote = text_.find('"', at_ + 1);
  while (quote != std::string_view::npos && quote + 1 < text_.size() && text_[quote + 1] == '"') {
    quote = text_.find('"', quote + 2);
  }
  if (quote == std::string_view::npos) {
    fail(cell, "the quote that opens here is never closed");
  }
  return quote;
}

/// Steps over what ends the cell.
void CsvScanner::finish(CsvCell& cell) {
  if (separator_ == ' ') {
    skip_spaces();  // many are one, and none at the end of a row
  }
  if (at_ == text_.size()) {
    cell.ends_row = is_at_end_ = true;
  } else if (!is_row_end(at_)) {
    at_ += separator_ == ' ' ? 0 : 1;
    ++column_;
  } else {
    at_ = text_.find(newline_, at_) + 1;  // a carriage return may come first
    cell.ends_row = true;
    column_ = 1;
    ++row_;
  }
}

void CsvScanner::skip_spaces() {
  while (at_ < text_.size() && text_[at_] == ' ') {
    ++at_;
  }
}

void CsvScanner::set_text(CsvCell& cell, std::size_t begin, std::size_t end) const {
  while (begin < end && text_[begin] == ' ') {
    ++begin;
  }
  while (begin < end && text_[end - 1] == ' ') {
    --end;
  }
  cell.text = text_.substr(begin, end - begin);
  cell.offset = begin;
}

bool CsvScanner::is_row_end(std::size_t at) const {
  // A carriage return is never the last character: the constructor cut those off.
  return text_[at] == newline_ || (text_[at] == '\r' && text_[at + 1] == '\n');
}

void CsvScanner::fail(const CsvCell& cell, std::string_view reason) const {
  throw DataError(path_, cell.offset,
                  fmt::format("row {}, column {}: {}", cell.row, cell.column, reason));
}

}  // namespace gradus

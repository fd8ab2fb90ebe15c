// SPDX-License-Identifier: MIT
#include "csv_header.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "csv_cell.hpp"

namespace gradus {
namespace {

constexpr std::size_t max_rows = 1000;

struct FirstCell {
  std::string_view text;
  CellValue value;
  std::size_t num_numbers_below = 0;
  std::size_t num_texts_below = 0;
  bool comes_again = false;

  [[nodiscard]] bool is_text() const { return value.kind == CellKind::text; }
  [[nodiscard]] bool is_number() const { return value.kind == CellKind::number; }
  [[nodiscard]] bool is_above_numbers() const {
    return is_text() && num_numbers_below > num_texts_below;
  }
};

CellValue value_of(const CsvScanner& scanner, const CsvCell& cell) {
  return value_of_cell(cell.text, scanner.separator() != ',');
}

void look_below(CsvScanner& scanner, std::vector<FirstCell>& first_row) {
  for (std::size_t row = 0; row < max_rows && !scanner.is_at_end(); ++row) {
    for (std::size_t column = 0; column < first_row.size(); ++column) {
      const CsvCell cell = scanner.next();
      const CellKind kind = value_of(scanner, cell).kind;
      FirstCell& above = first_row[column];
      above.num_numbers_below += kind == CellKind::number ? 1 : 0;
      above.num_texts_below += kind == CellKind::text ? 1 : 0;
      above.comes_again = above.comes_again || cell.text == above.text;
      if (cell.ends_row != (column + 1 == first_row.size())) {
        return;  // the rows are of different lengths, which the reader will say
      }
    }
  }
}

/// Whether the numbers among the cells count up by one, as the names of columns do that have none.
bool count_up(const std::vector<FirstCell>& cells) {
  const FirstCell* last = nullptr;
  for (const FirstCell& cell : cells) {
    if (!cell.is_number()) {
      continue;
    }
    if (last != nullptr && cell.value.number != last->value.number + 1) {
      return false;
    }
    last = &cell;
  }
  return true;
}

}  // namespace

bool is_csv_header(CsvScanner scanner, std::size_t num_columns) {
  std::vector<FirstCell> cells;
  cells.reserve(num_columns);
  bool ends_row = false;
  while (!ends_row) {
    const CsvCell cell = scanner.next();
    ends_row = cell.ends_row;
    if (cells.size() < num_columns) {
      cells.push_back({.text = cell.text, .value = value_of(scanner, cell)});
    }
  }
  const auto any = [&cells](const auto& is_so) {
    return std::any_of(cells.begin(), cells.end(), is_so);
  };
  if (!any([](const FirstCell& cell) { return cell.is_text(); })) {
    return false;
  }
  look_below(scanner, cells);
  if (any([](const FirstCell& cell) { return cell.is_above_numbers(); })) {
    return count_up(cells);
  }
  if (any([](const FirstCell& cell) { return cell.is_text() && cell.comes_again; })) {
    return false;
  }
  const auto num_numbers = std::count_if(cells.begin(), cells.end(),
                                         [](const FirstCell& cell) { return cell.is_number(); });
  return num_numbers == 0 || (num_numbers > 1 && count_up(cells));  // words above words: label,0,1
}

}  // namespace gradus

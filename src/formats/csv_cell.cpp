// SPDX-License-Identifier: MIT
#include "csv_cell.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include "decimal.hpp"

namespace gradus {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// How spreadsheets, pandas, R and the UCI repository write a cell that is not known.
bool is_missing(std::string_view text) {
  constexpr std::array<std::string_view, 5> words{"?", "na", "n/a", "nan", "null"};
  return text.empty() || std::any_of(words.begin(), words.end(), [text](std::string_view word) {
           return std::equal(text.begin(), text.end(), word.begin(), word.end(),
                             [](char a, char b) { return lower(a) == b; });
         });
}

CellValue value_of_number(const Decimal& decimal, std::string_view text) {
  CellValue value;
  switch (decimal.kind) {
    case DecimalKind::Finite:
      value.kind = CellKind::number;
      value.number = decimal.value;
      value.is_rounded = decimal.is_rounded_whole;
      value.has_point = text.find('.') != std::string_view::npos;
      break;
    case DecimalKind::TooLarge:
      value.kind = CellKind::too_large;
      break;
    case DecimalKind::NotFinite:
      value.kind = CellKind::not_finite;
      break;
    case DecimalKind::Text:
      break;
  }
  return value;
}

}  // namespace

CellValue value_of_cell(std::string_view text, bool may_be_comma) {
  const Decimal decimal = parse_decimal(text);
  if (decimal.kind != DecimalKind::Finite && is_missing(text)) {
    return {.kind = CellKind::missing};
  }
  const std::size_t comma = text.find(',');
  if (decimal.kind == DecimalKind::Text && may_be_comma && comma != std::string_view::npos &&
      text.find('.') == std::string_view::npos) {
    std::string with_point(text);
    with_point[comma] = '.';
    CellValue value = value_of_number(parse_decimal(with_point), text);
    value.has_comma = value.kind == CellKind::number;
    return value;
  }
  return value_of_number(decimal, text);
}

}  // namespace gradus

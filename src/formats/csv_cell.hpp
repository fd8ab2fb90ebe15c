// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace gradus {

enum class CellKind {
  number,
  missing,
  text,
  too_large,   // a number beyond the largest float
  not_finite,  // the words for infinity
};

/// What the text of a cell means.
struct CellValue {
  CellKind kind = CellKind::text;
  float number = 0;         // nearest float of a number
  bool is_rounded = false;  // a whole number that float does not hold exactly
  bool has_comma = false;   // a number with a decimal comma
  bool has_point = false;   // a number with a decimal point
};

/// @param may_be_comma  a comma between digits is a decimal sign: the separator is another one
[[nodiscard]] CellValue value_of_cell(std::string_view text, bool may_be_comma);

}  // namespace gradus

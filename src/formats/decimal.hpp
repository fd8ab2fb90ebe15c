// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace gradus {

/// What a piece of text is, seen as a decimal number.
enum class DecimalKind {
  Finite,
  TooLarge,   // beyond the largest float
  NotFinite,  // the words for NaN and infinity
  Text,       // no number at all
};

struct Decimal {
  DecimalKind kind = DecimalKind::Text;
  float value = 0;                // nearest float when Finite
  bool is_rounded_whole = false;  // it is written with digits alone, and the float is another one
};

///   number = [ "+" | "-" ] ( digits [ "." [ digits ] ] | "." digits ) [ ( "e" | "E" ) integer ]
///
/// The same for every locale and standard library. A number too small for float is 0.
[[nodiscard]] Decimal parse_decimal(std::string_view text);

}  // namespace gradus

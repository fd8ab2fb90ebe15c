// SPDX-License-Identifier: MIT
#include "decimal.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <optional>
#include <string>
#include <system_error>

namespace gradus {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::size_t num_digits_at(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  while (end < text.size() && is_digit(text[end])) {
    ++end;
  }
  return end - begin;
}

/// Where the digits and the point end, or nothing when there is no digit.
std::optional<std::size_t> end_of_mantissa(std::string_view text, std::size_t begin) {
  const std::size_t num_whole = num_digits_at(text, begin);
  std::size_t end = begin + num_whole;
  std::size_t num_fraction = 0;
  if (end < text.size() && text[end] == '.') {
    num_fraction = num_digits_at(text, end + 1);
    end += 1 + num_fraction;
  }
  return num_whole + num_fraction > 0 ? std::optional(end) : std::nullopt;
}

/// Whether `text`, without a leading sign, is a number of the grammar. The parsers of the standard
/// library differ in what else they take: hexadecimal, "inf", a decimal comma.
bool is_number(std::string_view text) {
  const auto mantissa = end_of_mantissa(text, 0);
  if (!mantissa || *mantissa == text.size()) {
    return mantissa.has_value();
  }
  if (text[*mantissa] != 'e' && text[*mantissa] != 'E') {
    return false;
  }
  std::size_t digits = *mantissa + 1;
  if (digits < text.size() && (text[digits] == '+' || text[digits] == '-')) {
    ++digits;
  }
  return digits < text.size() && digits + num_digits_at(text, digits) == text.size();
}

bool is_word_for_not_finite(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return lower == "nan" || lower == "inf" || lower == "infinity";
}

/// Digits alone, few enough for the sum to be exact: most cells of most files.
std::optional<float> small_integer(std::string_view text) {
  constexpr std::size_t max_num_digits = 7;  // 9999999 < 2^24
  if (text.empty() || text.size() > max_num_digits) {
    return std::nullopt;
  }
  int value = 0;
  for (const char c : text) {
    if (!is_digit(c)) {
      return std::nullopt;
    }
    value = 10 * value + (c - '0');
  }
  return static_cast<float>(value);
}

/// Whether a number without sign is written with digits alone, and its nearest float differs.
bool is_rounded_whole(std::string_view number, float value) {
  constexpr float first_gap = 16777216;  // 2^24: below it every whole number is a float
  if (value < first_gap || !std::all_of(number.begin(), number.end(), is_digit)) {
    return false;
  }
  std::uint64_t exact = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), exact);
  constexpr float limit = 18446744073709551616.0F;  // 2^64
  return error != std::errc() || value >= limit || static_cast<std::uint64_t>(value) != exact;
}

#ifdef __cpp_lib_to_chars

/// Whether a non-zero number of the grammar is below 1.
bool is_below_one(std::string_view number) {
  const std::size_t exponent_mark = number.find_first_of("eE");
  const std::string_view mantissa = number.substr(0, exponent_mark);
  const auto point = static_cast<long long>(std::min(mantissa.find('.'), mantissa.size()));
  const auto first = static_cast<long long>(mantissa.find_first_of("123456789"));
  // The number is at least 10^order and below 10^(order + 1), before its exponent.
  const long long order = first < point ? point - first - 1 : point - first;
  if (exponent_mark == std::string_view::npos) {
    return order < 0;
  }
  const std::size_t sign = exponent_mark + 1;
  const bool has_plus = number[sign] == '+';
  long long exponent = 0;
  const auto [end, error] = std::from_chars(number.data() + sign + (has_plus ? 1 : 0),
                                            number.data() + number.size(), exponent);
  if (error == std::errc::result_out_of_range) {
    return number[sign] == '-';
  }
  return exponent < -order;
}

/// `number` follows the grammar and has no sign. Infinite when it is too large.
float nearest_float(std::string_view number) {
  float value = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (error == std::errc::result_out_of_range) {  // too large or too small: it does not say
    return is_below_one(number) ? 0.0F : std::numeric_limits<float>::infinity();
  }
  return value;
}

#else

// Reached where the standard library cannot parse floats (Emscripten); its strtof has no locale.
float nearest_float(std::string_view number) {
  return std::strtof(std::string(number).c_str(), nullptr);
}

#endif

}  // namespace

Decimal parse_decimal(std::string_view text) {
  if (const auto integer = small_integer(text)) {
    return {.kind = DecimalKind::Finite, .value = *integer};
  }
  const bool has_sign = !text.empty() && (text[0] == '+' || text[0] == '-');
  const std::string_view number = text.substr(has_sign ? 1 : 0);
  if (!is_number(number)) {
    return {.kind = is_word_for_not_finite(number) ? DecimalKind::NotFinite : DecimalKind::Text};
  }
  const float value = nearest_float(number);
  if (std::isinf(value)) {
    return {.kind = DecimalKind::TooLarge};
  }
  return {.kind = DecimalKind::Finite,
          .value = text[0] == '-' ? -value : value,
          .is_rounded_whole = is_rounded_whole(number, value)};
}

}  // namespace gradus

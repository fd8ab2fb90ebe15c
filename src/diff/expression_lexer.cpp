// SPDX-License-Identifier: MIT
#include "expression_lexer.hpp"

#include <fmt/core.h>

#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <string>
#include <system_error>

#include "expression_mistake.hpp"

namespace gradus {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

std::size_t end_of_digits(std::string_view text, std::size_t begin) {
  while (begin < text.size() && is_digit(text[begin])) {
    ++begin;
  }
  return begin;
}

/// Where the number at the beginning ends. An e without digits behind it is not part of it.
std::size_t end_of_number(std::string_view text) {
  std::size_t end = end_of_digits(text, 0);
  if (end < text.size() && text[end] == '.') {
    end = end_of_digits(text, end + 1);
  }
  if (end < text.size() && (text[end] == 'e' || text[end] == 'E')) {
    std::size_t digits = end + 1;
    if (digits < text.size() && (text[digits] == '+' || text[digits] == '-')) {
      ++digits;
    }
    const std::size_t end_of_exponent = end_of_digits(text, digits);
    end = end_of_exponent > digits ? end_of_exponent : end;
  }
  return end;
}

/// `digits` follow the grammar. Nothing when there is no double near them.
std::optional<double> nearest_double(std::string_view digits) {
#ifdef __cpp_lib_to_chars
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return error == std::errc() ? std::optional(value) : std::nullopt;
#else
  // Reached where the standard library cannot parse doubles (Emscripten); its strtod has no locale.
  const double value = std::strtod(std::string(digits).c_str(), nullptr);
  return std::isfinite(value) ? std::optional(value) : std::nullopt;
#endif
}

struct Sign {
  std::string_view text;
  char symbol;
};

constexpr char space = ' ';  // stands for all that only separates

constexpr std::array<Sign, 15> signs{{{"**", '^'},  // before *
                                      {"+", '+'},
                                      {"-", '-'},
                                      {"*", '*'},
                                      {"/", '/'},
                                      {"^", '^'},
                                      {"(", '('},
                                      {")", ')'},
                                      {"|", '|'},
                                      {",", ','},
                                      {"\u221A", root_symbol},
                                      {" ", space},
                                      {"\t", space},
                                      {"\n", space},
                                      {"\r", space}}};

}  // namespace

Token ExpressionLexer::next() {
  Token token;
  do {
    token = read();
    position_ += token.text.size();
  } while (token.is(space));
  return token;
}

Token ExpressionLexer::read() const {
  const std::string_view text = text_.plain();
  if (position_ == text.size()) {
    return {.kind = TokenKind::end, .offset = position_};
  }
  const char first = text[position_];
  const bool is_point =
      first == '.' && position_ + 1 < text.size() && is_digit(text[position_ + 1]);
  return is_digit(first) || is_point ? read_number() : is_letter(first) ? read_name() : read_sign();
}

Token ExpressionLexer::read_number() const {
  const std::string_view rest = text_.plain().substr(position_);
  const std::string_view digits = rest.substr(0, end_of_number(rest));
  const std::optional<double> value = nearest_double(digits);
  if (!value) {
    text_.fail(position_, "the number is out of range");
  }
  return {.kind = TokenKind::number, .offset = position_, .text = digits, .number = *value};
}

Token ExpressionLexer::read_name() const {
  const std::string_view text = text_.plain();
  std::size_t end = position_;
  while (end < text.size() && (is_letter(text[end]) || is_digit(text[end]))) {
    ++end;
  }
  return {.kind = TokenKind::name,
          .offset = position_,
          .text = text.substr(position_, end - position_)};
}

Token ExpressionLexer::read_sign() const {
  const std::string_view rest = text_.plain().substr(position_);
  for (const Sign& sign : signs) {
    if (rest.starts_with(sign.text)) {
      return {.kind = TokenKind::symbol,
              .offset = position_,
              .text = rest.substr(0, sign.text.size()),
              .symbol = sign.symbol};
    }
  }
  text_.fail(position_, fmt::format("no expression has a {}", first_character(rest)));
}

}  // namespace gradus

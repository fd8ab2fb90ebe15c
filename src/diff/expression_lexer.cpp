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
  TokenKind kind;
  char symbol;
  double number = 0;
};

constexpr char space = ' ';  // stands for all that only separates

// Longer ones first. What people paste from texts is taken for what it looks like.
constexpr std::array<Sign, 22> signs{{
    {"**", TokenKind::symbol, '^'},
    {"+", TokenKind::symbol, '+'},
    {"-", TokenKind::symbol, '-'},
    {"*", TokenKind::symbol, '*'},
    {"/", TokenKind::symbol, '/'},
    {"^", TokenKind::symbol, '^'},
    {"(", TokenKind::symbol, '('},
    {")", TokenKind::symbol, ')'},
    {",", TokenKind::symbol, ','},
    {" ", TokenKind::symbol, space},
    {"\t", TokenKind::symbol, space},
    {"\n", TokenKind::symbol, space},
    {"\r", TokenKind::symbol, space},
    {"\u00A0", TokenKind::symbol, space},
    {"\u2212", TokenKind::symbol, '-'},
    {"\u00B7", TokenKind::symbol, '*'},
    {"\u22C5", TokenKind::symbol, '*'},
    {"\u00D7", TokenKind::symbol, '*'},
    {"\u00F7", TokenKind::symbol, '/'},
    {"\u00B2", TokenKind::superscript, 0, 2},
    {"\u00B3", TokenKind::superscript, 0, 3},
    {"\u03C0", TokenKind::name, 0},
}};

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
  if (position_ == text_.size()) {
    return {.kind = TokenKind::end, .offset = position_};
  }
  const char first = text_[position_];
  const bool is_point =
      first == '.' && position_ + 1 < text_.size() && is_digit(text_[position_ + 1]);
  return is_digit(first) || is_point ? read_number() : is_letter(first) ? read_name() : read_sign();
}

Token ExpressionLexer::read_number() const {
  const std::string_view rest = text_.substr(position_);
  const std::string_view digits = rest.substr(0, end_of_number(rest));
  const std::optional<double> value = nearest_double(digits);
  if (!value) {
    fail_in_expression(text_, position_, "the number is out of range");
  }
  return {.kind = TokenKind::number, .offset = position_, .text = digits, .number = *value};
}

Token ExpressionLexer::read_name() const {
  std::size_t end = position_;
  while (end < text_.size() && (is_letter(text_[end]) || is_digit(text_[end]))) {
    ++end;
  }
  return {.kind = TokenKind::name,
          .offset = position_,
          .text = text_.substr(position_, end - position_)};
}

Token ExpressionLexer::read_sign() const {
  const std::string_view rest = text_.substr(position_);
  for (const Sign& sign : signs) {
    if (rest.starts_with(sign.text)) {
      return {.kind = sign.kind,
              .offset = position_,
              .text = rest.substr(0, sign.text.size()),
              .symbol = sign.symbol,
              .number = sign.number};
    }
  }
  fail_in_expression(text_, position_,
                     fmt::format("no expression has a {}", first_character(rest)));
}

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string_view>

#include "plain_text.hpp"

namespace gradus {

enum class TokenKind { number, name, symbol, end };

inline constexpr char root_symbol = 'r';  // the symbol of √

struct Token {
  TokenKind kind = TokenKind::end;
  std::size_t offset = 0;   // of its first byte
  std::string_view text{};  // in plain characters
  char symbol = 0;          // of a symbol: one of + - * / ^ ( ) | , or the root's
  double number = 0;        // of a number

  [[nodiscard]] bool is(char wanted) const { return kind == TokenKind::symbol && symbol == wanted; }
};

/// Cuts the text of an expression into numbers, names and signs.
class ExpressionLexer {
 public:
  /// @param text  must outlive the lexer and its tokens
  explicit ExpressionLexer(const PlainText& text) : text_(text) {}

  /// The next token; after the last one, `end` for ever.
  /// @throws ValueError  a character that no expression has, or a number beyond double
  Token next();

 private:
  [[nodiscard]] Token read() const;
  [[nodiscard]] Token read_number() const;
  [[nodiscard]] Token read_name() const;
  [[nodiscard]] Token read_sign() const;

  const PlainText& text_;
  std::size_t position_ = 0;
};

}  // namespace gradus

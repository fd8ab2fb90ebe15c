// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string_view>

namespace gradus {

enum class TokenKind { number, name, symbol, superscript, end };

struct Token {
  TokenKind kind = TokenKind::end;
  std::size_t offset = 0;   // of its first byte
  std::string_view text{};  // as typed
  char symbol = 0;          // of a symbol: one of + - * / ^ ( ) , whatever was typed for it
  double number = 0;        // of a number or a superscript

  [[nodiscard]] bool is(char wanted) const { return kind == TokenKind::symbol && symbol == wanted; }
};

/// Cuts the text of an expression into numbers, names and signs.
class ExpressionLexer {
 public:
  /// @param text  must outlive the lexer and its tokens
  explicit ExpressionLexer(std::string_view text) : text_(text) {}

  /// The next token; after the last one, `end` for ever.
  /// @throws ValueError  a character that no expression has, or a number beyond double
  Token next();

 private:
  [[nodiscard]] Token read() const;
  [[nodiscard]] Token read_number() const;
  [[nodiscard]] Token read_name() const;
  [[nodiscard]] Token read_sign() const;

  std::string_view text_;
  std::size_t position_ = 0;
};

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "expression_lexer.hpp"
#include "gradus/diff/expression_program.hpp"

namespace gradus {

/// The longest text, in bytes, and how deep an expression may be nested.
inline constexpr std::size_t max_expression_size = 100'000;
inline constexpr std::size_t max_expression_depth = 200;

/// Turns the text of an expression into its program, by recursive descent:
///
///   sum      = product { ("+" | "-") product }
///   product  = signed { ("*" | "/") signed | power }         a power has no sign: 2x, but not 2 -x
///   signed   = { "+" | "-" } power
///   power    = primary [ "^" signed | "²" | "³" ]
///   primary  = number | name | name "(" sum { "," sum } ")" | "(" sum ")"
class ExpressionParser {
 public:
  /// @param text  must outlive the parser
  explicit ExpressionParser(std::string_view text) : text_(text), lexer_(text) {}

  /// @throws ValueError
  [[nodiscard]] ExpressionProgram parse();

  /// Whether the parsed text said x, not x0, outside of sums.
  [[nodiscard]] bool has_plain_x() const { return has_plain_x_; }

 private:
  using Operation = ExpressionProgram::Operation;

  /// Every recursion goes through here, to be counted.
  void parse_nested(void (ExpressionParser::*part)());

  void parse_sum();
  void parse_product();
  void parse_signed();
  void parse_power();
  void parse_primary();
  void parse_name();
  void parse_call(std::string_view name);
  void parse_reduction(bool is_mean);
  [[nodiscard]] bool parse_coordinate(std::string_view name);

  void take() { token_ = lexer_.next(); }
  void expect(char symbol, const std::string& expected);
  [[noreturn]] void fail(const std::string& expected) const;

  void emit(Operation operation, std::size_t index = 0, double number = 0);
  void emit_power(std::size_t begin_of_exponent);

  std::string_view text_;
  ExpressionLexer lexer_;
  Token token_;
  ExpressionProgram program_;
  std::vector<ExpressionProgram::Step> steps_;  // of what is being read; a reduction's are apart
  std::size_t depth_ = 0;
  bool is_in_reduction_ = false;
  bool has_plain_x_ = false;
};

}  // namespace gradus

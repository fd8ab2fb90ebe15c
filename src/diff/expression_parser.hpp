// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "expression_lexer.hpp"
#include "gradus/diff/expression.hpp"
#include "gradus/diff/expression_program.hpp"
#include "plain_text.hpp"

namespace gradus {

/// The longest text, in bytes, and how deep an expression may be nested.
inline constexpr std::size_t max_expression_size = 100'000;
inline constexpr std::size_t max_expression_depth = 200;

/// Turns the text of an expression into its program, by recursive descent:
///
///   sum      = product { ("+" | "-") product }
///   product  = signed { ("*" | "/") signed | power }         a power has no sign: 2x, but not 2 -x
///   signed   = { "+" | "-" } power
///   power    = primary [ "^" signed ]
///   primary  = number | name | name "(" sum { "," sum } ")" | "(" sum ")" | "|" sum "|"
///            | "√" primary
class ExpressionParser {
 public:
  /// @param text  must outlive the parser
  explicit ExpressionParser(const PlainText& text) : text_(text), lexer_(text) {}

  /// @throws ValueError
  [[nodiscard]] ExpressionProgram parse();

  /// Products without a sign that could be taken for something else.
  [[nodiscard]] const std::vector<ExpressionReading>& readings() const { return readings_; }

  /// Whether the parsed text said x, not x0, outside of sums.
  [[nodiscard]] bool has_plain_x() const { return has_plain_x_; }

 private:
  using Operation = ExpressionProgram::Operation;

  /// Every recursion goes through here, to be counted.
  void parse_nested(void (ExpressionParser::*part)());

  void parse_sum();
  void parse_product();
  void parse_bars();
  void parse_argument();
  void parse_signed();
  void parse_power();
  void parse_primary();
  void parse_name();
  void parse_call(std::string_view name);
  void parse_call_of_several(std::string_view name);
  void parse_reduction(bool is_mean);
  [[nodiscard]] bool parse_coordinate(std::string_view name);
  /// Whether what comes next is multiplied with what was before, without a sign.
  [[nodiscard]] bool is_at_operand() const;

  void take();
  void expect(char symbol, const std::string& expected);
  [[noreturn]] void fail(const std::string& expected) const;

  /// Notes how something was read: what is from `begin` to `middle`, times or to the power of what
  /// begins at `right`.
  void note_reading(std::size_t begin, std::size_t middle, std::size_t right);
  void emit(Operation operation, std::size_t index = 0);
  void emit_function(std::string_view id);
  void emit_number(double value, std::string_view text);
  void emit_whole_power(int exponent);
  void emit_power(std::size_t begin_of_exponent);

  const PlainText& text_;
  ExpressionLexer lexer_;
  Token token_;
  std::size_t end_of_last_ = 0;  // where the token before this one ends
  ExpressionProgram program_;
  std::vector<ExpressionProgram::Step> steps_;  // of what is being read; a reduction's are apart
  std::vector<ExpressionReading> readings_;
  std::size_t depth_ = 0;
  static constexpr std::size_t no_power = static_cast<std::size_t>(-1);
  std::size_t open_power_ =
      no_power;              // where the last operand begins, a power as e^2 that may go on
  bool is_in_bars_ = false;  // so that the next bar closes
  bool is_in_reduction_ = false;
  bool has_plain_x_ = false;
};

}  // namespace gradus

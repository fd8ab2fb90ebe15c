// SPDX-License-Identifier: MIT
#include "expression_parser.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "expression_mistake.hpp"
#include "expression_names.hpp"
#include "gradus/core/error.hpp"

namespace gradus {
namespace {

constexpr double pi = 3.14159265358979323846;
constexpr double e = 2.71828182845904523536;

constexpr std::size_t most_readings = 5;

}  // namespace

ExpressionProgram ExpressionParser::parse() {
  take();
  parse_sum();
  if (token_.kind != TokenKind::end) {
    fail("an operator or the end");
  }
  program_.steps.insert(program_.steps.end(), steps_.begin(), steps_.end());
  return std::move(program_);
}

void ExpressionParser::parse_nested(void (ExpressionParser::*part)()) {
  if (++depth_ > max_expression_depth) {
    text_.fail(token_.offset, fmt::format("nested deeper than {}", max_expression_depth));
  }
  (this->*part)();
  --depth_;
}

void ExpressionParser::parse_sum() {
  parse_product();
  while (token_.is('+') || token_.is('-')) {
    const Operation operation = token_.is('+') ? Operation::add : Operation::subtract;
    take();
    parse_product();
    emit(operation);
  }
}

bool ExpressionParser::is_at_operand() const {
  return token_.kind == TokenKind::name || token_.is('(') || token_.is(root_symbol) ||
         (token_.is('|') && !is_in_bars_);
}

void ExpressionParser::parse_product() {
  const std::size_t begin = token_.offset;
  bool has_divided = false;
  parse_signed();
  while (token_.is('*') || token_.is('/') || is_at_operand()) {
    if (is_at_operand()) {
      const std::size_t middle = end_of_last_;
      const std::size_t right = token_.offset;
      const bool is_close = middle == right;
      const std::size_t open_power = std::exchange(open_power_, no_power);
      parse_power();
      if (has_divided) {
        note_reading(begin, middle, right);
        has_divided = false;  // said once
      } else if (open_power != no_power && is_close) {
        note_reading(open_power, middle, right);
      }
      emit(Operation::multiply);
      continue;
    }
    const bool is_division = token_.is('/');
    has_divided = is_division;
    take();
    parse_signed();
    emit(is_division ? Operation::divide : Operation::multiply);
  }
  open_power_ = no_power;
}

void ExpressionParser::note_reading(std::size_t begin, std::size_t middle, std::size_t right) {
  if (readings_.size() < most_readings) {
    const std::string sign = right == middle && text_.plain()[right] == '^' ? "" : "*";
    readings_.push_back({.typed = text_.typed(begin, end_of_last_),
                         .meant = fmt::format("({}){}{}", text_.typed(begin, middle), sign,
                                              text_.typed(right, end_of_last_))});
  }
}

void ExpressionParser::parse_signed() {
  if (token_.is('-') || token_.is('+')) {
    const bool is_minus = token_.is('-');
    take();
    parse_nested(&ExpressionParser::parse_signed);
    if (is_minus) {
      emit(Operation::negate);
    }
  } else {
    parse_power();
  }
}

void ExpressionParser::parse_power() {
  const std::size_t begin = token_.offset;
  open_power_ = no_power;
  parse_primary();
  if (!token_.is('^')) {
    return;
  }
  const bool has_root = open_power_ != no_power;
  const std::size_t end_of_base = end_of_last_;
  take();
  const bool is_open = !token_.is('(');
  const std::size_t begin_of_exponent = steps_.size();
  parse_nested(&ExpressionParser::parse_signed);
  emit_power(begin_of_exponent);
  if (has_root) {
    note_reading(begin, end_of_base, end_of_base);
  }
  open_power_ = is_open ? begin : no_power;
}

void ExpressionParser::parse_primary() {
  if (token_.kind == TokenKind::number) {
    emit_number(token_.number, token_.text);
    take();
  } else if (token_.kind == TokenKind::name) {
    parse_name();
  } else if (token_.is('(')) {
    take();
    parse_argument();
    expect(')', "an operator or \")\"");
  } else if (token_.is('|')) {
    parse_bars();
  } else if (token_.is(root_symbol)) {
    const std::size_t begin = token_.offset;
    take();
    const bool is_open = !token_.is('(') && !token_.is('|');
    parse_nested(&ExpressionParser::parse_primary);
    emit_function("sqrt");
    open_power_ = is_open ? begin : no_power;
  } else {
    fail("a number, a name or \"(\"");
  }
}

/// What stands in parentheses, where a bar opens a pair of its own.
void ExpressionParser::parse_argument() {
  const bool was_in_bars = std::exchange(is_in_bars_, false);
  parse_nested(&ExpressionParser::parse_sum);
  is_in_bars_ = was_in_bars;
}

void ExpressionParser::parse_bars() {
  take();
  const bool was_in_bars = std::exchange(is_in_bars_, true);
  parse_nested(&ExpressionParser::parse_sum);
  is_in_bars_ = was_in_bars;
  expect('|', "an operator or \"|\"");
  emit_function("abs");
}

void ExpressionParser::parse_name() {
  const Token name = token_;
  take();
  if (parse_coordinate(name.text)) {
    return;
  }
  if (name.text == "pi" || name.text == "e") {
    emit_number(name.text == "e" ? e : pi, name.text);
    return;
  }
  if (!is_function_name(name.text)) {
    text_.fail(name.offset, explain_unknown_name(name.text));
  }
  expect('(', fmt::format("\"(\" after {}", name.text));
  parse_call(meant_name(name.text));
  expect(')', "an operator or \")\"");
}

bool ExpressionParser::parse_coordinate(std::string_view name) {
  if (name == "x") {
    emit(is_in_reduction_ ? Operation::element : Operation::coordinate);
    has_plain_x_ = has_plain_x_ || !is_in_reduction_;
    return true;
  }
  if (const std::optional<std::uint32_t> index = coordinate_index(name)) {
    emit(Operation::coordinate, *index);
    return true;
  }
  return false;
}

void ExpressionParser::parse_call(std::string_view name) {
  if (name == "sum" || name == "mean") {
    parse_reduction(name == "mean");
    return;
  }
  if (name == "pow" || name == "min" || name == "max" || name == "hypot") {
    parse_call_of_several(name);
    return;
  }
  parse_argument();
  if (elementary_index(name)) {
    emit_function(name);
  } else {
    emit_function(name == "cot" ? "tan" : name == "sec" ? "cos" : "sin");
    emit_whole_power(-1);
  }
}

void ExpressionParser::parse_call_of_several(std::string_view name) {
  const bool is_hypot = name == "hypot";
  parse_argument();
  if (is_hypot) {
    emit_whole_power(2);
  }
  expect(',', fmt::format("\",\" and a second number for {}", name));
  bool is_done = false;
  while (!is_done) {
    const std::size_t begin_of_next = steps_.size();
    parse_argument();
    if (name == "pow") {
      emit_power(begin_of_next);
      return;
    }
    if (is_hypot) {
      emit_whole_power(2);
    }
    emit(is_hypot ? Operation::add : name == "min" ? Operation::minimum : Operation::maximum);
    is_done = !token_.is(',');
    if (!is_done) {
      take();
    }
  }
  if (is_hypot) {
    emit_function("sqrt");
  }
}

void ExpressionParser::parse_reduction(bool is_mean) {
  const bool was_in_reduction = std::exchange(is_in_reduction_, true);
  std::vector<ExpressionProgram::Step> outer = std::exchange(steps_, {});
  parse_argument();
  const std::size_t begin = program_.steps.size();
  program_.steps.insert(program_.steps.end(), steps_.begin(), steps_.end());
  program_.reductions.push_back({begin, program_.steps.size(), is_mean});
  steps_ = std::move(outer);
  emit(Operation::reduction, program_.reductions.size() - 1);
  is_in_reduction_ = was_in_reduction;
}

void ExpressionParser::take() {
  end_of_last_ = token_.offset + token_.text.size();
  token_ = lexer_.next();
}

void ExpressionParser::expect(char symbol, const std::string& expected) {
  if (!token_.is(symbol)) {
    fail(expected);
  }
  take();
}

void ExpressionParser::fail(const std::string& expected) const {
  const std::string got =
      token_.kind == TokenKind::end ? "the end" : fmt::format("\"{}\"", token_.text);
  text_.fail(token_.offset, fmt::format("expected {}, got {}", expected, got));
}

void ExpressionParser::emit(Operation operation, std::size_t index) {
  steps_.push_back({operation, static_cast<std::uint32_t>(index)});
}

void ExpressionParser::emit_function(std::string_view id) {
  emit(Operation::function, *elementary_index(id));
}

void ExpressionParser::emit_number(double value, std::string_view text) {
  program_.constants.push_back({value, std::string(text)});
  emit(Operation::number, program_.constants.size() - 1);
}

void ExpressionParser::emit_whole_power(int exponent) {
  const std::size_t begin = steps_.size();
  emit_number(exponent, std::to_string(exponent));
  emit_power(begin);
}

/// The base and the exponent are on the stack; an exponent that is the same everywhere becomes part
/// of the step.
void ExpressionParser::emit_power(std::size_t begin_of_exponent) {
  const auto begin = steps_.begin() + static_cast<std::ptrdiff_t>(begin_of_exponent);
  const bool is_constant = std::none_of(begin, steps_.end(), [](const auto& step) {
    return step.operation == Operation::coordinate || step.operation == Operation::element ||
           step.operation == Operation::reduction;
  });
  if (!is_constant) {
    emit(Operation::power);
    return;
  }
  std::vector<ExpressionProgram::Step> exponent(begin, steps_.end());
  steps_.erase(begin, steps_.end());
  const double value = program_.run_constant<double>(exponent);
  program_.exponents.push_back({value, std::move(exponent)});
  emit(Operation::constant_power, program_.exponents.size() - 1);
}

}  // namespace gradus

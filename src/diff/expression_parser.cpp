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

bool starts_operand(const Token& token) {
  return token.kind == TokenKind::name || token.is('(');
}

}  // namespace

ExpressionProgram ExpressionParser::parse() {
  if (text_.size() > max_expression_size) {
    throw ValueError(fmt::format("expression: got {} bytes, expected at most {}", text_.size(),
                                 max_expression_size));
  }
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
    fail_in_expression(text_, token_.offset,
                       fmt::format("nested deeper than {}", max_expression_depth));
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

void ExpressionParser::parse_product() {
  parse_signed();
  while (token_.is('*') || token_.is('/') || starts_operand(token_)) {
    const Operation operation = token_.is('/') ? Operation::divide : Operation::multiply;
    if (starts_operand(token_)) {
      parse_power();
    } else {
      take();
      parse_signed();
    }
    emit(operation);
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
  parse_primary();
  if (token_.is('^')) {
    take();
    const std::size_t begin_of_exponent = steps_.size();
    parse_nested(&ExpressionParser::parse_signed);
    emit_power(begin_of_exponent);
  } else if (token_.kind == TokenKind::superscript) {
    emit(Operation::constant_power, 0, token_.number);
    take();
  }
}

void ExpressionParser::parse_primary() {
  if (token_.kind == TokenKind::number) {
    emit(Operation::number, 0, token_.number);
    take();
  } else if (token_.kind == TokenKind::name) {
    parse_name();
  } else if (token_.is('(')) {
    take();
    parse_nested(&ExpressionParser::parse_sum);
    expect(')', "an operator or \")\"");
  } else {
    fail("a number, a name or \"(\"");
  }
}

void ExpressionParser::parse_name() {
  const Token name = token_;
  take();
  if (parse_coordinate(name.text)) {
    return;
  }
  if (name.text == "pi" || name.text == "\u03C0" || name.text == "e") {
    emit(Operation::number, 0, name.text == "e" ? e : pi);
    return;
  }
  if (!is_function_name(name.text)) {
    fail_in_expression(text_, name.offset, explain_unknown_name(name.text));
  }
  expect('(', fmt::format("\"(\" after {}", name.text));
  parse_call(name.text);
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
  parse_nested(&ExpressionParser::parse_sum);
  if (const std::optional<std::size_t> function = elementary_index(name)) {
    emit(Operation::function, *function);
  } else {
    expect(',', fmt::format("\",\" and a second number for {}", name));
    const std::size_t begin_of_second = steps_.size();
    parse_nested(&ExpressionParser::parse_sum);
    if (name == "pow") {
      emit_power(begin_of_second);
    } else {
      emit(name == "min" ? Operation::minimum : Operation::maximum);
    }
  }
  expect(')', "an operator or \")\"");
}

void ExpressionParser::parse_reduction(bool is_mean) {
  const bool was_in_reduction = std::exchange(is_in_reduction_, true);
  std::vector<ExpressionProgram::Step> outer = std::exchange(steps_, {});
  parse_nested(&ExpressionParser::parse_sum);
  const std::size_t begin = program_.steps.size();
  program_.steps.insert(program_.steps.end(), steps_.begin(), steps_.end());
  program_.reductions.push_back({begin, program_.steps.size(), is_mean});
  steps_ = std::move(outer);
  emit(Operation::reduction, program_.reductions.size() - 1);
  is_in_reduction_ = was_in_reduction;
  expect(')', "an operator or \")\"");
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
  fail_in_expression(text_, token_.offset, fmt::format("expected {}, got {}", expected, got));
}

void ExpressionParser::emit(Operation operation, std::size_t index, double number) {
  steps_.push_back({operation, static_cast<std::uint32_t>(index), number});
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
  const ExpressionProgram exponent{{begin, steps_.end()}, {}};
  steps_.erase(begin, steps_.end());
  emit(Operation::constant_power, 0, exponent.run(std::span<const double>()));
}

}  // namespace gradus

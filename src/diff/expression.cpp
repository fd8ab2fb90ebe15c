// SPDX-License-Identifier: MIT
#include "gradus/diff/expression.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "expression_mistake.hpp"
#include "expression_parser.hpp"
#include "gradus/core/error.hpp"

namespace gradus {

using Operation = ExpressionProgram::Operation;

Expression::Expression(std::string_view text) : text_(text) {
  if (text.size() > max_expression_size) {
    throw ValueError(fmt::format("expression: got {} bytes, expected at most {}", text.size(),
                                 max_expression_size));
  }
  const PlainText plain(text_);
  ExpressionParser parser(plain);
  program_ = parser.parse();
  readings_ = parser.readings();
  for (const ExpressionProgram::Step& step : program_.steps) {
    if (step.operation == Operation::coordinate) {
      num_variables_ = std::max<std::size_t>(num_variables_, step.index + std::size_t{1});
    }
    uses_all_ = uses_all_ || step.operation == Operation::element;
  }
  is_x_alone_ = parser.has_plain_x() && num_variables_ == 1;
  if (!program_.reductions.empty()) {
    num_variables_ = std::max<std::size_t>(num_variables_, 1);
  }
}

bool Expression::uses(std::size_t i) const {
  return uses_all_ ||
         std::any_of(program_.steps.begin(), program_.steps.end(), [i](const auto& step) {
           return step.operation == Operation::coordinate && step.index == i;
         });
}

void Expression::check_point(std::size_t num_coordinates) const {
  if (num_coordinates < num_variables_) {
    throw ValueError(fmt::format(
        "expression: the point has {} coordinate{}, \"{}\" needs {}: x0 to x{}", num_coordinates,
        num_coordinates == 1 ? "" : "s", excerpt(text_, 0), num_variables_, num_variables_ - 1));
  }
  if (num_coordinates > 1 && is_x_alone_) {
    throw ValueError(
        fmt::format("expression: the point has {} coordinates, \"{}\" says only x; write x0, x1, "
                    "or sum(x^2)",
                    num_coordinates, excerpt(text_, 0)));
  }
}

}  // namespace gradus

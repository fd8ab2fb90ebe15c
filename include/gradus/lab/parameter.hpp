// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gradus/diff/expression.hpp"

namespace gradus {

enum class ParameterKind {
  integer,   // 20
  real,      // 0.1, or an expression without variables: 1e-4, 1/3, pi/2
  choice,    // one of `choices`
  numbers,   // reals with commas between them: 3,4
  function,  // an Expression: x0^2 + x1^2
};

/// integer, real, choice, numbers, function: as JSON has it.
[[nodiscard]] std::string_view to_string(ParameterKind kind) noexcept;

/// What can be set in an experiment. Its name and help for people are the texts `parameter.ID` and
/// `parameter.ID.help`.
struct Parameter {
  std::string_view id;
  ParameterKind kind;
  std::string_view initial;                 // the default, as it would be typed
  std::span<const std::string_view> tries;  // other values worth trying; at least one
  /// Of an integer, a real, or each of several numbers; inclusive.
  double minimum = -std::numeric_limits<double>::infinity();
  double maximum = std::numeric_limits<double>::infinity();
  /// How many numbers; or how many coordinates a function may use at most.
  std::size_t min_count = 1;
  std::size_t max_count = 1;
  std::span<const std::string_view> choices = {};
};

/// The values of all parameters of one experiment, read and checked.
class Parameters {
 public:
  /// @param experiment  its id, for messages
  /// @param settings    what differs from the defaults: "at=3,4"; the last one of a name counts
  /// @throws ValueError  no "=", an unknown name, or a value that is not as the parameter wants it;
  ///                     the message names the experiment and the parameter
  Parameters(std::string_view experiment, std::span<const Parameter> parameters,
             std::span<const std::string> settings = {});

  // Each: @throws StateError  the experiment has no such parameter, or of another kind.
  [[nodiscard]] std::size_t integer(std::string_view id) const;
  [[nodiscard]] double real(std::string_view id) const;
  [[nodiscard]] const std::string& choice(std::string_view id) const;
  [[nodiscard]] const std::vector<double>& numbers(std::string_view id) const;
  [[nodiscard]] const Expression& function(std::string_view id) const;

  /// As it was typed.
  [[nodiscard]] const std::string& text(std::string_view id) const;

  /// For what only the experiment can know, as that two lists must have the same length.
  /// @throws ValueError  always: where, what was got, what was expected
  [[noreturn]] void refuse(std::string_view id, std::string_view expected) const;

 private:
  struct Value {
    ParameterKind kind;
    std::string text;
    std::vector<double> numbers;       // one of an integer or a real
    std::vector<Expression> function;  // one or none
  };

  [[nodiscard]] Value read(const Parameter& parameter, const std::string& text) const;
  [[nodiscard]] const Value& find(std::string_view id) const;
  [[nodiscard]] const Value& find(std::string_view id, ParameterKind kind) const;

  std::string experiment_;
  std::map<std::string, Value, std::less<>> values_;
};

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

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
  std::string_view initial;  // the default, as it would be typed
  /// Other values worth trying; at least one. A choice needs none: then it is all its others.
  std::span<const std::string_view> tries = {};
  /// Of an integer, a real, or each of several numbers; inclusive.
  double minimum = -std::numeric_limits<double>::infinity();
  double maximum = std::numeric_limits<double>::infinity();
  /// How many numbers; or how many coordinates a function may use at most.
  std::size_t min_count = 1;
  std::size_t max_count = 1;
  /// Of a choice: a function, so that a registry can be asked.
  std::vector<std::string_view> (*choices)() = nullptr;

  /// `tries`, or the choices but the initial one.
  [[nodiscard]] std::vector<std::string_view> values_to_try() const;
};

}  // namespace gradus

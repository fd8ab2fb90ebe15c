// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gradus/diff/expression.hpp"
#include "gradus/lab/parameter.hpp"

namespace gradus {

/// What all parameters of one experiment are set to, read and checked.
class Settings {
 public:
  /// @param experiment  its id, for messages
  /// @param changes     what differs from the defaults: "at=3,4"; the last one of a name counts
  /// @throws ValueError  no "=", an unknown name, or a value that is not as the parameter wants it;
  ///                     the message names the experiment and the parameter
  Settings(std::string_view experiment, std::span<const Parameter> parameters,
           std::span<const std::string> changes = {});

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
  struct Setting {
    ParameterKind kind;
    std::string text;
    std::vector<double> numbers;       // one of an integer or a real
    std::vector<Expression> function;  // one or none
  };

  [[nodiscard]] Setting read(const Parameter& parameter, const std::string& text) const;
  [[nodiscard]] const Setting& find(std::string_view id) const;
  [[nodiscard]] const Setting& find(std::string_view id, ParameterKind kind) const;

  std::string experiment_;
  std::map<std::string, Setting, std::less<>> settings_;
};

}  // namespace gradus

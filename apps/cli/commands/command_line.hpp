// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "options/command.hpp"

namespace gradus::cli {

/// The name of the command that the arguments ask for; empty when they have only options.
/// @throws ValueError  the first argument is neither an option nor a command
[[nodiscard]] std::string_view asked_command(const std::vector<std::string>& arguments);

/// The arguments of the program `gradus`: all commands, but options only for the one that is asked
/// for, because setting up those of all takes longer than everything else the parser does.
class ProgramArguments {
 public:
  explicit ProgramArguments(std::string_view asked_command);

  /// As Arguments::parse().
  [[nodiscard]] Action parse(std::vector<std::string> arguments) {
    return arguments_.parse(std::move(arguments));
  }

 private:
  Arguments arguments_;
};

}  // namespace gradus::cli

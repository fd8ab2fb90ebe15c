// SPDX-License-Identifier: MIT
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace gradus::cli {

/// @throws ValueError  the first argument is neither an option nor a command
void check_command(const std::vector<std::string>& arguments);

/// Makes `app` the program: all commands, and the options of the one that `arguments` ask for.
/// Those of all take longer than most commands.
/// @param exit_code  gets the result of the command
void add_commands(CLI::App& app, const std::vector<std::string>& arguments, int& exit_code);

/// Reads the arguments, and while they are read runs the command they choose.
/// @returns  what --help or --version asks to be shown; empty without them
/// @throws ValueError  they are wrong; whatever the command throws
[[nodiscard]] std::string parse_arguments(CLI::App& app, std::vector<std::string> arguments);

}  // namespace gradus::cli

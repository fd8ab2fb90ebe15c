// SPDX-License-Identifier: MIT
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace gradus::cli {

/// Makes `app` the program: all commands and what is true of each.
/// @param exit_code  gets the result of the command that runs
void add_commands(CLI::App& app, int& exit_code);

/// @throws ValueError  the first argument is neither an option nor a command
void check_command(const CLI::App& app, const std::vector<std::string>& arguments);

/// Reads the arguments, and while they are read runs the command they choose.
/// @returns  what --help or --version asks to be shown; empty without them
/// @throws ValueError  they are wrong; whatever the command throws
[[nodiscard]] std::string parse_arguments(CLI::App& app, std::vector<std::string> arguments);

}  // namespace gradus::cli

// SPDX-License-Identifier: MIT
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace gradus::cli {

/// The name of the command that the arguments ask for; empty when they have only options.
/// @throws ValueError  the first argument is neither an option nor a command
[[nodiscard]] std::string_view asked_command(const std::vector<std::string>& arguments);

/// Makes `app` the program: all commands, but options only for the one that is asked for, because
/// setting up those of all takes longer than everything else the parser does.
/// @param exit_code  gets the result of the command
void add_commands(CLI::App& app, std::string_view asked_command, int& exit_code);

/// Reads the arguments, and while they are read runs the command they choose.
/// @returns  what --help or --version asks to be shown; empty without them
/// @throws ValueError  they are wrong; whatever the command throws
[[nodiscard]] std::string parse_arguments(CLI::App& app, std::vector<std::string> arguments);

}  // namespace gradus::cli

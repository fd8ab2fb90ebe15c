// SPDX-License-Identifier: MIT
#include "command_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <utility>

#include "commands.hpp"
#include "gradus/core/error.hpp"

namespace gradus::cli {
namespace {

/// What is wrong with the arguments, where the library's own words would not help.
std::string explain(const CLI::App& app, const CLI::ParseError& error) {
  const std::string text = error.what();
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    return text.substr(0, text.find(':')) + " needs a value";
  }
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
    const std::vector<std::string> extras = app.remaining(true);
    const auto option = std::find_if(extras.begin(), extras.end(), [](const std::string& extra) {
      return extra.rfind('-', 0) == 0;
    });
    return option == extras.end() ? "unexpected argument " + extras.front()
                                  : "unknown option " + option->substr(0, option->find('='));
  }
  return text;
}

}  // namespace

void add_commands(CLI::App& app, int& exit_code) {
  app.name("gradus");
  app.description(
      "Neural networks trained by gradient, from first principles.\n"
      "Start with: gradus train");
  app.set_version_flag("--version", "gradus " GRADUS_VERSION);
  app.require_subcommand(1);
  add_train_command(app, exit_code);
  add_evaluate_command(app, exit_code);
  add_predict_command(app, exit_code);
  add_plot_command(app, exit_code);
  add_report_command(app, exit_code);
  add_sweep_command(app, exit_code);
  add_data_command(app, exit_code);
  add_diff_command(app, exit_code);
  add_descend_command(app, exit_code);
  add_gradcheck_command(app, exit_code);
  add_lab_command(app, exit_code);
}

void check_command(const CLI::App& app, const std::vector<std::string>& arguments) {
  std::string commands;
  for (const CLI::App* command : app.get_subcommands(nullptr)) {
    if (!arguments.empty() && arguments.front() == command->get_name()) {
      return;
    }
    commands += (commands.empty() ? "" : ", ") + command->get_name();
  }
  if (arguments.empty() || arguments.front().rfind('-', 0) != 0) {
    throw ValueError(fmt::format("{}; there are {} (see --help)",
                                 arguments.empty()
                                     ? "a command is missing"
                                     : fmt::format("unknown command \"{}\"", arguments.front()),
                                 commands));
  }
}

std::string parse_arguments(CLI::App& app, std::vector<std::string> arguments) {
  std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them last first
  try {
    app.parse(std::move(arguments));
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() != 0) {
      throw ValueError(explain(app, error) + " (see --help)");
    }
    std::ostringstream asked_for;
    app.exit(error, asked_for, asked_for);
    return asked_for.str();
  }
  return {};
}

}  // namespace gradus::cli

// SPDX-License-Identifier: MIT
#include "command_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <sstream>
#include <string_view>
#include <utility>

#include "commands.hpp"
#include "gradus/core/error.hpp"
#include "gradus/core/registry.hpp"

namespace gradus::cli {
namespace {

struct Command {
  std::string_view id;
  std::string_view summary;
  void (*set_up)(CLI::App& command, int& exit_code);
};
constexpr std::array<Command, 11> command_entries{{
    {"train", "Train a network and write the run to a folder", set_up_train},
    {"evaluate", "Tell how well a trained model does, class by class", set_up_evaluate},
    {"predict", "Classify images or rows of your own with a trained model", set_up_predict},
    {"plot", "Draw training runs: loss and accuracy; of one run its weights and mistakes too",
     set_up_plot},
    {"report", "Write a page about a training run: one HTML file, to be shown, sent or printed",
     set_up_report},
    {"sweep", "Train over a grid of options and compare on validation images", set_up_sweep},
    {"data", "Look at data, get or make some", set_up_data},
    {"diff", "Differentiate any function of your own, by every method and with its error",
     set_up_diff},
    {"descend", "Walk down any function of your own, and see how that ends", set_up_descend},
    {"gradcheck", "Check the gradient of a network against values of its loss alone",
     set_up_gradcheck},
    {"lab", "Try the textbook's experiments, with pictures and explanations", set_up_lab},
}};
constexpr Registry<Command> commands("command", command_entries);

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

std::string_view asked_command(const std::vector<std::string>& arguments) {
  if (arguments.empty()) {
    throw ValueError(
        fmt::format("a command is missing; there are {} (see --help)", commands.ids(", ")));
  }
  // The program's own options have no values, so the first argument that is none is the command.
  const auto asked =
      std::find_if(arguments.begin(), arguments.end(),
                   [](const std::string& argument) { return argument.rfind('-', 0) != 0; });
  if (asked == arguments.begin()) {
    return commands.find(*asked).id;
  }
  const auto known = std::find_if(commands.begin(), commands.end(), [&](const Command& command) {
    return asked != arguments.end() && command.id == *asked;
  });
  return known == commands.end() ? "" : known->id;
}

void add_commands(CLI::App& app, std::string_view asked_command, int& exit_code) {
  app.name("gradus");
  app.description(
      "Neural networks trained by gradient, from first principles.\n"
      "Start with: gradus train");
  app.set_version_flag("--version", "gradus " GRADUS_VERSION);
  app.require_subcommand(1);
  for (const Command& command : commands) {
    CLI::App& added = *app.add_subcommand(std::string(command.id), std::string(command.summary));
    if (command.id == asked_command) {
      command.set_up(added, exit_code);
    }
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

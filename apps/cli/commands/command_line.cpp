// SPDX-License-Identifier: MIT
#include "commands/command_line.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "commands/commands.hpp"
#include "gradus/core/error.hpp"
#include "gradus/core/registry.hpp"

namespace gradus::cli {
namespace {

struct Entry {
  std::string_view id;
  std::string_view summary;
  void (*set_up)(Command& command);
};
constexpr std::array<Entry, 11> command_entries{{
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
constexpr Registry<Entry> commands("command", command_entries);

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
  const auto known = std::find_if(commands.begin(), commands.end(), [&](const Entry& command) {
    return asked != arguments.end() && command.id == *asked;
  });
  return known == commands.end() ? "" : known->id;
}

ProgramArguments::ProgramArguments(std::string_view asked_command)
    : arguments_("gradus",
                 "Neural networks trained by gradient, from first principles.\n"
                 "Start with: gradus train",
                 "gradus " GRADUS_VERSION) {
  Command program = arguments_.program();
  program.require_command();
  for (const Entry& entry : commands) {
    Command command = program.add_command(entry.id, entry.summary);
    if (entry.id == asked_command) {
      entry.set_up(command);
    }
  }
}

}  // namespace gradus::cli

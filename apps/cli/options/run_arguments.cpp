// SPDX-License-Identifier: MIT
#include "options/run_arguments.hpp"

#include <string_view>

#include "gradus/core/error.hpp"
#include "inputs/data_source.hpp"
#include "options/config_file.hpp"

namespace gradus::cli {
namespace {

/// The heading of --help for a group; nothing for the general one.
const char* heading_of(OptionGroup group) {
  switch (group) {
    case OptionGroup::table:
      return "Tables";
    case OptionGroup::network:
      return "Network";
    case OptionGroup::learning:
      return "Learning";
    case OptionGroup::course:
      return "Course of the training";
    case OptionGroup::general:
      break;
  }
  return nullptr;
}

}  // namespace

Option add_run_option(Command& command, std::string_view id, GivenOptions& given,
                      const std::string& help, const std::string& default_text) {
  const RunOption& option = run_options().find(id);
  const RunOptions defaults;
  std::string text = help.empty() ? std::string(option.summary) : help;
  if (option.choices != nullptr) {
    text += option.choices();
  }
  Option added = command.add_option(
      "--" + std::string(id), text, default_text.empty() ? option.text(defaults) : default_text,
      [&option, &given](const std::string& typed) {
        RunOptions read;
        option.set(read, typed);  // so that a wrong value is reported while arguments are read
        given.add(option.id, typed);
      });
  if (const char* const heading = heading_of(option.group)) {
    added.group(heading);
  }
  return added;
}

void add_table_options(Command& command, GivenOptions& given) {
  for (const RunOption& option : run_options()) {
    if (option.group == OptionGroup::table) {
      add_run_option(command, option.id, given);
    }
  }
}

void add_run_options(Command& command, RunArguments& arguments) {
  for (const RunOption& option : run_options()) {
    const std::string help = option.id == "data" ? data_help() : std::string();
    add_run_option(command, option.id, arguments.given, help);
  }
  command.add_repeated_option(
      "--config", "TOML file with any of these options: lr = 0.1",
      [&arguments](const std::string& text) { arguments.configs.push_back(text); });
}

GivenOptions with_config(const RunArguments& arguments) {
  GivenOptions given;
  for (const std::string& path : arguments.configs) {
    GivenOptions in_file;
    for (const auto& [name, text] : read_config(path)) {
      in_file.add(name, text, path);
    }
    given.give_way_to(in_file);
  }
  given.give_way_to(arguments.given);
  return given;
}

}  // namespace gradus::cli

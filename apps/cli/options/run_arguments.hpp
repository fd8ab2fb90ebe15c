// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gradus/runs/given_options.hpp"
#include "options/command.hpp"

namespace gradus::cli {

/// Options of a run as they were typed.
struct RunArguments {
  GivenOptions given;
  std::vector<std::string> configs;  // files with more of them; the last one counts most
};

/// Adds every option of a run, and --config.
void add_run_options(Command& command, RunArguments& arguments);

/// Adds one option of a run.
/// @param id            as in run_options()
/// @param help          empty: what run_options() says
/// @param default_text  empty: the default of RunOptions
Option add_run_option(Command& command, std::string_view id, GivenOptions& given,
                      const std::string& help = {}, const std::string& default_text = {});

/// Adds the options that say what the columns of a table mean.
void add_table_options(Command& command, GivenOptions& given);

/// Adds an option that takes one of a registry's ids.
template <class Registry>
Option add_choice(Command& command, const std::string& name, const std::string& help,
                  std::string& target, const Registry& registry) {
  return command.add_option(name, help + list_of(registry), target,
                            [&target, &registry](const std::string& text) {
                              static_cast<void>(registry.find(text));
                              target = text;
                            });
}

/// What was typed, above what the files of --config give.
/// @throws DataError  a file cannot be read
[[nodiscard]] GivenOptions with_config(const RunArguments& arguments);

}  // namespace gradus::cli

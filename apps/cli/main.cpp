// SPDX-License-Identifier: MIT
// The program `gradus`: finds the command, and turns everything that can go wrong into one line on
// stderr and an exit code.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <exception>
#include <new>
#include <string>
#include <vector>

#include "commands.hpp"
#include "gradus/core/error.hpp"
#include "gradus/formats/file.hpp"
#include "training_flags.hpp"

namespace {

using namespace gradus;
using namespace gradus::cli;

int complain(int exit_code, const std::string& message) {
  std::string line = message;
  std::replace(line.begin(), line.end(), '\n', ' ');
  fmt::print(stderr, "gradus: {}\n", line);
  return exit_code;
}

int run(int argc, char** argv) {
  CLI::App app(
      "Neural networks trained by gradient, from first principles.\n"
      "Start with: gradus train",
      "gradus");
  app.set_version_flag("--version", "gradus " GRADUS_VERSION);
  app.require_subcommand(1);
  app.failure_message(
      [](const CLI::App*, const CLI::Error& error) { return std::string(error.what()); });
  int exit_code = exit_done;
  add_train_command(app, exit_code);
  add_evaluate_command(app, exit_code);
  add_sweep_command(app, exit_code);
  add_data_command(app, exit_code);

  std::vector<std::string> arguments = with_config({argv + 1, argv + argc});
  try {
    // CLI11 takes them last first.
    std::reverse(arguments.begin(), arguments.end());
    app.parse(arguments);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) {
      return app.exit(error);  // --help and --version
    }
    return complain(exit_bad_input, std::string(error.what()) + " (see --help)");
  }
  return exit_code;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const FileError& error) {
    return complain(exit_failed, error.what());
  } catch (const Error& error) {
    return complain(exit_bad_input, error.what());
  } catch (const std::bad_alloc&) {
    return complain(exit_failed, "not enough memory");
  } catch (const std::exception& error) {
    return complain(exit_failed, error.what());
  }
}

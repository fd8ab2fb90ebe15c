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
#include <utility>
#include <vector>

#include "commands.hpp"
#include "console.hpp"
#include "gradus/core/error.hpp"
#include "gradus/formats/file.hpp"
#include "resume.hpp"
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
                                  : "unknown option " + *option;
  }
  return text;
}

/// @throws ValueError  the first argument is neither an option nor a command
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

/// Results that did not reach the reader are no success.
int flushed(int exit_code) {
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
    return complain(exit_failed, "the output could not be written");
  }
  return exit_code;
}

int run(int argc, char** argv) {
  set_program_name(argv[0]);
  CLI::App app(
      "Neural networks trained by gradient, from first principles.\n"
      "Start with: gradus train",
      "gradus");
  app.set_version_flag("--version", "gradus " GRADUS_VERSION);
  app.require_subcommand(1);
  int exit_code = exit_done;
  add_train_command(app, exit_code);
  add_evaluate_command(app, exit_code);
  add_predict_command(app, exit_code);
  add_sweep_command(app, exit_code);
  add_data_command(app, exit_code);
  add_diff_command(app, exit_code);
  add_descend_command(app, exit_code);
  add_gradcheck_command(app, exit_code);
  add_lab_command(app, exit_code);

  std::vector<std::string> arguments(argv + 1, argv + argc);
  check_command(app, arguments);
  arguments = with_config(with_resumed_options(std::move(arguments)));
  try {
    std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them last first
    app.parse(arguments);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) {
      return app.exit(error);  // --help and --version
    }
    return complain(exit_bad_input, explain(app, error) + " (see --help)");
  }
  return exit_code;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return flushed(run(argc, argv));
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

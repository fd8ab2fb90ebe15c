// SPDX-License-Identifier: MIT
// The program `gradus`: finds the command, and turns everything that can go wrong into one line on
// stderr and an exit code.
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "commands/command_line.hpp"
#include "commands/commands.hpp"
#include "gradus/core/error.hpp"
#include "gradus/formats/file.hpp"
#include "gradus/math/instruction_set.hpp"
#include "terminal/console.hpp"

namespace {

using namespace gradus;
using namespace gradus::cli;

/// One line, and nothing in it that a terminal would obey: names of files can hold anything.
int complain(int exit_code, const std::string& message) {
  std::string line = message;
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7F; };
  std::replace_if(line.begin(), line.end(), is_control, ' ');
  print_error("gradus: {}\n", line);
  return exit_code;
}

constexpr const char* not_printed = "the output could not be written";

/// Results that did not reach the reader are no success.
int flushed(int exit_code) {
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
    return complain(exit_failed, not_printed);
  }
  return exit_code;
}

int run(int argc, char** argv) {
  set_program_name(argv[0]);
  if (const char* name = std::getenv("GRADUS_INSTRUCTION_SET")) {
    limit_instruction_set(name);
  }
  std::vector<std::string> arguments(argv + 1, argv + argc);
  const std::string_view command = asked_command(arguments);
  return ProgramArguments(command).parse(std::move(arguments))();
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a reader that has left is a failure to write, told like any
  try {
    return flushed(run(argc, argv));
  } catch (const PlaceError& error) {
    return complain(exit_bad_input, error.what());
  } catch (const FileError& error) {
    return complain(exit_failed, error.what());
  } catch (const Error& error) {
    return complain(exit_bad_input, error.what());
  } catch (const std::bad_alloc&) {
    return complain(exit_failed, "not enough memory");
  } catch (const std::exception& error) {
    return complain(exit_failed, std::ferror(stdout) != 0 ? not_printed : error.what());
  }
}

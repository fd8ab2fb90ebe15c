// SPDX-License-Identifier: MIT
// The arguments of the program, one a line. No command runs and no file is opened.
#include "command_line.hpp"
#include "fuzz.hpp"

using namespace gradus;

namespace {

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines(1);
  for (const char c : text) {
    if (c == '\n') {
      lines.emplace_back();
    } else if (c != '\0') {  // which no argument can have
      lines.back() += c;
    }
  }
  return lines;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::vector<std::string> arguments = lines_of(fuzz::as_text({data, size}));
  CLI::App app;
  int exit_code = 0;
  try {
    cli::check_command(arguments);
    cli::add_commands(app, arguments, exit_code);
    // What is always missing is missed when all options have been read and before a command runs.
    app.add_option("--never-given")->required();
    static_cast<void>(cli::parse_arguments(app, arguments));
    fuzz::expect(exit_code == 0);
  } catch (const Error& error) {  // with what was typed in it: main.cpp makes one line of it
    fuzz::expect(error.what()[0] != '\0');
  }
  return 0;
}

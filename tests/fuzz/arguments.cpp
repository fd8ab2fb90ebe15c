// SPDX-License-Identifier: MIT
// The arguments of the program, one a line. No command runs and no file is opened.
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "commands/command_line.hpp"
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

struct Program {
  explicit Program(std::string_view command) : arguments(command) {}

  cli::ProgramArguments arguments;
  int num_inputs = 0;
};

/// The program of one command, made for every hundredth input only: that takes several times as
/// long as to read one. The parser forgets what it has read, but for a list of options that grows.
Program& program_for(std::string_view command) {
  constexpr int max_inputs = 100;
  static std::map<std::string_view, Program> programs;
  const auto old = programs.find(command);
  if (old != programs.end() && old->second.num_inputs == max_inputs) {
    programs.erase(old);
  }
  Program& program = programs.try_emplace(command, command).first->second;
  ++program.num_inputs;
  return program;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::vector<std::string> arguments = lines_of(fuzz::as_text({data, size}));
  try {
    Program& program = program_for(cli::asked_command(arguments));
    fuzz::expect(program.arguments.parse(arguments) != nullptr);  // what to do, which is not done
  } catch (const Error& error) {  // with what was typed in it: main.cpp makes one line of it
    fuzz::expect(error.what()[0] != '\0');
  }
  return 0;
}

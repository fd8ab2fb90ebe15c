// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace gradus::cli {

/// What a command does when its arguments have been read.
/// @returns  the program's exit code
using Action = std::function<int()>;

/// What an option or argument does with its text. It may throw ValueError with a sentence; an
/// option's name is put in front of it.
using Parse = std::function<void(const std::string& text)>;

/// An option that has been added, to say more of it. Lives as long as the program's Arguments.
class Option {
 public:
  explicit Option(CLI::Option& option) : option_(&option) {}

  /// To leave it out is an error.
  Option& required();

  /// The heading that --help shows it under.
  Option& group(const std::string& heading);

  /// Whether it has been typed.
  [[nodiscard]] bool is_given() const;

 private:
  CLI::Option* option_;
};

/// A command of the program, while its options are described. Parsing is CLI11's, which only
/// command.cpp knows: it takes long to compile.
class Command {
 public:
  /// @param chosen  gets the action of the command that is typed
  Command(CLI::App& app, Action& chosen) : app_(&app), chosen_(&chosen) {}

  /// A command of this command: `gradus data list`.
  [[nodiscard]] Command add_command(std::string_view name, std::string_view summary);

  /// One of its commands must be given.
  void require_command();

  /// What --help ends with.
  void footer(const std::string& text);

  /// `--name VALUE`; given twice, the last one counts.
  /// @param default_text  what --help shows as the default
  Option add_option(const std::string& name, const std::string& help,
                    const std::string& default_text, Parse parse);

  /// `--name VALUE`, any number of times: `parse` gets each.
  Option add_repeated_option(const std::string& name, const std::string& help, Parse parse);

  /// `--name`
  void add_flag(const std::string& name, bool& target, const std::string& help);

  /// A word that is not an option.
  Option add_argument(const std::string& name, const std::string& help, Parse parse);
  Option add_argument(const std::string& name, const std::string& help, std::string& target);

  /// One or more of them.
  Option add_arguments(const std::string& name, const std::string& help,
                       std::vector<std::string>& targets);

  /// An argument that is an expression. It may begin with a minus and so look like an option.
  void add_expression(std::string& target);

  /// All arguments that are not the command's own options, whatever they are.
  void add_rest(std::vector<std::string>& target);

  /// What the command does. To be called last.
  void on_run(Action action);

 private:
  CLI::App* app_;
  Action* chosen_;
  std::string* expression_ = nullptr;
  std::vector<std::string>* rest_ = nullptr;
};

/// The arguments of the program: commands are described first, then the arguments are read.
class Arguments {
 public:
  Arguments(const std::string& name, const std::string& description, const std::string& version);
  ~Arguments();
  Arguments(const Arguments&) = delete;
  Arguments& operator=(const Arguments&) = delete;

  /// The program itself, to add commands to.
  [[nodiscard]] Command program() { return {*app_, chosen_}; }

  /// Reads them, without running anything. The action must not outlive this.
  /// @returns  what they ask for: the action of their command, or to print help or the version
  /// @throws ValueError  they are wrong
  [[nodiscard]] Action parse(std::vector<std::string> arguments);

 private:
  std::unique_ptr<CLI::App> app_;
  Action chosen_;
};

}  // namespace gradus::cli

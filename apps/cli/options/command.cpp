// SPDX-License-Identifier: MIT
#include "options/command.hpp"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <sstream>
#include <utility>

#include "gradus/core/error.hpp"
#include "gradus/core/nearest_names.hpp"

namespace gradus::cli {
namespace {

/// CLI11 takes a function of what was typed, and its own errors for complaints.
/// @param name  goes in front of them, unless it is empty
auto complaining(const std::string& name, Parse parse) {
  return [name, parse = std::move(parse)](const std::string& text) {
    try {
      parse(text);
    } catch (const ValueError& error) {
      throw name.empty() ? CLI::ValidationError(error.what())
                         : CLI::ValidationError(name, error.what());
    }
  };
}

/// The command that the arguments got to: `data info` of `gradus data info x`.
const CLI::App& innermost(const CLI::App& app) {
  const std::vector<CLI::App*> commands = app.get_subcommands();
  return commands.empty() ? app : innermost(*commands.front());
}

/// What somebody may have meant who typed an option or a command that is not there.
std::string meant_by(const CLI::App& app, const std::string& typed) {
  const CLI::App& command = innermost(app);
  std::vector<std::string> names;
  for (const CLI::Option* const option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) {
      names.push_back("--" + name);
    }
  }
  for (const CLI::App* const inner : command.get_subcommands({})) {
    names.push_back(inner->get_name());
  }
  const std::vector<std::string_view> views(names.begin(), names.end());
  const std::string nearest = near_names(typed, views);
  return nearest.empty() ? "" : "; did you mean " + nearest + "?";
}

/// What is wrong with the arguments, where CLI11's own words would not help.
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
    const std::string typed =
        option == extras.end() ? extras.front() : option->substr(0, option->find('='));
    return (option == extras.end() ? "unexpected argument " : "unknown option ") + typed +
           meant_by(app, typed);
  }
  return text;
}

/// Finds the expression among what is left over.
/// @throws CLI::ParseError  there is none, or something else that nobody asked for
void take_expression(const CLI::App& command, std::string& expression) {
  const std::vector<std::string> extras = command.remaining();
  for (const std::string& extra : extras) {
    if (extra == "--") {
      continue;  // what is behind it is no option, and has been taken already
    }
    if (!expression.empty() || extra.rfind("--", 0) == 0) {
      throw CLI::ExtrasError(extras);
    }
    expression = extra;
  }
  if (expression.empty()) {
    throw CLI::RequiredError("expression");
  }
}

}  // namespace

Option& Option::required() {
  option_->required();
  return *this;
}

Option& Option::group(const std::string& heading) {
  option_->group(heading);
  return *this;
}

bool Option::is_given() const {
  return option_->count() > 0;
}

Command Command::add_command(std::string_view name, std::string_view summary) {
  return {*app_->add_subcommand(std::string(name), std::string(summary)), *chosen_};
}

void Command::require_command() {
  app_->require_subcommand(1);
}

void Command::footer(const std::string& text) {
  app_->footer(text);
}

Option Command::add_option(const std::string& name, const std::string& help,
                           const std::string& default_text, Parse parse) {
  CLI::Option* const option =
      app_->add_option_function<std::string>(name, complaining(name, std::move(parse)), help);
  option->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  option->type_name("");
  option->default_str(default_text);
  return Option(*option);
}

Option Command::add_repeated_option(const std::string& name, const std::string& help, Parse parse) {
  CLI::Option* const option = app_->add_option_function<std::vector<std::string>>(
      name,
      [parse = complaining(name, std::move(parse))](const std::vector<std::string>& texts) {
        std::for_each(texts.begin(), texts.end(), parse);
      },
      help);
  option->type_name("")->allow_extra_args(false);
  return Option(*option);
}

void Command::add_flag(const std::string& name, bool& target, const std::string& help) {
  app_->add_flag(name, target, help);
}

Option Command::add_argument(const std::string& name, const std::string& help, Parse parse) {
  CLI::Option* const option =
      app_->add_option_function<std::string>(name, complaining({}, std::move(parse)), help);
  option->type_name("");
  return Option(*option);
}

Option Command::add_argument(const std::string& name, const std::string& help,
                             std::string& target) {
  return Option(*app_->add_option(name, target, help)->type_name(""));
}

Option Command::add_arguments(const std::string& name, const std::string& help,
                              std::vector<std::string>& targets) {
  return Option(*app_->add_option(name, targets, help)->type_name(""));
}

void Command::add_expression(std::string& target) {
  app_->add_option("expression", target, "a function: 'x0^2 + x1^2', 'sin(x)/x', 'sum(x^2)'")
      ->type_name("");
  app_->allow_extras();
  expression_ = &target;
}

void Command::add_rest(std::vector<std::string>& target) {
  app_->allow_extras();
  rest_ = &target;
}

void Command::on_run(Action action) {
  app_->callback([app = app_, chosen = chosen_, expression = expression_, rest = rest_,
                  action = std::move(action)] {
    if (expression != nullptr) {
      take_expression(*app, *expression);
    }
    if (rest != nullptr) {
      *rest = app->remaining();
    }
    *chosen = action;
  });
}

Arguments::Arguments(const std::string& name, const std::string& description,
                     const std::string& version)
    : app_(std::make_unique<CLI::App>(description, name)) {
  app_->set_version_flag("--version", version);
}

Arguments::~Arguments() = default;

Action Arguments::parse(std::vector<std::string> arguments) {
  std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them last first
  chosen_ = nullptr;
  try {
    app_->parse(std::move(arguments));
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() != 0) {
      throw ValueError(explain(*app_, error) + " (see --help)");
    }
    std::ostringstream asked_for;
    app_->exit(error, asked_for, asked_for);
    return [text = asked_for.str()] {
      fmt::print("{}", text);
      return 0;
    };
  }
  if (!chosen_) {
    throw StateError("the command has no action");
  }
  return chosen_;
}

}  // namespace gradus::cli

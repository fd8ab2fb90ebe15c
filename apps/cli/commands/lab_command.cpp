// SPDX-License-Identifier: MIT
#include <fmt/core.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <vector>

#include "commands/commands.hpp"
#include "gradus/core/error.hpp"
#include "gradus/lab/experiment.hpp"
#include "gradus/lab/to_json.hpp"
#include "options/language_option.hpp"
#include "options/run_arguments.hpp"
#include "pictures/gnuplot.hpp"
#include "terminal/console.hpp"
#include "terminal/lab_report.hpp"

namespace gradus::cli {
namespace {

struct LabFlags {
  std::string id;
  std::vector<std::string> settings;
  std::string plot;
  std::string language = language_of_locale();
  bool keeps_script = false;
  bool shows_parameters = false;
  bool is_json = false;
};

void check_flags(const LabFlags& flags) {
  const bool has_settings = !flags.settings.empty() || !flags.plot.empty();
  if (flags.id.empty() && (has_settings || flags.shows_parameters)) {
    throw ValueError(
        "lab: --set, --plot and --parameters need an experiment; gradus lab lists them");
  }
  if (flags.keeps_script && flags.plot.empty()) {
    throw ValueError("--keep-script: there is a script only with --plot FILE");
  }
}

void run_lab(const LabFlags& flags) {
  check_flags(flags);
  const Language language = language_of(flags.language);
  if (flags.id.empty()) {
    fmt::print(
        "{}", flags.is_json ? experiments_to_json(language) + "\n" : list_of_experiments(language));
    return;
  }
  const Experiment& experiment = find_experiment(flags.id);
  if (flags.shows_parameters) {
    fmt::print("{}", list_of_parameters(experiment, language));
    return;
  }
  const Settings settings(experiment.id, experiment.parameters, flags.settings);
  if (!flags.plot.empty()) {
    check_picture_name("--plot", flags.plot);
  }
  const Result result = experiment.run(settings);
  if (!flags.plot.empty()) {
    if (result.figures.empty()) {
      throw ValueError(fmt::format("--plot: {} has no picture", experiment.id));
    }
    plot(result.figures, language, experiment.id, flags.plot, flags.keeps_script);
  }
  fmt::print("{}", flags.is_json ? to_json(experiment, settings, result, language) + "\n"
                                 : report(experiment, settings, result, language,
                                          is_terminal(STDOUT_FILENO)));
}

}  // namespace

void set_up_lab(Command& command) {
  auto flags = std::make_shared<LabFlags>();
  command.footer(
      "Examples\n"
      "  gradus lab\n"
      "  gradus lab entropy\n"
      "  gradus lab tangent --parameters\n"
      "  gradus lab tangent --set f=sin(x) --set at=0,pi/2 --plot tangent.png\n"
      "  gradus lab descent --set lr=10 --lang ko");
  command.add_argument("experiment", "which one; without it they are listed", flags->id);
  command.add_repeated_option(
      "--set", "NAME=VALUE, any number of times; a number may be an expression: pi/2",
      [flags](const std::string& text) { flags->settings.push_back(text); });
  command.add_flag("--parameters", flags->shows_parameters,
                   "what can be set in this experiment, and values to try");
  command.add_option("--plot", "draw the pictures to this file: .png, .svg or .pdf", "",
                     [flags](const std::string& text) { flags->plot = text; });
  command.add_flag("--keep-script", flags->keeps_script,
                   "leave gnuplot's script, with the data in it, beside the picture");
  add_language_option(command, flags->language);
  command.add_flag("--json", flags->is_json, "print one line of JSON instead");
  command.on_run([flags] {
    run_lab(*flags);
    return exit_done;
  });
}

}  // namespace gradus::cli

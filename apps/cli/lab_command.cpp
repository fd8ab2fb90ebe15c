// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "commands.hpp"
#include "console.hpp"
#include "gnuplot.hpp"
#include "gradus/core/error.hpp"
#include "gradus/lab/experiment.hpp"
#include "gradus/lab/to_json.hpp"
#include "lab_report.hpp"
#include "language_option.hpp"
#include "option_parsing.hpp"

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
  const Parameters parameters(experiment.id, experiment.parameters, flags.settings);
  if (!flags.plot.empty()) {
    check_picture_name("--plot", flags.plot);
  }
  const Result result = experiment.run(parameters);
  if (!flags.plot.empty()) {
    if (result.figures.empty()) {
      throw ValueError(fmt::format("--plot: {} has no picture", experiment.id));
    }
    plot(result.figures, language, experiment.id, flags.plot, flags.keeps_script);
  }
  fmt::print("{}", flags.is_json ? to_json(experiment, parameters, result, language) + "\n"
                                 : report(experiment, parameters, result, language,
                                          is_terminal(STDOUT_FILENO)));
}

}  // namespace

void set_up_lab(CLI::App& command, int& exit_code) {
  auto flags = std::make_shared<LabFlags>();
  command.footer(
      "Examples\n"
      "  gradus lab\n"
      "  gradus lab entropy\n"
      "  gradus lab tangent --parameters\n"
      "  gradus lab tangent --set f=sin(x) --set at=0,pi/2 --plot tangent.png\n"
      "  gradus lab descent --set lr=10 --lang ko");
  command.add_option("experiment", flags->id, "which one; without it they are listed")
      ->type_name("");
  command
      .add_option("--set", flags->settings,
                  "NAME=VALUE, any number of times; a number may be an expression: pi/2")
      ->type_name("")
      ->expected(1)
      ->take_all();
  command.add_flag("--parameters", flags->shows_parameters,
                   "what can be set in this experiment, and values to try");
  add_option(command, "--plot", "draw the pictures to this file: .png, .svg or .pdf", "",
             [flags](const std::string& text) { flags->plot = text; });
  command.add_flag("--keep-script", flags->keeps_script,
                   "leave gnuplot's script, with the data in it, beside the picture");
  add_language_option(command, flags->language);
  command.add_flag("--json", flags->is_json, "print one line of JSON instead");
  command.callback([flags, &exit_code] {
    run_lab(*flags);
    exit_code = exit_done;
  });
}

}  // namespace gradus::cli

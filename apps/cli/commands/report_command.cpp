// SPDX-License-Identifier: MIT
#include <fmt/core.h>

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "commands/commands.hpp"
#include "gradus/core/error.hpp"
#include "gradus/formats/file.hpp"
#include "gradus/runs/run_record.hpp"
#include "inputs/data_source.hpp"
#include "options/language_option.hpp"
#include "options/new_file.hpp"
#include "pictures/run_report.hpp"
#include "terminal/console.hpp"

namespace gradus::cli {
namespace {

struct ReportFlags {
  std::string run;
  std::string out;  // empty: report.html in the run's folder
  std::string data;
  std::string language = language_of_locale();
};

void make_report(const ReportFlags& flags) {
  const RunRecord run = read_run_record(flags.run);
  const std::string out =
      flags.out.empty() ? (std::filesystem::path(flags.run) / "report.html").string() : flags.out;
  check_new_file("--out", out);
  const RunInside inside = look_inside(run, flags.data);
  if (!inside.problem.empty()) {
    print_error("gradus: the report lacks what the data would show: {}\n", inside.problem);
  }
  const std::string page = run_report(run, inside, language_of(flags.language));
  write_text_file(out, page);
  fmt::print("written   {}\n", out);
}

}  // namespace

void set_up_report(Command& command) {
  auto flags = std::make_shared<ReportFlags>();
  command.footer(
      "Examples\n"
      "  gradus report runs/1\n"
      "  gradus report runs/1 --out monday.html --lang ko");
  command.add_argument("run", "the folder of a training run", flags->run).required();
  command.add_option("--out", "the page, a new file; report.html in the run's folder", "",
                     [flags](const std::string& text) {
                       if (text.empty()) {
                         throw ValueError("expected the name of a file");
                       }
                       flags->out = text;
                     });
  command.add_option("--data", data_help(), "what the run learned from",
                     [flags](const std::string& text) { flags->data = text; });
  add_language_option(command, flags->language);
  command.on_run([flags] {
    make_report(*flags);
    return exit_done;
  });
}

}  // namespace gradus::cli

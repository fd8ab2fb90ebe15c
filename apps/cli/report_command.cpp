// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "commands.hpp"
#include "console.hpp"
#include "data_source.hpp"
#include "gradus/core/error.hpp"
#include "gradus/formats/file.hpp"
#include "language_option.hpp"
#include "new_file.hpp"
#include "option_parsing.hpp"
#include "run_record.hpp"
#include "run_report.hpp"

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
  write_file(out, std::span(reinterpret_cast<const std::uint8_t*>(page.data()), page.size()));
  fmt::print("written   {}\n", out);
}

}  // namespace

void set_up_report(CLI::App& command, int& exit_code) {
  auto flags = std::make_shared<ReportFlags>();
  command.footer(
      "Examples\n"
      "  gradus report runs/1\n"
      "  gradus report runs/1 --out monday.html --lang ko");
  command.add_option("run", flags->run, "the folder of a training run")->required()->type_name("");
  add_option(command, "--out", "the page, a new file; report.html in the run's folder", "",
             [flags](const std::string& text) {
               if (text.empty()) {
                 throw ValueError("expected the name of a file");
               }
               flags->out = text;
             });
  add_option(command, "--data", data_help(), "what the run learned from",
             [flags](const std::string& text) { flags->data = text; });
  add_language_option(command, flags->language);
  command.callback([flags, &exit_code] {
    make_report(*flags);
    exit_code = exit_done;
  });
}

}  // namespace gradus::cli

// SPDX-License-Identifier: MIT
#include <fmt/core.h>

#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "commands/commands.hpp"
#include "gradus/core/error.hpp"
#include "gradus/lab/run_figures.hpp"
#include "gradus/runs/run_record.hpp"
#include "inputs/data_source.hpp"
#include "options/language_option.hpp"
#include "options/new_file.hpp"
#include "pictures/gnuplot.hpp"
#include "terminal/console.hpp"

namespace gradus::cli {
namespace {

struct PlotFlags {
  std::vector<std::string> runs;
  std::string out;
  std::string data;
  std::string language = language_of_locale();
  bool keeps_script = false;
};

/// The weights and the mistakes of one run, as far as its model and data are there.
void add_inside(std::vector<Figure>& figures, const RunRecord& run, const std::string& data) {
  const RunInside inside = look_inside(run, data);
  if (!inside.model) {
    print_error("gradus: {} has no model (yet): only its curves are drawn\n", run.folder);
    return;
  }
  if (auto weights =
          std::visit([](const auto& model) { return weights_figure(model); }, *inside.model)) {
    figures.push_back(*std::move(weights));
  }
  const bool is_of_classes = run.task == Task::classification;
  if (!inside.judgement) {
    print_error("gradus: no {}: {}\n", is_of_classes ? "confusion matrix" : "predictions",
                inside.problem);
  } else if (is_of_classes) {
    figures.push_back(
        confusion_figure(inside.judgement->evaluation, inside.judgement->dataset.class_names));
  } else {
    for (std::size_t k = 0; k < inside.judgement->evaluation.fit.targets.size(); ++k) {
      const std::string name = target_name(*inside.model, k);
      figures.push_back(predictions_figure(inside.judgement->misses, k, name));
      figures.push_back(residuals_figure(inside.judgement->misses, k, name));
    }
  }
}

void run_plot(const PlotFlags& flags) {
  check_picture_name("--out", flags.out);
  check_new_file("--out", flags.out);
  if (!flags.data.empty() && flags.runs.size() > 1) {
    throw ValueError("--data: only one run is judged on data");
  }
  std::vector<RunRecord> records;
  std::vector<RunCurves> curves;
  for (const std::string& folder : flags.runs) {
    records.push_back(read_run_record(folder));
    curves.push_back({folder, records.back().losses, records.back().records, records.back().task});
    if (records.back().task != records.front().task) {
      throw ValueError(
          fmt::format("{} learned classes and {} numbers, or the other way round: they "
                      "cannot be compared",
                      flags.runs.front(), folder));
    }
  }
  std::vector<Figure> figures;
  for (auto figure : {loss_figure(curves), score_figure(curves)}) {
    if (figure) {
      figures.push_back(*std::move(figure));
    }
  }
  if (figures.empty()) {
    throw ValueError(fmt::format("nothing to plot: {} made no iteration yet", flags.runs.front()));
  }
  if (records.size() == 1) {
    add_inside(figures, records.front(), flags.data);
  }
  plot(figures, language_of(flags.language), "run", flags.out, flags.keeps_script);
  fmt::print("written   {}\n", flags.out);
}

}  // namespace

void set_up_plot(Command& command) {
  auto flags = std::make_shared<PlotFlags>();
  command.footer(
      "Examples\n"
      "  gradus plot runs/1 --out run.png\n"
      "  gradus plot runs/1 runs/2 runs/3 --out compared.svg");
  command.add_arguments("runs", "folders of training runs", flags->runs).required();
  command
      .add_option("--out", "the picture: a new file, .png, .svg or .pdf", "",
                  [flags](const std::string& text) { flags->out = text; })
      .required();
  command.add_option("--data", data_help(), "what the run learned from",
                     [flags](const std::string& text) { flags->data = text; });
  add_language_option(command, flags->language);
  command.add_flag("--keep-script", flags->keeps_script,
                   "leave gnuplot's script, with the data in it, beside the picture");
  command.on_run([flags] {
    run_plot(*flags);
    return exit_done;
  });
}

}  // namespace gradus::cli

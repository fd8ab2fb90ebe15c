// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "commands/commands.hpp"
#include "gradus/core/counted.hpp"
#include "gradus/core/error.hpp"
#include "gradus/core/registry.hpp"
#include "gradus/lab/run_figures.hpp"
#include "gradus/runs/run_options.hpp"
#include "gradus/runs/run_record.hpp"
#include "inputs/data_source.hpp"
#include "options/language_option.hpp"
#include "options/new_file.hpp"
#include "pictures/gnuplot.hpp"
#include "terminal/console.hpp"

namespace gradus::cli {
namespace {

/// A figure that can be asked for by its name.
struct FigureEntry {
  std::string_view id;
  std::string_view summary;
};
constexpr std::array<FigureEntry, 8> figure_entries{{
    {"loss", "of each batch"},
    {"score", "accuracy, or R2, while learning"},
    {"weights", "of the first layer, of square pictures"},
    {"confusion", "what is taken for what"},
    {"predictions", "of numbers, over the true ones"},
    {"residuals", "by how much they are missed"},
    {"regions", "which class is answered where, of 2 inputs"},
    {"curve", "the number that is answered, of 1 input"},
}};
constexpr Registry<FigureEntry> figure_names("figure", figure_entries);

struct PlotFlags {
  std::vector<std::string> runs;
  std::string out;
  std::string data;
  std::string only;  // the name of a figure; empty: all there are
  std::string language = language_of_locale();
  bool keeps_script = false;
};

/// The figures of a picture: all, or those of one name.
class Figures {
 public:
  explicit Figures(std::string only) : only_(std::move(only)) {}

  void add(std::string_view name, Figure figure) {
    if (names_.empty() || names_.back() != name) {  // figures of one name follow each other
      names_.push_back(name);
    }
    if (only_.empty() || only_ == name) {
      figures_.push_back(std::move(figure));
    }
  }

  [[nodiscard]] bool are_none() const { return names_.empty(); }

  /// @param problem  why there is no figure of the name asked for
  /// @throws ValueError  there is none
  [[nodiscard]] const std::vector<Figure>& drawn(const std::string& problem) const {
    if (figures_.empty()) {
      throw ValueError(fmt::format("--only: there is no {} to draw{}; there is {}", only_,
                                   problem.empty() ? "" : ": " + problem, fmt::join(names_, ", ")));
    }
    return figures_;
  }

 private:
  std::string only_;
  std::vector<std::string_view> names_;
  std::vector<Figure> figures_;
};

/// Why a model has neither regions nor a curve.
std::string inputs_of(const AnyModel& model) {
  return std::visit(
      [](const auto& typed) {
        return fmt::format("the network takes {} and answers {}",
                           counted(typed.network.layer_sizes.front(), "input"),
                           typed.task() == Task::classification ? "classes" : "numbers");
      },
      model);
}

/// The weights, the mistakes and the plane of one run, as far as its model and data are there.
/// @returns  what is to be said when a figure is not among them
std::string add_inside(Figures& figures, const RunRecord& run, const PlotFlags& flags) {
  const RunInside inside = look_inside(run, flags.data);
  if (!inside.model) {
    if (flags.only.empty()) {
      print_error("gradus: {} has no model (yet): only its curves are drawn\n", run.folder);
    }
    return run.folder + " has no model (yet)";
  }
  if (auto weights =
          std::visit([](const auto& model) { return weights_figure(model); }, *inside.model)) {
    figures.add("weights", *std::move(weights));
  }
  const bool is_of_classes = run.task == Task::classification;
  if (!inside.judgement) {
    if (flags.only.empty()) {
      print_error("gradus: no {}: {}\n", is_of_classes ? "confusion matrix" : "predictions",
                  inside.problem);
    }
    return inside.problem;
  }
  const Judgement& judgement = *inside.judgement;
  if (is_of_classes) {
    figures.add("confusion", confusion_figure(judgement.evaluation, judgement.dataset.class_names));
  } else {
    for (std::size_t k = 0; k < judgement.evaluation.fit.targets.size(); ++k) {
      const std::string name = target_name(*inside.model, k);
      figures.add("predictions", predictions_figure(judgement.misses, k, name));
      figures.add("residuals", residuals_figure(judgement.misses, k, name));
    }
  }
  for (Figure& figure : plane_figures(*inside.model, judgement.dataset)) {
    figures.add(is_of_classes ? "regions" : "curve", std::move(figure));
  }
  return inputs_of(*inside.model);
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
  Figures figures(flags.only);
  if (auto figure = loss_figure(curves)) {
    figures.add("loss", *std::move(figure));
  }
  if (auto figure = score_figure(curves)) {
    figures.add("score", *std::move(figure));
  }
  if (figures.are_none()) {
    throw ValueError(fmt::format("nothing to plot: {} made no iteration yet", flags.runs.front()));
  }
  const std::string problem = records.size() == 1 ? add_inside(figures, records.front(), flags)
                                                  : "of several runs only curves are drawn";
  plot(figures.drawn(problem), language_of(flags.language), "run", flags.out, flags.keeps_script);
  fmt::print("written   {}\n", flags.out);
}

}  // namespace

void set_up_plot(Command& command) {
  auto flags = std::make_shared<PlotFlags>();
  command.footer(
      "Examples\n"
      "  gradus plot runs/1 --out run.png\n"
      "  gradus plot runs/1 --only regions --out regions.png\n"
      "  gradus plot runs/1 runs/2 runs/3 --out compared.svg");
  command.add_arguments("runs", "folders of training runs", flags->runs).required();
  command
      .add_option("--out", "the picture: a new file, .png, .svg or .pdf", "",
                  [flags](const std::string& text) { flags->out = text; })
      .required();
  command.add_option("--data", data_help(), "what the run learned from",
                     [flags](const std::string& text) { flags->data = text; });
  command.add_option(
      "--only", "draw this figure alone" + list_of(figure_names), "all there are",
      [flags](const std::string& text) { flags->only = figure_names.find(text).id; });
  add_language_option(command, flags->language);
  command.add_flag("--keep-script", flags->keeps_script,
                   "leave gnuplot's script, with the data in it, beside the picture");
  command.on_run([flags] {
    run_plot(*flags);
    return exit_done;
  });
}

}  // namespace gradus::cli

// SPDX-License-Identifier: MIT
#include <fmt/core.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "commands/commands.hpp"
#include "gradus/core/counted.hpp"
#include "gradus/data/classes.hpp"
#include "gradus/formats/json.hpp"
#include "gradus/train/data_diagnosis.hpp"
#include "gradus/train/diagnosis.hpp"
#include "gradus/train/evaluate_model.hpp"
#include "gradus/train/metrics.hpp"
#include "gradus/train/miss.hpp"
#include "gradus/train/model.hpp"
#include "inputs/data_source.hpp"
#include "inputs/judged_samples.hpp"
#include "options/run_arguments.hpp"
#include "terminal/fit_lines.hpp"
#include "terminal/text_layout.hpp"
#include "terminal/warnings.hpp"

namespace gradus::cli {
namespace {

struct EvaluateFlags {
  std::string model;
  std::string data;    // empty: what the model was trained on
  GivenOptions given;  // of a table
  std::optional<Part> part;
  bool is_json = false;
};

std::string percent(const std::optional<double>& share) {
  return share ? fmt::format("{:.1f} %", 100 * *share) : "-";
}

/// How wide the names of all classes are, `least` at least.
std::size_t width_of_names(const Evaluation& evaluation, const std::vector<std::string>& names,
                           std::size_t least) {
  std::size_t width = least;
  for (std::size_t c = 0; c < evaluation.confusion.matrix().num_rows(); ++c) {
    width = std::max(width, display_width(class_name(names, c)));
  }
  return width;
}

void print_classes(const Evaluation& evaluation, const std::vector<std::string>& names) {
  const std::size_t width = width_of_names(evaluation, names, 5);
  fmt::print("\n{} {:>10} {:>10}\n", padded_left("class", width), "precision", "recall");
  for (std::size_t c = 0; c < evaluation.confusion.matrix().num_rows(); ++c) {
    fmt::print("{} {:>10} {:>10}\n", padded_left(class_name(names, c), width),
               percent(evaluation.precision(c)), percent(evaluation.recall(c)));
  }
}

void print_confusion(const Evaluation& evaluation, const std::vector<std::string>& names) {
  const auto counts = evaluation.confusion.matrix();
  std::size_t width = width_of_names(evaluation, names, 3);
  for (const std::uint64_t count : evaluation.confusion.elements()) {
    width = std::max(width, std::to_string(count).size());
  }
  const std::size_t first = width_of_names(evaluation, names, 5);
  fmt::print("\nconfusion: row = true class, column = predicted class\n{}", padded_left("", first));
  for (std::size_t c = 0; c < counts.num_cols(); ++c) {
    fmt::print(" {}", padded_left(class_name(names, c), width));
  }
  fmt::print("\n");
  for (std::size_t truth = 0; truth < counts.num_rows(); ++truth) {
    fmt::print("{}", padded_left(class_name(names, truth), first));
    for (const std::uint64_t count : counts.row(truth)) {
      // The zeros would hide the mistakes.
      fmt::print(" {}", padded_left(count == 0 ? "." : std::to_string(count), width));
    }
    fmt::print("\n");
  }
}

void print_json(const Evaluation& evaluation, const std::vector<std::string>& names,
                const Json& warnings) {
  Json json;
  json["accuracy"] = evaluation.accuracy();
  json["accuracy_low"] = evaluation.accuracy_interval().low;
  json["accuracy_high"] = evaluation.accuracy_interval().high;
  json["loss"] = evaluation.loss;
  json["samples"] = evaluation.num_samples();
  if (!names.empty()) {
    json["classes"] = Json::list(names);
  }
  json["precision"] = Json::array();
  json["recall"] = Json::array();
  json["confusion"] = Json::array();
  for (std::size_t c = 0; c < evaluation.confusion.matrix().num_rows(); ++c) {
    json["precision"].push_back(or_null(evaluation.precision(c)));
    json["recall"].push_back(or_null(evaluation.recall(c)));
    const auto row = evaluation.confusion.matrix().row(c);
    json["confusion"].push_back(Json::list(row));
  }
  json["warnings"] = warnings;
  fmt::print("{}\n", json.to_text());
}

/// The worst rows, each with the target that is missed most.
std::vector<Miss> worst_of(const AnyModel& model, const Samples& samples) {
  constexpr std::size_t num_shown = 10;
  std::vector<Miss> misses = std::visit(
      [&](const auto& typed) {
        Regressor regressor(typed);
        return find_misses(regressor, samples);
      },
      model);
  std::vector<Miss> worst;
  for (const Miss& miss : misses) {
    const bool is_known = std::any_of(
        worst.begin(), worst.end(), [&](const Miss& other) { return other.sample == miss.sample; });
    if (worst.size() < num_shown && !is_known) {
      worst.push_back(miss);
    }
  }
  return worst;
}

Json numbers_to_json(const Evaluation& evaluation, const std::vector<Miss>& worst,
                     const Samples& samples, const std::vector<std::string>& names,
                     const Json& warnings) {
  Json json;
  json["r2"] = or_null(evaluation.fit.r2);
  json["r2_error"] = or_null(evaluation.fit.r2_error);
  json["loss"] = evaluation.loss;
  json["samples"] = evaluation.num_samples();
  json["targets"] = targets_to_json(evaluation.fit, names);
  json["worst"] = Json::array();
  for (const Miss& miss : worst) {
    json["worst"].push_back(
        {{samples.are_rows() ? "row" : "sample", samples.number_of(miss.sample)},
         {"target", miss.target},
         {"true", miss.truth},
         {"predicted", miss.answer}});
  }
  json["warnings"] = warnings;
  return json;
}

void print_numbers(const Evaluation& evaluation, const std::vector<Miss>& worst,
                   const Samples& samples, const std::vector<std::string>& names) {
  const std::vector<std::string> lines = fit_lines(evaluation.fit, names);
  for (std::size_t k = 0; k < lines.size(); ++k) {
    fmt::print("error     {}, mean absolute error {:.4g}\n", lines[k],
               evaluation.fit.targets[k].mean_absolute_error);
  }
  if (const std::string note = note_on_errors(evaluation.fit); !note.empty()) {
    fmt::print("          {}\n", note);
  }
  fmt::print("loss      {:.4f}\n", evaluation.loss);
  fmt::print(
      "\nworst {}\n{:>8} {:>12} {:>12} {:>12}{}\n",
      samples.are_rows() ? "rows of the table, its first line is row 1" : "samples, counted from 0",
      samples.are_rows() ? "row" : "sample", "true", "predicted", "difference",
      lines.size() > 1 ? "  target" : "");
  for (const Miss& miss : worst) {
    const std::string target =
        miss.target < names.size() ? names[miss.target] : std::to_string(miss.target);
    fmt::print("{:>8} {:>12.6g} {:>12.6g} {:>12.6g}{}\n", samples.number_of(miss.sample),
               miss.truth, miss.answer, miss.answer - miss.truth,
               lines.size() > 1 ? "  " + target : "");
  }
}

int run_evaluate(EvaluateFlags flags) {
  flags.model = model_path(flags.model);
  const AnyModel model = load_model(flags.model);
  RunOptions options;
  flags.given.read_into(options);
  Team team(default_num_threads());
  const JudgedSamples judged =
      load_judged_samples(flags.model, model, flags.data, options.table, flags.part, team);
  const Evaluation evaluation = evaluate_model(model, judged.samples, team);
  check_finite(evaluation, model, judged.samples, judged.data, judged.kind);
  const std::vector<std::string>& names = class_names_of(model);
  std::vector<Finding> warnings;
  const Standardization& columns = std::visit(
      [](const auto& typed) -> const Standardization& { return typed.scaling.columns; }, model);
  if (auto far = find_far_from_training(judged.samples, columns)) {
    warn(*far, nullptr);
    warnings.push_back(*std::move(far));
  }
  if (auto one_class = find_one_class(evaluation, 0)) {
    one_class->name = names.empty()
                          ? ""
                          : class_name(names, static_cast<std::size_t>(one_class->number("class")));
    warn(*one_class, nullptr);
    warnings.push_back(*std::move(one_class));
  }
  const bool is_of_classes = evaluation.task() == Task::classification;
  const std::vector<Miss> worst =
      is_of_classes ? std::vector<Miss>() : worst_of(model, judged.samples);
  const std::vector<std::string> targets =
      std::visit([](const auto& typed) { return typed.target_names; }, model);
  if (flags.is_json && !is_of_classes) {
    const Json list = warnings_to_json(warnings, nullptr);
    fmt::print("{}\n", numbers_to_json(evaluation, worst, judged.samples, targets, list).to_text());
    return exit_done;
  }
  if (flags.is_json) {
    print_json(evaluation, names, warnings_to_json(warnings, nullptr));
    return exit_done;
  }
  fmt::print("data      {} {} of {}\n", with_commas(evaluation.num_samples()), judged.kind,
             judged.data);
  if (!is_of_classes) {
    print_numbers(evaluation, worst, judged.samples, targets);
    return exit_done;
  }
  fmt::print("accuracy  {:.2f} %  ({} of {})\n          {}\n", 100 * evaluation.accuracy(),
             with_commas(evaluation.num_correct()), with_commas(evaluation.num_samples()),
             interval_text(evaluation));
  fmt::print("loss      {:.4f}\n", evaluation.loss);
  print_classes(evaluation, names);
  print_confusion(evaluation, names);
  return exit_done;
}

}  // namespace

void set_up_evaluate(Command& command) {
  auto flags = std::make_shared<EvaluateFlags>();
  command.footer(
      "Example\n"
      "  gradus evaluate runs/1 --data mnist");
  command.add_argument("model", "a run's folder, or a model.safetensors", flags->model).required();
  command.add_option("--data", data_help(), "what it was trained on",
                     [flags](const std::string& text) { flags->data = text; });
  command.add_option("--part", "which samples; of a table it never saw, all" + list_of(parts()),
                     "test",
                     [flags](const std::string& text) { flags->part = parts().find(text).part; });
  add_table_options(command, flags->given);
  command.add_flag("--json", flags->is_json, "print one line of JSON instead");
  command.on_run([flags] { return run_evaluate(*flags); });
}

}  // namespace gradus::cli

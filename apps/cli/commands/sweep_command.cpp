// SPDX-License-Identifier: MIT
// The same training over a grid of options. Every combination is read by the table of options that
// `gradus train` reads, so whatever can be trained with can be swept over.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "commands/commands.hpp"
#include "gradus/core/error.hpp"
#include "gradus/core/numbers_below.hpp"
#include "gradus/formats/json.hpp"
#include "gradus/runs/given_options.hpp"
#include "gradus/runs/option_values.hpp"
#include "gradus/texts/reading_text.hpp"
#include "gradus/train/data_diagnosis.hpp"
#include "gradus/train/trainer.hpp"
#include "inputs/data_source.hpp"
#include "options/config_file.hpp"
#include "terminal/console.hpp"
#include "terminal/warnings.hpp"

namespace gradus::cli {
namespace {

constexpr std::size_t max_runs = 10000;      // a longer sweep is a typing mistake
constexpr std::size_t validation_share = 6;  // of the training images, when none are asked for

/// One option of the sweep and the values it takes.
struct Axis {
  std::string option;
  std::vector<std::string> values;
  std::string source = {};  // the file it is from; empty: it was typed
};

struct Outcome {
  std::vector<std::string> values;  // one for each axis with several
  StopReason stop_reason;
  Evaluation validation;
  double seconds;
  std::vector<Finding> findings;
};

/// Options that say what is compared; they hold for the whole sweep.
bool must_be_single(std::string_view option) {
  const std::string_view id = option.starts_with("--") ? option.substr(2) : option;
  const RunOption* const found = find_run_option(id);
  return option == "--data" || option == "--config" ||
         (found != nullptr && found->group == OptionGroup::table);
}

/// Adds the values of an option to the axes. Sizes of layers have commas of their own: several of
/// those are given as several --layers.
void add_values(std::vector<Axis>& axes, const std::string& option, const std::string& text) {
  const bool is_split = option != "--layers" && !must_be_single(option);
  std::vector<std::string> values = is_split ? split(text, ',') : std::vector<std::string>{text};
  const auto same = std::find_if(axes.begin(), axes.end(),
                                 [&](const Axis& axis) { return axis.option == option; });
  if (same == axes.end()) {
    axes.push_back({option, std::move(values)});
  } else if (option == "--layers") {
    same->values.push_back(text);
  } else {
    same->values = std::move(values);  // given twice, the last one counts
  }
}

/// Reads "--lr 0.1,0.01 --batch=50" into axes.
std::vector<Axis> read_axes(const std::vector<std::string>& arguments) {
  std::vector<Axis> axes;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    std::string option = arguments[i];
    std::string text;
    const std::size_t equals = option.find('=');
    if (option.rfind("--", 0) != 0) {
      throw ValueError(
          fmt::format("sweep: got \"{}\", expected an option such as --lr 0.1,0.01", option));
    }
    if (equals != std::string::npos) {
      text = option.substr(equals + 1);
      option.resize(equals);
    } else if (i + 1 < arguments.size()) {
      text = arguments[++i];
    } else {
      throw ValueError(fmt::format("sweep: {} has no value", option));
    }
    const RunOption* const known = find_run_option(option.substr(2));
    if (option != "--config" && (known == nullptr || "--" + std::string(known->id) != option)) {
      throw ValueError("sweep: unknown option " + option);
    }
    add_values(axes, option, text);
  }
  return axes;
}

/// Puts the options of a --config file before those that were typed, which win.
std::vector<Axis> with_config(std::vector<Axis> typed) {
  const auto config = std::find_if(typed.begin(), typed.end(),
                                   [](const Axis& axis) { return axis.option == "--config"; });
  if (config == typed.end()) {
    return typed;
  }
  const std::string path = config->values.back();
  typed.erase(config);
  std::vector<Axis> axes;
  for (const auto& [name, text] : read_config(path)) {
    const RunOption* const option = find_run_option(name);
    if (option == nullptr) {
      throw DataError(path, std::nullopt, unknown_option(name));
    }
    add_values(axes, "--" + std::string(option->id), text);
  }
  for (Axis& axis : axes) {
    axis.source = path;
  }
  std::erase_if(axes, [&](const Axis& axis) {
    return std::any_of(typed.begin(), typed.end(), [&](const Axis& other) {
      return other.option == axis.option ||
             (other.option == "--epochs" && axis.option == "--iterations") ||
             (other.option == "--iterations" && axis.option == "--epochs");
    });
  });
  axes.insert(axes.end(), typed.begin(), typed.end());
  return axes;
}

/// Every combination of one value from each axis; the last axis changes fastest.
std::vector<std::vector<std::string>> combinations(const std::vector<Axis>& axes) {
  std::vector<std::vector<std::string>> all(1);
  for (const Axis& axis : axes) {
    if (axis.values.size() > max_runs / all.size()) {
      throw ValueError(fmt::format("sweep: more than {} combinations", max_runs));
    }
    std::vector<std::vector<std::string>> longer;
    for (const auto& combination : all) {
      for (const std::string& value : axis.values) {
        longer.push_back(combination);
        longer.back().push_back(value);
      }
    }
    all = std::move(longer);
  }
  return all;
}

RunOptions read_options(const std::vector<Axis>& axes, const std::vector<std::string>& values) {
  constexpr std::string_view hint = " (see --help)";
  GivenOptions given;
  for (std::size_t i = 0; i < axes.size(); ++i) {
    const std::string name = axes[i].option.substr(2);
    try {
      given.add(name, values[i], axes[i].source);
    } catch (const ValueError& error) {
      throw ValueError(fmt::format("{}: {}{}", axes[i].option, error.what(), hint));
    }
  }
  RunOptions options;
  try {
    given.read_into(options);
  } catch (const ValueError& error) {
    throw ValueError(fmt::format("{}{}", error.what(), hint));
  }
  fit_precision(options);
  return options;
}

template <Real T>
Outcome train_once(const RunOptions& options, const Dataset& dataset, Team& team) {
  Trainer<T> trainer(dataset, options.training, team);
  const TrainingResult result = trainer.run({.should_stop = was_interrupted});
  return {{},
          result.stop_reason,
          result.validation.value_or(Evaluation{}),
          result.seconds,
          result.findings};
}

/// Fills in what depends on the data, and checks that the two fit together.
void complete(RunOptions& options, const Dataset& dataset) {
  if (options.training.num_validation == 0) {
    options.training.num_validation =
        std::max<std::size_t>(1, dataset.train.num_samples() / validation_share);
  }
  if (options.training.early_stop == 0) {
    options.training.evaluate_every = 0;
  }
  fit_layers(options, dataset);
  fit_batch(options, dataset);
  fit_method(options, dataset);
  check_training(options.training, dataset);
}

Outcome run_one(const RunOptions& options, const Dataset& dataset) {
  Team team(options.num_threads);
  return options.precision == "double" ? train_once<double>(options, dataset, team)
                                       : train_once<float>(options, dataset, team);
}

/// The sweep's table, one line at a time while it is made.
class Table {
 public:
  Table(const std::vector<Axis>& axes, Task task) : task_(task) {
    for (const Axis& axis : axes) {
      if (axis.values.size() > 1) {
        std::size_t width = axis.option.size();
        for (const std::string& value : axis.values) {
          width = std::max(width, value.size());
        }
        columns_.push_back({axis.option, width});
      }
    }
  }

  void print_heading() const {
    for (const Column& column : columns_) {
      fmt::print("{:<{}}  ", column.name, column.width);
    }
    const bool is_of_classes = task_ == Task::classification;
    fmt::print("{:>19}  {:>15}  {:>8}\n", is_of_classes ? "validation accuracy" : "validation R2",
               "validation loss", "time");
  }

  void print_row(const Outcome& outcome) const {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      fmt::print("{:<{}}  ", outcome.values[i], columns_[i].width);
    }
    if (outcome.stop_reason == StopReason::diverged) {
      fmt::print("{:>19}", "diverged");
    } else {
      const double score = outcome.validation.score();
      fmt::print("{:>19}  {:>15.4f}  {:>8}",
                 task_ == Task::classification ? fmt::format("{:.2f} %", 100 * score)
                                               : fmt::format("{:.4f}", score),
                 outcome.validation.loss, duration_text(outcome.seconds));
    }
    for (const Finding& finding : outcome.findings) {
      fmt::print("  [{}]", finding.id);
    }
    fmt::print("\n");
  }

  [[nodiscard]] Json to_json(const Outcome& outcome, const TrainingOptions& options) const {
    Json json;
    json["options"] = Json::object();
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      json["options"][columns_[i].name.substr(2)] = outcome.values[i];
    }
    const bool has_diverged = outcome.stop_reason == StopReason::diverged;
    json["stop_reason"] = to_string(outcome.stop_reason);
    json[task_ == Task::classification ? "validation_accuracy" : "validation_r2"] =
        has_diverged ? Json() : Json(outcome.validation.score());
    json["validation_loss"] = has_diverged ? Json() : Json(outcome.validation.loss);
    json["seconds"] = outcome.seconds;
    json["warnings"] = warnings_to_json(outcome.findings, &options);
    return json;
  }

 private:
  struct Column {
    std::string name;
    std::size_t width;
  };
  Task task_;
  std::vector<Column> columns_;
};

/// The higher score first, then the lower loss; what diverged comes last, and before it what has no
/// R2.
bool is_better(const Outcome& a, const Outcome& b) {
  const bool a_diverged = a.stop_reason == StopReason::diverged;
  const bool b_diverged = b.stop_reason == StopReason::diverged;
  if (a_diverged != b_diverged) {
    return b_diverged;
  }
  const auto or_lowest = [](double score) { return std::isnan(score) ? -HUGE_VAL : score; };
  const double a_score = or_lowest(a.validation.score());
  const double b_score = or_lowest(b.validation.score());
  return a_score != b_score ? a_score > b_score : a.validation.loss < b.validation.loss;
}

/// The options of one combination as they would be typed.
std::string as_typed(const std::vector<Axis>& axes, const std::vector<std::string>& combination) {
  std::string text;
  for (std::size_t i = 0; i < axes.size(); ++i) {
    text += fmt::format(" {} {}", axes[i].option, shell_word(combination[i]));
  }
  return text;
}

std::vector<std::string> values_of_many(const std::vector<Axis>& axes,
                                        const std::vector<std::string>& combination) {
  std::vector<std::string> values;
  for (std::size_t i = 0; i < axes.size(); ++i) {
    if (axes[i].values.size() > 1) {
      values.push_back(combination[i]);
    }
  }
  return values;
}

/// Whether no run of the sweep gets its inputs as they are.
bool are_all_standardized(const std::vector<RunOptions>& runs, const Dataset& dataset) {
  const bool by_default =
      should_standardize(dataset, numbers_below<std::uint32_t>(dataset.train.num_samples()));
  return std::all_of(runs.begin(), runs.end(), [by_default](const RunOptions& run) {
    return run.training.standardize.value_or(by_default);
  });
}

int run_sweep(const std::vector<std::string>& arguments, bool is_json) {
  const std::vector<Axis> axes = with_config(read_axes(arguments));
  std::vector<RunOptions> runs;
  const auto all = combinations(axes);
  for (const auto& combination : all) {
    runs.push_back(read_options(axes, combination));
  }
  Team team(default_num_threads());
  const Dataset dataset = load_dataset(runs.front().data, runs.front().table, team);
  for (RunOptions& run : runs) {
    complete(run, dataset);  // so every mistake is found before the first run
  }
  for (const Finding& finding : diagnose_data(dataset, are_all_standardized(runs, dataset))) {
    warn(finding, nullptr);
  }
  const Table table(axes, dataset.task());
  if (!is_json) {
    fmt::print("{}\n", describe(dataset));
    for (const ReadingNote& note : reading_notes(Language::english, dataset)) {
      fmt::print("{}: {}\n", note.about, note.sentence);
    }
    fmt::print("{} runs, each scored on training images held out for validation\n\n", runs.size());
    table.print_heading();
  }
  catch_interrupt();
  std::vector<Outcome> outcomes;
  bool was_cut = false;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    Outcome outcome = run_one(runs[i], dataset);
    if (outcome.stop_reason == StopReason::interrupted) {
      was_cut = true;
      break;
    }
    outcome.values = values_of_many(axes, all[i]);
    outcomes.push_back(std::move(outcome));
    if (is_json) {
      fmt::print("{}\n", table.to_json(outcomes.back(), runs[i].training).to_text());
    } else {
      table.print_row(outcomes.back());
    }
    std::fflush(stdout);
  }
  if (outcomes.empty()) {
    return exit_interrupted;
  }
  const auto best = std::min_element(outcomes.begin(), outcomes.end(), is_better);
  if (best->stop_reason == StopReason::diverged) {
    print_error("gradus: every run of the sweep diverged; try smaller learning rates\n");
    return exit_failed;
  }
  const auto index = static_cast<std::size_t>(best - outcomes.begin());
  if (!is_json) {
    fmt::print("\nbest{}: gradus train{}\n", was_cut ? " so far" : "", as_typed(axes, all[index]));
  }
  for (const Finding& finding : best->findings) {  // those of the others are named in their rows
    warn(finding, &runs[index].training);
  }
  return was_cut ? exit_interrupted : exit_done;
}

}  // namespace

void set_up_sweep(Command& command) {
  auto is_json = std::make_shared<bool>(false);
  command.footer(
      "Takes every option of gradus train that says how to train. Several values have commas\n"
      "between them; several sizes of layers are several --layers.\n\n"
      "Examples\n"
      "  gradus sweep --lr 0.001,0.01,0.1 --iterations 2000\n"
      "  gradus sweep --layers 784,50,10 --layers 784,100,10 --lr 0.1,0.5");
  auto arguments = std::make_shared<std::vector<std::string>>();
  command.add_rest(*arguments);
  command.add_flag("--json", *is_json, "print each run as one line of JSON");
  command.on_run([arguments, is_json] { return run_sweep(*arguments, *is_json); });
}

}  // namespace gradus::cli

// SPDX-License-Identifier: MIT
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "gradus/core/error.hpp"
#include "gradus/nn/activations.hpp"
#include "gradus/optim/optimizer.hpp"
#include "gradus/runs/option_values.hpp"
#include "gradus/runs/run_options.hpp"

namespace gradus {
namespace {

using Text = std::string;
using Options = RunOptions;

struct Choice {
  std::string_view id;
  std::string_view summary;
};

constexpr std::array<Choice, 2> precision_choices{
    {{"float", "32 bits: fast, and enough to train"}, {"double", "64 bits"}}};
constexpr Registry<Choice> precisions("precision", precision_choices);

constexpr std::array<Choice, 3> first_layer_choices{{{"auto", "chosen from how many pixels are 0"},
                                                     {"dense", "every input is multiplied"},
                                                     {"sparse", "inputs that are 0 are left out"}}};
constexpr Registry<Choice> first_layers("form of the first layer", first_layer_choices);

constexpr std::array<Choice, 3> missing_choices{
    {{"refuse", "an error that names the cell"},
     {"drop", "such rows are left out"},
     {"mean", "the column's mean among the training rows; of words the most frequent one"}}};
constexpr Registry<Choice> missing_cells("treatment of missing cells", missing_choices);
constexpr std::array<Choice, 3> standardize_choices{
    {{"auto", "on for a table whose columns are large, or of very different sizes"},
     {"on", "minus the mean of the training rows, divided by their deviation"},
     {"off", "pixels are divided by 255, numbers are taken as they are"}}};
constexpr Registry<Choice> standardizations("way to standardize", standardize_choices);

constexpr std::uint64_t max_threads = 256;

/// The id of the entry that `is_meant` says is meant.
template <class Registry, class IsMeant>
Text id_where(const Registry& registry, const IsMeant& is_meant) {
  return Text(std::find_if(registry.begin(), registry.end(), is_meant)->id);
}

void set_data(Options& options, const Text& text) {
  if (text.empty()) {
    throw ValueError("got \"\", expected a data set, a folder or a file");
  }
  options.data = text;
}

/// Names of columns between commas.
std::vector<Text> parse_columns(const Text& text) {
  std::vector<Text> columns = split(text, ',');
  if (std::any_of(columns.begin(), columns.end(), [](const Text& name) { return name.empty(); })) {
    throw ValueError(
        fmt::format("got \"{}\", expected names or numbers of columns with commas between", text));
  }
  return columns;
}

Text columns_text(const std::vector<Text>& columns) {
  Text list;
  for (const Text& column : columns) {
    list += (list.empty() ? "" : ",") + column;
  }
  return list;
}

void set_label(Options& options, const Text& text) {
  if (text.empty()) {
    throw ValueError("got \"\", expected the name or number of a column");
  }
  options.table.label = text;
}

void set_missing(Options& options, const Text& text) {
  const std::string_view id = missing_cells.find(text).id;
  options.table.missing = id == "drop"   ? MissingCells::drop
                          : id == "mean" ? MissingCells::fill
                                         : MissingCells::refuse;
}

Text missing_text(const Options& options) {
  const MissingCells missing = options.table.missing;
  return missing == MissingCells::drop ? "drop" : missing == MissingCells::fill ? "mean" : "refuse";
}

void set_layers(Options& options, const Text& text) {
  options.training.network.layer_sizes = parse_layers(text);
  options.has_layers = true;
}

Text layers_text(const Options& options) {
  Text list;
  for (const std::size_t size : options.training.network.layer_sizes) {
    list += fmt::format("{}{}", list.empty() ? "" : ",", size);
  }
  return list;
}

/// Which task a loss is for is known with the data.
void set_loss(Options& options, const Text& text) {
  for (const Task task : {Task::classification, Task::regression}) {
    for (const LossEntry<float>& entry : losses<float>(task)) {
      if (entry.id == text) {
        options.training.loss = text;
        return;
      }
    }
  }
  throw ValueError(fmt::format("unknown loss \"{}\"; there are {} for classes, and {} for numbers",
                               text, losses<float>(Task::classification).ids(", "),
                               losses<float>(Task::regression).ids(", ")));
}

Text loss_choices() {
  return "; for classes:" + list_of(losses<float>(Task::classification)) +
         "\nfor numbers:" + list_of(losses<float>(Task::regression));
}

void set_initializer(Options& options, const Text& text) {
  InitializerOptions& initializer = options.training.initializer;
  const NameWithNumbers parsed = parse_name_with_numbers(text, 1);
  initializer.id = initializers().find(parsed.name).id;
  options.has_initializer = true;
  if (!parsed.numbers.empty()) {
    if (initializer.id != "normal") {
      throw ValueError(fmt::format("{} works out its standard deviation itself", initializer.id));
    }
    initializer.standard_deviation = parsed.numbers[0];
  }
}

Text initializer_text(const Options& options) {
  const InitializerOptions& initializer = options.training.initializer;
  return initializer.id == "normal" ? fmt::format("normal:{}", initializer.standard_deviation)
                                    : initializer.id;
}

void set_momentum(Options& options, const Text& text) {
  options.training.optimizer.momentum = parse_number(text, Zero::allowed);
  if (options.training.optimizer.momentum >= 1) {
    throw ValueError(fmt::format("got \"{}\", expected a number below 1", text));
  }
}

void set_schedule(Options& options, const Text& text) {
  ScheduleOptions& schedule = options.training.schedule;
  schedule.id = schedules().find(text.substr(0, text.find(':'))).id;
  const bool is_step = schedule.id == "step";
  const std::size_t max_numbers = schedule.id == "constant" ? 0 : is_step ? 2 : 1;
  const std::vector<double> numbers = parse_name_with_numbers(text, max_numbers).numbers;
  if (is_step && !numbers.empty()) {
    schedule.step_every = parse_count(fmt::format("{}", numbers[0]), 1);
    schedule.step_factor = numbers.size() > 1 ? numbers[1] : schedule.step_factor;
  } else if (!numbers.empty()) {
    schedule.final_factor = numbers[0];
  }
  check_schedule(schedule);
}

Text schedule_text(const Options& options) {
  const ScheduleOptions& schedule = options.training.schedule;
  if (schedule.id == "constant" || (schedule.id == "step" && schedule.step_every == 0)) {
    return schedule.id;
  }
  return schedule.id == "step"
             ? fmt::format("step:{}:{}", schedule.step_every, schedule.step_factor)
             : fmt::format("{}:{}", schedule.id, schedule.final_factor);
}

void set_early_stop(Options& options, const Text& text) {
  options.training.early_stop = text == "off" ? 0 : parse_count(text, 1);
}

Text early_stop_text(const Options& options) {
  return options.training.early_stop == 0 ? "off" : fmt::format("{}", options.training.early_stop);
}

void set_evaluate_every(Options& options, const Text& text) {
  std::optional<std::uint64_t>& every = options.training.evaluate_every;
  if (text == "auto") {
    every.reset();
  } else if (text == "epoch") {
    every = TrainingOptions::every_epoch;
  } else if (text == "never") {
    every = 0;
  } else if (text.find_first_not_of("0123456789") != Text::npos) {
    throw ValueError(
        fmt::format("got \"{}\", expected a number of iterations, auto, epoch or never", text));
  } else {
    every = parse_count(text, 1);
  }
}

Text evaluate_every_text(const Options& options) {
  const std::optional<std::uint64_t>& every = options.training.evaluate_every;
  return !every                                   ? "auto"
         : *every == TrainingOptions::every_epoch ? "epoch"
         : *every == 0                            ? "never"
                                                  : fmt::format("{}", *every);
}

void set_first_layer(Options& options, const Text& text) {
  const std::string_view id = first_layers.find(text).id;
  options.training.first_layer.reset();
  if (id != "auto") {
    options.training.first_layer = id == "dense" ? InputForm::dense : InputForm::sparse;
  }
}

void set_standardize(Options& options, const Text& text) {
  const std::string_view id = standardizations.find(text).id;
  options.training.standardize.reset();
  if (id != "auto") {
    options.training.standardize = id == "on";
  }
}

Text standardize_text(const Options& options) {
  const std::optional<bool>& standardize = options.training.standardize;
  return !standardize ? "auto" : *standardize ? "on" : "off";
}

Text first_layer_text(const Options& options) {
  const std::optional<InputForm>& form = options.training.first_layer;
  return !form ? "auto" : *form == InputForm::dense ? "dense" : "sparse";
}

using enum OptionGroup;
using enum OptionKind;

const std::array<RunOption, 28> entries{{
    {"data", general, text, "what to learn from: a data set, a folder, or a file", set_data,
     [](const Options& o) { return o.data; }},
    {"label", table, text, "column with the class, by name or number (from 1)", set_label,
     [](const Options& o) { return o.table.label; }},
    {"target", table, text, "columns with numbers to learn instead of a class: price,rent",
     [](Options& o, const Text& t) { o.table.targets = parse_columns(t); },
     [](const Options& o) { return columns_text(o.table.targets); }},
    {"ignore", table, text, "columns to leave out, such as row numbers and names",
     [](Options& o, const Text& t) { o.table.ignored = parse_columns(t); },
     [](const Options& o) { return columns_text(o.table.ignored); }},
    {"missing", table, text, "what becomes of empty cells, ?, NA and the like", set_missing,
     missing_text, [] { return list_of(missing_cells); }},
    {"layers", network, sizes, "sizes of the layers; the default's ends become what the data need",
     set_layers, layers_text},
    {"activation", network, text, "after each layer but the last; relu for one or two inputs",
     [](Options& o, const Text& t) {
       o.training.network.activation = activations<float>().find(t).id;
       o.has_activation = true;
     },
     [](const Options& o) { return o.training.network.activation; },
     [] { return list_of(activations<float>()); }},
    {"init", network, text,
     "first weights; normal takes a deviation; xavier for tables, he with relu", set_initializer,
     initializer_text, [] { return list_of(initializers()); }},
    {"loss", network, text, "what is made small", set_loss,
     [](const Options& o) { return o.training.loss; }, loss_choices},
    {"standardize", network, text, "bring each input to mean 0 and deviation 1 first",
     set_standardize, standardize_text, [] { return list_of(standardizations); }},
    {"optimizer", learning, text, "how a gradient becomes a step; adam for one or two inputs",
     [](Options& o, const Text& t) {
       o.training.optimizer.id = optimizers<float>().find(t).id;
       o.has_optimizer = true;
     },
     [](const Options& o) { return o.training.optimizer.id; },
     [] { return list_of(optimizers<float>()); }},
    {"momentum", learning, real, "of momentum and nesterov, below 1", set_momentum,
     [](const Options& o) { return fmt::format("{}", o.training.optimizer.momentum); }},
    {"lr", learning, real, "learning rate; 0.003 for one or two inputs, 0.01 for numbers",
     [](Options& o, const Text& t) {
       o.training.schedule.learning_rate = parse_number(t, Zero::refused);
       o.has_rate = true;
     },
     [](const Options& o) { return fmt::format("{}", o.training.schedule.learning_rate); }},
    {"schedule", learning, text,
     "of the learning rate: constant, step:EVERY:FACTOR, exponential:FINAL, cosine:FINAL",
     set_schedule, schedule_text, [] { return list_of(schedules()); }},
    {"warmup", learning, count, "iterations in which the learning rate rises to its full size",
     [](Options& o, const Text& t) { o.training.schedule.warmup = parse_count(t, 0); },
     [](const Options& o) { return fmt::format("{}", o.training.schedule.warmup); }},
    {"weight-decay", learning, real, "weights shrink by this times the learning rate",
     [](Options& o, const Text& t) { o.training.weight_decay = parse_number(t, Zero::allowed); },
     [](const Options& o) { return fmt::format("{}", o.training.weight_decay); }},
    {"gradient", learning, text, "where the gradient comes from",
     [](Options& o, const Text& t) { o.training.gradient = gradient_methods().find(t).method; },
     [](const Options& o) {
       return id_where(gradient_methods(), [&o](const GradientEntry& entry) {
         return entry.method == o.training.gradient;
       });
     },
     [] { return list_of(gradient_methods()); }},
    {"batch", course, count, "samples in a mini-batch; at most all there are",
     [](Options& o, const Text& t) {
       o.training.batch_size = parse_count(t, 1);
       o.has_batch = true;
     },
     [](const Options& o) { return fmt::format("{}", o.training.batch_size); }},
    {"iterations", course, count, "number of updates; 5000 for tables",
     [](Options& o, const Text& t) {
       o.training.num_iterations = parse_count(t, 1);
       o.has_length = true;
     },
     [](const Options& o) { return fmt::format("{}", o.training.num_iterations); }},
    {"epochs", course, count, "instead of --iterations: times through the training samples",
     [](Options& o, const Text& t) {
       o.training.num_epochs = parse_count(t, 1);
       o.has_length = true;
     },
     [](const Options& o) {
       return o.training.num_epochs ? fmt::format("{}", *o.training.num_epochs) : Text();
     }},
    {"sampling", course, text, "how a batch is drawn",
     [](Options& o, const Text& t) { o.training.sampling = samplings().find(t).sampling; },
     [](const Options& o) {
       return id_where(samplings(), [&o](const SamplingEntry& entry) {
         return entry.sampling == o.training.sampling;
       });
     },
     [] { return list_of(samplings()); }},
    {"validation", course, count, "training samples held out, for --early-stop and for comparing",
     [](Options& o, const Text& t) { o.training.num_validation = parse_count(t, 0); },
     [](const Options& o) { return fmt::format("{}", o.training.num_validation); }},
    {"early-stop", course, count_or_off,
     "stop after so many evaluations without a lower validation loss; keep the best",
     set_early_stop, early_stop_text},
    {"eval-every", course, text,
     "iterations between evaluations, or epoch, or never; auto: epochs, at most 50 evaluations",
     set_evaluate_every, evaluate_every_text},
    {"precision", general, text, "numbers to compute with; a numerical gradient needs double",
     [](Options& o, const Text& t) {
       o.precision = precisions.find(t).id;
       o.has_precision = true;
     },
     [](const Options& o) { return o.precision; }, [] { return list_of(precisions); }},
    {"first-layer", general, text, "another speed; the result is the same but for its last bits",
     set_first_layer, first_layer_text, [] { return list_of(first_layers); }},
    {"seed", general, count, "of everything random",
     [](Options& o, const Text& t) { o.training.seed = parse_count(t, 0); },
     [](const Options& o) { return fmt::format("{}", o.training.seed); }},
    {"threads", general, count, "never changes the result, only the speed",
     [](Options& o, const Text& t) { o.num_threads = std::min(parse_count(t, 1), max_threads); },
     [](const Options& o) { return fmt::format("{}", o.num_threads); }},
}};

}  // namespace

const Registry<RunOption>& run_options() {
  static const Registry<RunOption> registry("option", entries);
  return registry;
}

}  // namespace gradus

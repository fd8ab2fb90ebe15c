// SPDX-License-Identifier: MIT
#include "training_flags.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>

#include "console.hpp"
#include "data_source.hpp"
#include "gradus/core/registry.hpp"
#include "gradus/nn/activations.hpp"
#include "option_parsing.hpp"

namespace gradus::cli {
namespace {

// Headings of --help.
constexpr const char* network_group = "Network";
constexpr const char* learning_group = "Learning";
constexpr const char* course_group = "Course of the training";

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

std::string to_string(InputForm form) {
  return form == InputForm::dense ? "dense" : "sparse";
}

void set_initializer(InitializerOptions& options, const std::string& text) {
  const NameWithNumbers parsed = parse_name_with_numbers(text, 1);
  options.id = initializers().find(parsed.name).id;
  if (!parsed.numbers.empty()) {
    if (options.id != "normal") {
      throw ValueError(fmt::format("{} works out its standard deviation itself", options.id));
    }
    options.standard_deviation = parsed.numbers[0];
  }
}

void set_schedule(ScheduleOptions& options, const std::string& text) {
  options.id = schedules().find(text.substr(0, text.find(':'))).id;
  const bool is_step = options.id == "step";
  const std::size_t max_numbers = options.id == "constant" ? 0 : is_step ? 2 : 1;
  const std::vector<double> numbers = parse_name_with_numbers(text, max_numbers).numbers;
  if (is_step && !numbers.empty()) {
    options.step_every = parse_count(fmt::format("{}", numbers[0]), 1);
    options.step_factor = numbers.size() > 1 ? numbers[1] : options.step_factor;
  } else if (!numbers.empty()) {
    options.final_factor = numbers[0];
  }
  check_schedule(options);
}

void set_evaluate_every(std::optional<std::uint64_t>& target, const std::string& text) {
  if (text == "epoch") {
    target.reset();
  } else if (text == "never") {
    target = 0;
  } else if (text.find_first_not_of("0123456789") != std::string::npos) {
    throw ValueError(
        fmt::format("got \"{}\", expected a number of iterations, epoch or never", text));
  } else {
    target = parse_count(text, 1);
  }
}

// And back: what was set, as it would be typed.

std::string initializer_text(const InitializerOptions& options) {
  return options.id == "normal" ? fmt::format("normal:{}", options.standard_deviation) : options.id;
}

std::string schedule_text(const ScheduleOptions& options) {
  if (options.id == "constant" || (options.id == "step" && options.step_every == 0)) {
    return options.id;
  }
  return options.id == "step" ? fmt::format("step:{}:{}", options.step_every, options.step_factor)
                              : fmt::format("{}:{}", options.id, options.final_factor);
}

std::string_view id_of(GradientMethod method) {
  return std::find_if(gradient_methods().begin(), gradient_methods().end(),
                      [method](const GradientEntry& entry) { return entry.method == method; })
      ->id;
}

std::string evaluate_every_text(const std::optional<std::uint64_t>& every) {
  return !every ? "epoch" : *every == 0 ? "never" : fmt::format("{}", *every);
}

std::string_view id_of(Sampling sampling) {
  return std::find_if(samplings().begin(), samplings().end(),
                      [sampling](const SamplingEntry& entry) { return entry.sampling == sampling; })
      ->id;
}

/// "--lr=0.1" is "--lr".
std::string name_of(const std::string& argument) {
  return argument.substr(0, argument.find('='));
}

/// Whether an option of a file gives way to one that was typed: the same one, or the other way to
/// say how long to train.
bool is_replaced(const std::string& name, const std::vector<std::string>& typed) {
  return std::any_of(typed.begin(), typed.end(), [&](const std::string& argument) {
    const std::string other = name_of(argument);
    return other == name || (name == "--iterations" && other == "--epochs") ||
           (name == "--epochs" && other == "--iterations");
  });
}

void add_optimizer_options(CLI::App& app, TrainingOptions& options) {
  add_choice(app, "--optimizer", "how a gradient becomes a step", options.optimizer.id,
             optimizers<float>())
      ->group(learning_group);
  add_option(app, "--momentum", "of momentum and nesterov, below 1", "0.9",
             [&options](const std::string& text) {
               options.optimizer.momentum = parse_number(text, Zero::allowed);
               if (options.optimizer.momentum >= 1) {
                 throw ValueError(fmt::format("got \"{}\", expected a number below 1", text));
               }
             })
      ->group(learning_group);
  add_option(app, "--gradient",
             std::string("where the gradient comes from") + list_of(gradient_methods()), "backprop",
             [&options](const std::string& text) {
               options.gradient = gradient_methods().find(text).method;
             })
      ->group(learning_group);
  add_option(app, "--lr", "learning rate", "0.1", [&options](const std::string& text) {
    options.schedule.learning_rate = parse_number(text, Zero::refused);
  })->group(learning_group);
  add_option(app, "--schedule",
             std::string("of the learning rate: constant, step:EVERY:FACTOR, exponential:FINAL, "
                         "cosine:FINAL") +
                 list_of(schedules()),
             "constant",
             [&options](const std::string& text) { set_schedule(options.schedule, text); })
      ->group(learning_group);
  add_option(
      app, "--warmup", "iterations in which the learning rate rises to its full size", "0",
      [&options](const std::string& text) { options.schedule.warmup = parse_count(text, 0); })
      ->group(learning_group);
  add_option(app, "--weight-decay", "weights shrink by this times the learning rate", "0",
             [&options](const std::string& text) {
               options.weight_decay = parse_number(text, Zero::allowed);
             })
      ->group(learning_group);
}

void add_duration_options(CLI::App& app, TrainingOptions& options) {
  add_option(app, "--batch", "images in a mini-batch", "100", [&options](const std::string& text) {
    options.batch_size = parse_count(text, 1);
  })->group(course_group);
  const CLI::Option* const iterations =
      add_option(
          app, "--iterations", "number of updates", "10000",
          [&options](const std::string& text) { options.num_iterations = parse_count(text, 1); })
          ->group(course_group);
  add_option(app, "--epochs", "instead of --iterations: times through the training images", "",
             [&options, iterations](const std::string& text) {
               if (iterations->count() > 0) {
                 throw ValueError("cannot be given together with --iterations");
               }
               options.num_epochs = parse_count(text, 1);
             })
      ->group(course_group);
  add_option(
      app, "--sampling", std::string("how a batch is drawn") + list_of(samplings()), "replacement",
      [&options](const std::string& text) { options.sampling = samplings().find(text).sampling; })
      ->group(course_group);
  add_option(app, "--validation", "training images held out, for --early-stop and for comparing",
             "0",
             [&options](const std::string& text) { options.num_validation = parse_count(text, 0); })
      ->group(course_group);
  add_option(app, "--early-stop",
             "stop after so many evaluations without a lower validation loss; keep the best", "off",
             [&options](const std::string& text) { options.early_stop = parse_count(text, 1); })
      ->group(course_group);
  add_option(
      app, "--eval-every", "iterations between evaluations, or epoch, or never", "epoch",
      [&options](const std::string& text) { set_evaluate_every(options.evaluate_every, text); })
      ->group(course_group);
}

void add_machine_options(CLI::App& app, TrainingFlags& flags) {
  TrainingOptions& options = flags.options;
  add_option(app, "--seed", "of everything random", "1",
             [&options](const std::string& text) { options.seed = parse_count(text, 0); });
  add_option(app, "--precision",
             std::string("numbers to compute with; a numerical gradient needs double") +
                 list_of(precisions),
             flags.precision, [&flags](const std::string& text) {
               flags.precision = precisions.find(text).id;
               flags.has_precision = true;
             });
  add_option(app, "--first-layer",
             std::string("another speed; the result is the same but for its last bits") +
                 list_of(first_layers),
             "auto", [&options](const std::string& text) {
               const std::string_view id = first_layers.find(text).id;
               options.first_layer.reset();
               if (id != "auto") {
                 options.first_layer = id == "dense" ? InputForm::dense : InputForm::sparse;
               }
             });
  flags.num_threads = default_num_threads();
  add_option(app, "--threads", "never changes the result, only the speed",
             fmt::format("{}", flags.num_threads), [&flags](const std::string& text) {
               flags.num_threads = std::min<std::uint64_t>(parse_count(text, 1), 256);
             });
  app.add_option("--config", flags.config, "TOML file with any of these options: lr = 0.1")
      ->type_name("");
}

}  // namespace

void add_network_options(CLI::App& app, TrainingFlags& flags) {
  TrainingOptions& options = flags.options;
  add_option(app, "--layers", "sizes of the layers; the default's ends become what the data need",
             "784,50,10",
             [&flags](const std::string& text) {
               flags.options.network.layer_sizes = parse_layers(text);
               flags.has_layers = true;
             })
      ->group(network_group);
  add_choice(app, "--activation", "after each layer but the last", options.network.activation,
             activations<float>())
      ->group(network_group);
  add_option(
      app, "--init",
      std::string("first weights; normal takes a deviation, normal:0.01") + list_of(initializers()),
      "normal:0.01",
      [&options](const std::string& text) { set_initializer(options.initializer, text); })
      ->group(network_group);
  add_choice(app, "--loss", "what is made small", options.loss, losses<float>())
      ->group(network_group);
}

void add_training_options(CLI::App& app, TrainingFlags& flags) {
  add_option(app, "--data", data_help(), "digits",
             [&flags](const std::string& text) { flags.data = text; });
  add_network_options(app, flags);
  add_optimizer_options(app, flags.options);
  add_duration_options(app, flags.options);
  add_machine_options(app, flags);
}

std::vector<std::string> with_config(std::vector<std::string> arguments, OptionSources& sources) {
  constexpr std::string_view flag = "--config";
  std::vector<std::string> from_files;
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    if (name_of(arguments[i]) != flag) {
      continue;
    }
    const bool is_one_word = arguments[i].size() > flag.size();
    if (!is_one_word && i + 1 == arguments.size()) {
      break;  // no file behind it: the parser says so
    }
    const std::string path = is_one_word ? arguments[i].substr(flag.size() + 1) : arguments[i + 1];
    for (std::string& option : read_config(path)) {
      if (!is_replaced(name_of(option), arguments)) {
        sources[name_of(option)] = path;
        from_files.push_back(std::move(option));
      }
    }
  }
  if (!from_files.empty()) {
    arguments.insert(arguments.begin() + 1, from_files.begin(), from_files.end());
  }
  return arguments;
}

void fit_precision(TrainingFlags& flags) {
  if (flags.options.gradient != GradientMethod::numerical) {
    return;
  }
  if (flags.has_precision && flags.precision == "float") {
    throw ValueError(
        "--precision: got float, but --gradient numerical needs double; float has no digits to "
        "spare for differences");
  }
  flags.precision = "double";
}

void fit_layers(TrainingFlags& flags, const Dataset& dataset) {
  std::vector<std::size_t>& sizes = flags.options.network.layer_sizes;
  if (!flags.has_layers) {
    sizes.front() = dataset.train.num_features;
    sizes.back() = dataset.num_classes;
  }
  double num_parameters = 0;  // no product of sizes can overflow it
  for (std::size_t i = 1; i < sizes.size(); ++i) {
    num_parameters += (static_cast<double>(sizes[i - 1]) + 1) * static_cast<double>(sizes[i]);
  }
  const double size = flags.precision == "double" ? sizeof(double) : sizeof(float);
  const double needed = 2 * num_parameters * size;  // every checkpoint is a copy
  const double memory =
      static_cast<double>(sysconf(_SC_PHYS_PAGES)) * static_cast<double>(sysconf(_SC_PAGESIZE));
  if (needed > memory) {
    throw ValueError(fmt::format(
        "--layers: {} has {:.1f} billion parameters; training them takes at least {:.1f} "
        "GB of memory, and this machine has {:.1f} GB",
        fmt::join(sizes, ","), num_parameters / 1e9, needed / 1e9, memory / 1e9));
  }
}

nlohmann::ordered_json to_json(const TrainingFlags& flags) {
  const TrainingOptions& options = flags.options;
  const ScheduleOptions& schedule = options.schedule;
  nlohmann::ordered_json json;
  json["data"] = flags.data;
  json["layers"] = options.network.layer_sizes;
  json["activation"] = options.network.activation;
  json["init"] = initializer_text(options.initializer);
  json["loss"] = options.loss;
  json["optimizer"] = options.optimizer.id;
  json["momentum"] = options.optimizer.momentum;
  json["lr"] = schedule.learning_rate;
  json["schedule"] = schedule_text(schedule);
  json["warmup"] = schedule.warmup;
  json["weight_decay"] = options.weight_decay;
  json["gradient"] = id_of(options.gradient);
  json["batch"] = options.batch_size;
  json["iterations"] = options.num_iterations;
  json["epochs"] = nullptr;
  if (options.num_epochs) {
    json["epochs"] = *options.num_epochs;
  }
  json["sampling"] = id_of(options.sampling);
  json["validation"] = options.num_validation;
  json["early_stop"] = options.early_stop;
  json["eval_every"] = evaluate_every_text(options.evaluate_every);
  json["precision"] = flags.precision;
  json["first_layer"] = options.first_layer ? to_string(*options.first_layer) : "auto";
  json["seed"] = options.seed;
  json["threads"] = flags.num_threads;
  return json;
}

}  // namespace gradus::cli

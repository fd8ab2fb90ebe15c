// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "commands/commands.hpp"
#include "gradus/core/counted.hpp"
#include "gradus/core/error.hpp"
#include "gradus/core/numbers_below.hpp"
#include "gradus/data/input_source.hpp"
#include "gradus/formats/json.hpp"
#include "gradus/nn/check_network_gradient.hpp"
#include "gradus/nn/initialize.hpp"
#include "gradus/runs/option_values.hpp"
#include "gradus/texts/gradient_check_text.hpp"
#include "gradus/train/model.hpp"
#include "inputs/data_source.hpp"
#include "options/run_arguments.hpp"

namespace gradus::cli {
namespace {

struct GradcheckFlags {
  GivenOptions given;  // of the network, the seed and the threads
  std::string data;    // empty: what the model learned from, or digits
  std::string model;   // empty: a network with its first weights
  std::size_t num_samples = 100;
  double resolution = GradientCheckOptions{}.resolution;
  PlantedFault fault;
  bool is_json = false;
};

/// The model of a file in double, or a new one.
Model<double> model_to_check(const std::string& path, const TrainingOptions& options) {
  if (path.empty()) {
    const Network<double> network(options.network);
    Model<double> model;
    model.network = options.network;
    model.loss = options.loss;
    model.parameters.resize(network.num_parameters());
    initialize<double>(network, options.initializer, options.seed, model.parameters);
    return model;
  }
  return std::visit(
      [](const auto& loaded) {
        Model<double> model;
        model.network = loaded.network;
        model.loss = loaded.loss;
        model.scaling = loaded.scaling;
        model.targets = loaded.targets;
        model.parameters.assign(loaded.parameters.begin(), loaded.parameters.end());
        return model;
      },
      load_model(path));
}

Json to_json(const GradientReport& report) {
  Json json;
  json["verdict"] = to_string(report.verdict);
  json["reason"] = reason_text(Language::english, report);
  json["arrays"] = Json::array();
  for (const BlockCheck& check : report.blocks) {
    json["arrays"].push_back({{"name", check.name},
                              {"verdict", to_string(check.verdict)},
                              {"reason", reason_text(Language::english, check)},
                              {"gradient_norm", check.claimed_norm},
                              {"gap", check.gap},
                              {"tolerance", check.tolerance},
                              {"checked_nearby", check.reason_at_point.has_value()}});
  }
  json["worst"] = Json::array();
  for (const WrongEntry& entry : report.worst) {
    json["worst"].push_back({{"name", entry.name},
                             {"index", Json::list(entry.index)},
                             {"claimed", entry.claimed},
                             {"numerical", entry.numerical},
                             {"numerical_error", entry.numerical_error}});
  }
  json["taylor_slope"] = report.taylor_slope;
  json["losses"] = report.num_evaluations;
  json["gradients"] = report.num_gradients;
  return json;
}

void print_blocks(const GradientReport& report, std::span<const ParameterBlock> blocks) {
  if (report.blocks.empty()) {
    return;
  }
  fmt::print("\n{:<5} {:>12} {:>10} {:>12} {:>16}   {}\n", "array", "shape", "|gradient|",
             "largest gap", "rounding allows", "verdict");
  for (std::size_t i = 0; i < report.blocks.size(); ++i) {
    const BlockCheck& check = report.blocks[i];
    fmt::print("{:<5} {:>12} {:>10.2g} {:>12.1e} {:>16.1e}   {}\n", check.name,
               blocks[i].shape.to_string(), check.claimed_norm, check.gap, check.tolerance,
               to_string(check.verdict));
  }
  for (const BlockCheck& check : report.blocks) {
    if (check.verdict != Verdict::right || check.reason_at_point) {
      fmt::print("{:<5} {}\n", check.name, reason_text(Language::english, check));
    }
  }
}

void print_worst(const GradientReport& report) {
  if (report.worst.empty()) {
    return;
  }
  fmt::print("\n{:<14} {:>22} {:>22}\n", "worst", "backpropagation says", "the losses say");
  for (const WrongEntry& entry : report.worst) {
    fmt::print("{:<14} {:>22.16g} {:>22.16g}  ± {:.0e}\n",
               fmt::format("{}[{}]", entry.name, fmt::join(entry.index, ",")), entry.claimed,
               entry.numerical, entry.numerical_error);
  }
}

int exit_code_of(Verdict verdict) {
  return verdict == Verdict::wrong ? exit_failed : exit_done;
}

int run_gradcheck(GradcheckFlags flags) {
  flags.model = model_path(flags.model);
  RunOptions options;
  flags.given.read_into(options);
  Team team(options.num_threads);
  RunData data{flags.data.empty() ? "digits" : flags.data, options.table};
  if (flags.data.empty() && !flags.model.empty()) {
    data = data_of_run(flags.model);
  }
  const Dataset dataset = load_dataset(data.name, data.table, team);
  fit_layers(options, dataset);
  Model<double> model = model_to_check(flags.model, options.training);
  if (flags.model.empty()) {
    const auto rows = numbers_below<std::uint32_t>(dataset.train.num_samples());
    const bool standardize =
        options.training.standardize.value_or(should_standardize(dataset, rows));
    model.scaling = scaling_of(dataset.train, rows, standardize);
    model.targets = target_columns_of(dataset.train, rows);
    if (model.loss.empty()) {
      model.loss = losses<double>(dataset.task()).begin()->id;
    }
  }
  const Network<double> network(model.network);
  if (model.task() != dataset.task()) {
    throw ShapeError(fmt::format("{} learned a {}, and {} is of a {}", flags.model,
                                 to_string(model.task()), dataset.name, to_string(dataset.task())));
  }
  const auto loss = losses<double>(dataset.task()).find(model.loss).make();
  if (network.num_inputs() != dataset.train.num_features ||
      network.num_outputs() < dataset.num_outputs()) {
    const bool is_of_classes = dataset.task() == Task::classification;
    throw ShapeError(fmt::format("a network of {} cannot take {}: it has {} features and {} {}",
                                 fmt::join(model.network.layer_sizes, "-"), dataset.name,
                                 dataset.train.num_features, dataset.num_outputs(),
                                 is_of_classes ? "classes" : "numbers to predict"));
  }
  const auto indices =
      numbers_below<std::uint32_t>(std::min(flags.num_samples, dataset.train.num_samples()));
  InputSource<double> source(dataset.train, model.scaling, InputForm::dense, model.targets);
  const Input<double> x = source.rows(indices);

  const GradientReport report = check_network_gradient(
      network, *loss, model.parameters, x, source.targets(indices), team,
      {.resolution = flags.resolution, .seed = options.training.seed}, flags.fault);
  if (flags.is_json) {
    fmt::print("{}\n", to_json(report).to_text());
    return exit_code_of(report.verdict);
  }
  fmt::print("network   {} {}, {}, in double\n", fmt::join(model.network.layer_sizes, "-"),
             model.network.activation, model.loss);
  fmt::print("samples   the first {} training samples of {}\n", with_commas(indices.size()),
             dataset.name);
  fmt::print("compared  the gradient of backpropagation with values of the loss alone\n");
  if (!flags.fault.block.empty()) {
    fmt::print("planted   the gradient of {} is multiplied by {}\n", flags.fault.block,
               flags.fault.factor);
  }
  print_blocks(report, network.blocks());
  for (const BlockCheck& check : report.blocks) {
    if (check.name == flags.fault.block && check.claimed_norm == 0) {
      fmt::print("{:<5} its gradient is 0, so nothing was planted\n", check.name);
    }
  }
  print_worst(report);
  fmt::print("\nverdict   {}: {}\n", to_string(report.verdict),
             reason_text(Language::english, report));
  fmt::print("from      {} losses and {} gradients", with_commas(report.num_evaluations),
             report.num_gradients);
  if (std::isfinite(report.taylor_slope)) {
    fmt::print("; the Taylor remainder falls with h^{:.2f} (h^2 expected)", report.taylor_slope);
  }
  fmt::print("\n");
  return exit_code_of(report.verdict);
}

}  // namespace

void set_up_gradcheck(Command& command) {
  auto flags = std::make_shared<GradcheckFlags>();
  command.footer(
      "Exits with 1 when the gradient is wrong.\n\n"
      "Examples\n"
      "  gradus gradcheck --data mnist\n"
      "  gradus gradcheck --layers 784,30,20,10 --activation tanh --init xavier\n"
      "  gradus gradcheck runs/1\n"
      "  gradus gradcheck --plant W2");
  command.add_argument(
      "model", "a run's folder, or a model.safetensors; without one, first weights", flags->model);
  command.add_option("--data", data_help(), "digits, or what the model was trained on",
                     [flags](const std::string& text) { flags->data = text; });
  add_table_options(command, flags->given);
  std::vector<std::pair<std::string, Option>> network;
  for (const RunOption& option : run_options()) {
    if (option.group == OptionGroup::network) {
      network.emplace_back("--" + std::string(option.id),
                           add_run_option(command, option.id, flags->given));
    }
  }
  command.add_option(
      "--samples", "how many training samples the loss is of", "100",
      [flags](const std::string& text) { flags->num_samples = parse_count(text, 1); });
  command.add_option(
      "--resolution", "smallest error to look for, of an array's gradient", "0.0001",
      [flags](const std::string& text) { flags->resolution = parse_number(text, Zero::refused); });
  command.add_option("--plant", "spoil the gradient of one array by 1 %, to see it found", "",
                     [flags](const std::string& text) { flags->fault.block = text; });
  add_run_option(command, "seed", flags->given, "of first weights and directions");
  add_run_option(command, "threads", flags->given);
  command.add_flag("--json", flags->is_json, "print one line of JSON instead");
  command.on_run([flags, network] {
    for (const auto& [name, option] : network) {
      if (!flags->model.empty() && option.is_given()) {
        throw ValueError(fmt::format("{}: the model says that itself", name));
      }
    }
    return run_gradcheck(*flags);
  });
}

}  // namespace gradus::cli

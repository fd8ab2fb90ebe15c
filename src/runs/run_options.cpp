// SPDX-License-Identifier: MIT
#include "gradus/runs/run_options.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "gradus/core/error.hpp"
#include "gradus/core/nearest_names.hpp"
#include "gradus/runs/option_values.hpp"

namespace gradus {
namespace {

constexpr std::string_view off = "off";

Json json_of(OptionKind kind, const std::string& text) {
  if (text.empty()) {
    return nullptr;
  }
  switch (kind) {
    case OptionKind::count_or_off:
      return text == off ? Json(0) : Json(parse_count(text, 1));
    case OptionKind::count:
      return parse_count(text, 0);
    case OptionKind::real:
      return parse_number(text, Zero::allowed);
    case OptionKind::sizes:
      return Json::list(parse_layers(text));
    case OptionKind::text:
      break;
  }
  return text;
}

/// run.json and configuration files write weight_decay.
std::string name_in_files(std::string_view id) {
  std::string name(id);
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

}  // namespace

const RunOption* find_run_option(std::string_view name) {
  const auto found =
      std::find_if(run_options().begin(), run_options().end(), [&](const RunOption& option) {
        return option.id == name || name_in_files(option.id) == name;
      });
  return found == run_options().end() ? nullptr : &*found;
}

std::string unknown_option(std::string_view name) {
  return fmt::format("unknown option \"{}\"; {}", name, names_to_choose(name, run_options().ids()));
}

Json to_json(const RunOptions& options) {
  Json json = Json::object();
  for (const RunOption& option : run_options()) {
    json[name_in_files(option.id)] = json_of(option.kind, option.text(options));
  }
  return json;
}

Json to_json_before_data(const RunOptions& options) {
  Json json = to_json(options);
  for (const auto& [name, is_asked_for] : {std::pair("layers", options.has_layers),
                                           {"batch", options.has_batch},
                                           {"activation", options.has_activation},
                                           {"init", options.has_initializer},
                                           {"optimizer", options.has_optimizer},
                                           {"lr", options.has_rate},
                                           {"iterations", options.has_length}}) {
    if (!is_asked_for) {
      json[name] = Json();
    }
  }
  return json;
}

std::string text_of(OptionKind kind, const Json& value) {
  if (value.is_null()) {
    return {};
  }
  if (kind == OptionKind::count_or_off && value.as_number() == 0.0) {
    return std::string(off);
  }
  if (const std::string* const text = value.as_string()) {
    return *text;
  }
  if (const Json::Array* const items = value.as_array()) {
    std::string list;
    for (const Json& item : *items) {
      list += (list.empty() ? "" : ",") + item.to_text();
    }
    return list;
  }
  return value.to_text();
}

void fit_precision(RunOptions& options) {
  if (options.training.gradient != GradientMethod::numerical) {
    return;
  }
  if (options.has_precision && options.precision == "float") {
    throw ValueError(
        "--precision: got float, but --gradient numerical needs double; float has no digits to "
        "spare for differences");
  }
  options.precision = "double";
}

void fit_method(RunOptions& options, const Dataset& dataset) {
  constexpr std::size_t inputs_of_a_plane = 2;
  constexpr std::uint64_t iterations_for_tables = 5000;
  constexpr double rate_of_adam = 0.003;
  constexpr double rate_for_numbers = 0.01;
  TrainingOptions& training = options.training;
  const bool are_images = dataset.sample_shape.sizes().size() > 1;
  const bool are_points = !are_images && dataset.train.num_features <= inputs_of_a_plane;
  if (!options.has_activation && are_points) {
    training.network.activation = "relu";
  }
  if (!options.has_initializer && !are_images) {
    training.initializer.id = training.network.activation == "relu" ? "he" : "xavier";
  }
  if (!options.has_optimizer && are_points) {
    training.optimizer.id = "adam";
  }
  if (!options.has_length && !are_images && !are_points) {
    training.num_iterations = iterations_for_tables;
  }
  if (options.has_rate) {
    return;
  }
  if (are_points && training.optimizer.id == "adam") {
    training.schedule.learning_rate = rate_of_adam;
  } else if (dataset.task() == Task::regression) {
    training.schedule.learning_rate = rate_for_numbers;
  }
}

void fit_batch(RunOptions& options, const Dataset& dataset) {
  const std::size_t num_samples = dataset.train.num_samples();
  const std::size_t num_validation = options.training.num_validation;
  if (!options.has_batch && num_validation < num_samples) {
    options.training.batch_size =
        std::min(options.training.batch_size, num_samples - num_validation);
  }
}

void fit_layers(RunOptions& options, const Dataset& dataset) {
  std::vector<std::size_t>& sizes = options.training.network.layer_sizes;
  if (!options.has_layers) {
    sizes.front() = dataset.train.num_features;
    sizes.back() = dataset.num_outputs();
  }
  double num_parameters = 0;  // no product of sizes can overflow it
  for (std::size_t i = 1; i < sizes.size(); ++i) {
    num_parameters += (static_cast<double>(sizes[i - 1]) + 1) * static_cast<double>(sizes[i]);
  }
  const double size = options.precision == "double" ? sizeof(double) : sizeof(float);
  const double needed = 2 * num_parameters * size;  // every checkpoint is a copy
  const double memory =
      static_cast<double>(sysconf(_SC_PHYS_PAGES)) * static_cast<double>(sysconf(_SC_PAGESIZE));
  if (needed > memory) {
    throw ValueError(fmt::format(
        "--layers: {} has {:.1f} billion parameters; training them takes at least {:.1f} "
        "GB of memory, and this machine has {:.1f} GB",
        run_options().find("layers").text(options), num_parameters / 1e9, needed / 1e9,
        memory / 1e9));
  }
}

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <CLI/CLI.hpp>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "gradus/data/dataset.hpp"
#include "gradus/train/trainer.hpp"
#include "option_parsing.hpp"

namespace gradus::cli {

/// What the options of `gradus train` say, before the data are known.
struct TrainingFlags {
  TrainingOptions options;
  bool has_layers = false;  // else 784,50,10 with the ends the data have
  std::string data = "digits";
  std::string precision = "float";
  bool has_precision = false;  // else double where a numerical gradient needs it
  std::string config;          // for --help only: with_config() has read it before the parser runs
  std::size_t num_threads = 1;
};

/// Adds every option that says how to train; not where to put the result.
void add_training_options(CLI::App& app, TrainingFlags& flags);

/// Those of them that say what network, with what first weights and loss.
void add_network_options(CLI::App& app, TrainingFlags& flags);

/// Arguments of the program with those of --config files put in front, behind the command's name,
/// so that what is typed wins.
/// @param sources  gets the options and the files they are from
[[nodiscard]] std::vector<std::string> with_config(std::vector<std::string> arguments,
                                                   OptionSources& sources);

/// The precision to use when none was asked for: double for a numerical gradient.
/// @throws ValueError  float was asked for together with a numerical gradient
void fit_precision(TrainingFlags& flags);

/// The layers to use when none were asked for: the defaults, with as many inputs and outputs as
/// the data have features and classes.
/// @throws ValueError  training them needs more memory than the machine has
void fit_layers(TrainingFlags& flags, const Dataset& dataset);

/// Every option by its name, as run.json keeps them.
[[nodiscard]] nlohmann::ordered_json to_json(const TrainingFlags& flags);

}  // namespace gradus::cli

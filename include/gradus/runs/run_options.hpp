// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "gradus/core/registry.hpp"
#include "gradus/data/csv_dataset.hpp"
#include "gradus/data/dataset.hpp"
#include "gradus/formats/json.hpp"
#include "gradus/train/trainer.hpp"

namespace gradus {

/// All that a run is asked to do. The defaults are the textbook's run on the built-in digits.
struct RunOptions {
  TrainingOptions training;
  bool has_layers = false;  // else layer_sizes gets the ends the data have: fit_layers()
  bool has_batch = false;   // else at most as many as there are training samples: fit_batch()
  // Else what suits the data: fit_method().
  bool has_activation = false;
  bool has_initializer = false;
  bool has_optimizer = false;
  bool has_rate = false;
  bool has_length = false;  // in iterations or epochs
  std::string data = "digits";
  TableOptions table;
  std::string precision = "float";  // or "double"
  bool has_precision = false;       // else double where the gradient needs it: fit_precision()
  std::size_t num_threads = default_num_threads();
};

enum class OptionGroup { general, table, network, learning, course };

/// How run.json has the value of an option.
enum class OptionKind {
  text,
  count,         // a whole number
  count_or_off,  // a whole number of at least 1, or 0 for off
  real,
  sizes,  // an array of whole numbers
};

/// One option of a run: every face reads and writes it by this entry.
struct RunOption {
  std::string_view id;  // weight-decay: --weight-decay, and weight_decay in files
  OptionGroup group;
  OptionKind kind;
  std::string_view summary;

  /// Reads what was typed.
  /// @throws ValueError  it is no value of this option; the message does not name the option
  void (*set)(RunOptions& options, const std::string& text);

  /// What would have to be typed to get the same; empty when the option is not set.
  std::string (*text)(const RunOptions& options);

  /// What there is to choose from, a line each; nullptr when the summary says it all.
  std::string (*choices)() = nullptr;
};

/// The table of all options. One entry, and the command line, configuration files, run.json,
/// resumed runs, reports and sweeps know it.
[[nodiscard]] const Registry<RunOption>& run_options();

/// The entry for a name in a file, which may have _ for -. nullptr when there is none.
[[nodiscard]] const RunOption* find_run_option(std::string_view name);

/// What to say of a name that find_run_option() does not find.
[[nodiscard]] std::string unknown_option(std::string_view name);

/// Every option by its name in files, as run.json keeps them.
[[nodiscard]] Json to_json(const RunOptions& options);

/// The same before the data have been seen: null for what follows them unless it was asked for, so
/// that a run that is stopped while it reads them begins anew as it was asked to.
[[nodiscard]] Json to_json_before_data(const RunOptions& options);

/// What would have to be typed for a value of run.json, of whatever kind it is; empty for null.
[[nodiscard]] std::string text_of(OptionKind kind, const Json& value);

/// The precision to use when none was asked for: double for a numerical gradient.
/// @throws ValueError  float was asked for together with a numerical gradient
void fit_precision(RunOptions& options);

/// The layers to use when none were asked for: the defaults, with as many inputs and outputs as
/// the data have features, and classes or numbers to predict.
/// @throws ValueError  training them needs more memory than the machine has
void fit_layers(RunOptions& options, const Dataset& dataset);

/// The size of a batch when none was asked for: the default, or all training samples when there are
/// fewer.
void fit_batch(RunOptions& options, const Dataset& dataset);

/// The activation, first weights, optimizer, learning rate and number of iterations where none was
/// asked for, by what the data are (docs/decisions/0015):
///
///   - images: the textbook's: sigmoid, normal:0.01, sgd, 0.1
///   - points and curves, of 1 or 2 inputs: relu, he, adam, 0.003
///   - other tables: sigmoid, xavier, sgd, 0.1, and 5,000 iterations
///
/// With another activation than sigmoid the first weights are he's for relu, else xavier's. Without
/// adam the rate is 0.1 for classes and 0.01 for numbers. Behind 50 sigmoid units, whose outputs
/// are near 1/2 at first, the mean squared error curves by about 2 (50 / 4 + 1) = 27, and steps of
/// more than 2 / 27 = 0.07 overshoot. The slopes of cross entropy are bounded, so that 0.1 is safe
/// there.
void fit_method(RunOptions& options, const Dataset& dataset);

/// What there is in a registry, a line each, for RunOption::choices and the like.
template <class Registry>
[[nodiscard]] std::string list_of(const Registry& registry) {
  std::string lines;
  for (const auto& entry : registry) {
    const std::string id(entry.id);
    lines += "\n  " + id + std::string(id.size() < 19 ? 20 - id.size() : 1, ' ');
    lines += entry.summary;
  }
  return lines;
}

}  // namespace gradus

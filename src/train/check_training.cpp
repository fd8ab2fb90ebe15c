// SPDX-License-Identifier: MIT
#include <fmt/core.h>

#include <algorithm>
#include <string>

#include "gradus/core/counted.hpp"
#include "gradus/core/error.hpp"
#include "gradus/math/finite.hpp"
#include "gradus/train/trainer.hpp"

namespace gradus {
namespace {

/// One half of a data set against the whole of it, and the network's ends.
void check_half(const Dataset& dataset, const Samples& half, const char* name,
                const NetworkOptions& network) {
  check_samples(half);
  if (half.num_samples() == 0) {
    throw ShapeError(fmt::format("{} has no {} samples", dataset.name, name));
  }
  if (network.layer_sizes.front() != half.num_features) {
    throw ShapeError(fmt::format("layers: the first is {}, but {} has {} features for each sample",
                                 network.layer_sizes.front(), dataset.name, half.num_features));
  }
  if (half.num_targets != dataset.train.num_targets) {
    throw ShapeError(fmt::format("{}: the {} samples have {}, those to learn from {}", dataset.name,
                                 name, counted(half.num_targets, "target"),
                                 dataset.train.num_targets));
  }
  if (dataset.task() == Task::regression) {
    if (!are_finite<float>(half.targets)) {
      throw ValueError(
          fmt::format("{} has a {} target that is infinite or not a number", dataset.name, name));
    }
    return;
  }
  const Label highest = *std::max_element(half.labels.begin(), half.labels.end());
  if (highest >= dataset.num_classes) {
    throw ValueError(fmt::format("{} has a label {}, but {} classes", dataset.name, highest,
                                 dataset.num_classes));
  }
}

void check_layers(const NetworkOptions& network, const Dataset& dataset) {
  if (network.layer_sizes.empty()) {
    throw ShapeError("layers: there are none");
  }
  check_half(dataset, dataset.train, "training", network);
  check_half(dataset, dataset.test, "test", network);
  const std::size_t num_outputs = network.layer_sizes.back();
  if (dataset.task() == Task::regression) {
    if (num_outputs != dataset.train.num_targets) {
      throw ShapeError(fmt::format("layers: the last is {}, but {} has {} to predict", num_outputs,
                                   dataset.name, counted(dataset.train.num_targets, "number")));
    }
    return;
  }
  if (num_outputs < dataset.num_classes || num_outputs < 2) {
    throw ShapeError(fmt::format("layers: the last is {}, but {} has {} classes", num_outputs,
                                 dataset.name, dataset.num_classes));
  }
}

/// A number that never changes leaves nothing to learn, and no deviation to measure it by.
void check_targets(const Dataset& dataset) {
  const Samples& train = dataset.train;
  for (std::size_t k = 0; k < train.num_targets; ++k) {
    std::size_t n = 0;
    while (n < train.num_samples() &&
           train.targets[n * train.num_targets + k] == train.targets[k]) {
      ++n;
    }
    if (n == train.num_samples()) {
      const std::vector<std::string> names = dataset.target_names();
      throw ValueError(fmt::format(
          "{}: target {} is {} in every training row: there is nothing to "
          "learn",
          dataset.name, k < names.size() ? names[k] : std::to_string(k), train.targets[k]));
    }
  }
}

void check_validation(const TrainingOptions& options, std::size_t num_samples) {
  if (options.num_validation >= num_samples) {
    throw ValueError(fmt::format("validation is {}, expected fewer than the {} training samples",
                                 options.num_validation, num_samples));
  }
  if (options.early_stop > 0 && options.num_validation == 0) {
    throw ValueError("early stopping needs validation samples; hold some out, for example 5000");
  }
  if (options.early_stop > 0 && options.evaluate_every == 0) {
    throw ValueError("early stopping needs evaluations; they are switched off");
  }
}

}  // namespace

void check_training(const TrainingOptions& options, const Dataset& dataset) {
  check_layers(options.network, dataset);
  check_targets(dataset);
  if (!options.loss.empty()) {
    static_cast<void>(losses<float>(dataset.task()).find(options.loss));
  }
  check_validation(options, dataset.train.num_samples());
  const std::size_t num_training = dataset.train.num_samples() - options.num_validation;
  if (options.batch_size == 0 || options.batch_size > num_training) {
    throw ValueError(
        fmt::format("batch size is {}, expected 1 to the number of training samples, {}",
                    options.batch_size, num_training));
  }
  const std::size_t per_epoch = iterations_per_epoch(num_training, options.batch_size);
  if (options.num_epochs &&
      !checked_product(static_cast<std::size_t>(*options.num_epochs), per_epoch)) {
    throw ValueError(fmt::format("{} epochs are too many", *options.num_epochs));
  }
  check_schedule(options.schedule);
}

}  // namespace gradus

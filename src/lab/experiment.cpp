// SPDX-License-Identifier: MIT
#include "gradus/lab/experiment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "every_experiment.hpp"
#include "nearest_names.hpp"

namespace gradus {

const Registry<Experiment>& experiments() {
  static const std::array entries{
      paradigms_experiment,
      arrays_experiment,
      entropy_experiment,
      loss_experiment,
      mini_batch_experiment,
      why_not_accuracy_experiment,
      rate_experiment,
      derivative_experiment,
      tangent_experiment,
      partial_experiment,
      gradient_field_experiment,
      surface_experiment,
      descent_experiment,
      learning_rate_experiment,
      landscape_experiment,
      softmax_sigmoid_experiment,
      simple_net_experiment,
      two_layer_net_experiment,
      one_iteration_experiment,
      training_experiment,
      overfitting_experiment,
      initialization_experiment,
      hyper_parameters_experiment,
      weights_experiment,
  };
  static const Registry<Experiment> registry("experiment", entries);
  return registry;
}

const Experiment& find_experiment(std::string_view id) {
  std::vector<std::string_view> ids;
  for (const Experiment& experiment : experiments()) {
    if (experiment.id == id) {
      return experiment;
    }
    ids.push_back(experiment.id);
  }
  throw ValueError(
      fmt::format("there is no experiment \"{}\"; there is {}", id, nearest_names(id, ids)));
}

}  // namespace gradus

// SPDX-License-Identifier: MIT
#include "every_experiment.hpp"

#include <array>

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
      hidden_layer_experiment,
      overfitting_experiment,
      fitting_experiment,
      initialization_experiment,
      hyper_parameters_experiment,
      weights_experiment,
  };
  static const Registry<Experiment> registry("experiment", entries);
  return registry;
}

}  // namespace gradus

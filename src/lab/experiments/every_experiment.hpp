// SPDX-License-Identifier: MIT
#pragma once

#include "gradus/lab/experiment.hpp"

namespace gradus {

// Each is defined in the file of its name; every_experiment.cpp has their order.
extern const Experiment arrays_experiment;
extern const Experiment derivative_experiment;
extern const Experiment descent_experiment;
extern const Experiment entropy_experiment;
extern const Experiment fitting_experiment;
extern const Experiment gradient_field_experiment;
extern const Experiment hidden_layer_experiment;
extern const Experiment hyper_parameters_experiment;
extern const Experiment initialization_experiment;
extern const Experiment landscape_experiment;
extern const Experiment learning_rate_experiment;
extern const Experiment loss_experiment;
extern const Experiment mini_batch_experiment;
extern const Experiment one_iteration_experiment;
extern const Experiment overfitting_experiment;
extern const Experiment paradigms_experiment;
extern const Experiment partial_experiment;
extern const Experiment rate_experiment;
extern const Experiment simple_net_experiment;
extern const Experiment softmax_sigmoid_experiment;
extern const Experiment surface_experiment;
extern const Experiment tangent_experiment;
extern const Experiment training_experiment;
extern const Experiment two_layer_net_experiment;
extern const Experiment weights_experiment;
extern const Experiment why_not_accuracy_experiment;

}  // namespace gradus

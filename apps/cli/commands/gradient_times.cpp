// SPDX-License-Identifier: MIT
#include "commands/gradient_times.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <span>
#include <vector>

#include "gradus/core/numbers_below.hpp"
#include "gradus/data/input_source.hpp"
#include "gradus/nn/initialize.hpp"
#include "gradus/nn/numerical_gradient.hpp"

namespace gradus::cli {
namespace {

/// Seconds that work() takes the second time: the first one takes memory and wakes threads.
template <class Work>
double time_of(Work work) {
  using Clock = std::chrono::steady_clock;
  work();
  const Clock::time_point start = Clock::now();
  work();
  return std::chrono::duration<double>(Clock::now() - start).count();
}

}  // namespace

GradientTimes time_numerical_gradient(const TrainingOptions& options, const Dataset& dataset,
                                      Team& team) {
  const Network<double> network(options.network);
  const auto loss = losses<double>(dataset.task()).find(options.loss).make();
  std::vector<double> parameters(network.num_parameters());
  initialize<double>(network, options.initializer, options.seed, parameters);
  const auto all = numbers_below<std::uint32_t>(dataset.train.num_samples());
  InputSource<double> source(dataset.train, scaling_of(dataset.train, all, *options.standardize),
                             *options.first_layer, target_columns_of(dataset.train, all));
  const auto indices = std::span(all).first(options.batch_size);
  const Input<double> x = source.rows(indices);
  const Targets<double> targets = source.targets(indices);

  Workspace<double> workspace(network, options.batch_size);
  const double one_loss = time_of([&] {
    static_cast<void>(loss->value(network.forward(parameters, x, workspace, team), targets));
  });
  NetworkNumericalGradient numerical_gradient(network, *loss, options.batch_size);
  std::vector<double> gradient(network.num_parameters());
  return {.plain = one_loss * 2 * static_cast<double>(network.num_parameters()),
          .structured =
              time_of([&] { numerical_gradient.run(parameters, x, targets, gradient, team); })};
}

}  // namespace gradus::cli

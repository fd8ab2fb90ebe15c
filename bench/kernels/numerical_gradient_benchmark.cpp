// SPDX-License-Identifier: MIT
// The whole numerical gradient of the textbook's net, for 100 images.
#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "gradus/core/numbers_below.hpp"
#include "gradus/core/parallel.hpp"
#include "gradus/data/input_source.hpp"
#include "gradus/loss/softmax_cross_entropy.hpp"
#include "gradus/nn/initialize.hpp"
#include "gradus/nn/network.hpp"
#include "gradus/nn/numerical_gradient.hpp"
#include "measure.hpp"

namespace gradus::bench {
namespace {

constexpr std::size_t batch = 100;

/// Two losses of the whole batch for each parameter that is checked.
constexpr std::size_t checked_every = 397;

/// A difference of two losses of size 2.3 that were rounded, over 2h.
constexpr double allowed_error = 1e-10;

void numerical_gradient(benchmark::State& state) {
  Team team(argument(state, 0));
  const Network<double> network({.layer_sizes = {784, 50, 10}, .activation = "sigmoid"});
  const SoftmaxCrossEntropy<double> loss;
  std::vector<double> parameters(network.num_parameters());
  initialize<double>(network, {}, 1, parameters);
  InputSource<double> source(some_digits(), 1.0 / 255, InputForm::sparse);
  const std::vector<std::uint32_t> indices = numbers_below<std::uint32_t>(batch);
  const Input<double> x = source.rows(indices);
  const auto labels = source.labels(indices);
  std::vector<double> gradient(parameters.size());
  NetworkNumericalGradient differences(network, loss, batch);
  const auto run = [&] { differences.run(parameters, x, labels, gradient, team); };
  run();

  Workspace<double> workspace(network, batch);
  const auto loss_at = [&](std::size_t p, double value) {
    const double old = parameters[p];
    parameters[p] = value;
    const double result = loss.value(network.forward(parameters, x, workspace, team), labels);
    parameters[p] = old;
    return result;
  };
  constexpr double h = NetworkNumericalGradient::step;
  for (std::size_t p = 0; p < parameters.size(); p += checked_every) {
    const double above = loss_at(p, parameters[p] + h);
    const double below = loss_at(p, parameters[p] - h);
    if (!(std::abs(gradient[p] - (above - below) / (2 * h)) <= allowed_error)) {
      report_wrong_answer(state);
      return;
    }
  }
  const double num_losses = 2.0 * static_cast<double>(parameters.size());
  state.counters["losses/s"] = num_losses / time(state, run);
}

BENCHMARK(numerical_gradient)
    ->Name("numerical_gradient/double")
    ->ArgName("threads")
    ->Arg(1)
    ->Arg(2)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace gradus::bench

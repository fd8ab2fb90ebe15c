// SPDX-License-Identifier: MIT
#include "gradus/nn/check_network_gradient.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <vector>

#include "gradus/core/error.hpp"

namespace gradus {
namespace {

void spoil(std::span<const ParameterBlock> blocks, const PlantedFault& fault,
           std::span<double> gradient) {
  for (const ParameterBlock& block : blocks) {
    if (block.name == fault.block) {
      for (double& number : block.of(gradient)) {
        number *= fault.factor;
      }
    }
  }
}

void check_fault(std::span<const ParameterBlock> blocks, const PlantedFault& fault) {
  const bool exists = fault.block.empty() ||
                      std::any_of(blocks.begin(), blocks.end(),
                                  [&](const auto& block) { return block.name == fault.block; });
  if (!exists) {
    std::string names;
    for (const ParameterBlock& block : blocks) {
      names += (names.empty() ? "" : ", ") + block.name;
    }
    throw ValueError(fmt::format("unknown array \"{}\"; there are {}", fault.block, names));
  }
}

}  // namespace

GradientReport check_network_gradient(const Network<double>& network, const Loss<double>& loss,
                                      std::span<const double> parameters, const Input<double>& x,
                                      const Targets<double>& targets, Team& team,
                                      const GradientCheckOptions& options,
                                      const PlantedFault& fault) {
  check_fault(network.blocks(), fault);
  Workspace<double> workspace(network, num_rows(targets));
  const auto value = [&](std::span<const double> at) {
    return loss.value(network.forward(at, x, workspace, team), targets);
  };
  const auto gradient = [&](std::span<const double> at) {
    const MatrixView<const double> scores = network.forward(at, x, workspace, team);
    loss.value_and_gradient(scores, targets, workspace.d_scores());
    std::vector<double> d(at.size());
    network.backward(at, x, workspace, d, team);
    spoil(network.blocks(), fault, d);
    return d;
  };
  return check_gradient(value, gradient, parameters, network.blocks(), options);
}

}  // namespace gradus

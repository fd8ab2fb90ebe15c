// SPDX-License-Identifier: MIT
#include "gradus/train/layer_health.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace gradus {
namespace {

/// The health of the hidden layer of a net whose pre-activations are all `input * weight + bias`.
LayerHealth health_of(const std::string& activation, std::vector<double> biases) {
  const std::size_t width = biases.size();
  const Network<double> network({.layer_sizes = {1, width, 2}, .activation = activation});
  std::vector<double> parameters(network.num_parameters());
  std::copy(biases.begin(), biases.end(), network.blocks()[1].of(std::span(parameters)).begin());
  Samples samples;
  samples.num_features = 1;
  samples.values = {0, 1, 2};
  samples.labels = {0, 1, 0};
  InputSource<double> source(samples, 1, InputForm::dense);
  const std::vector<std::uint32_t> indices{0, 1, 2};
  Team team;
  return examine_layers<double>(network, parameters, source, indices, team).at(0);
}

TEST(LayerHealth, CountsDeadReluUnits) {
  const LayerHealth health = health_of("relu", {-1, 1, -0.1, 2});
  EXPECT_EQ(health.num_units, 4U);
  EXPECT_EQ(health.num_samples, 3U);
  EXPECT_EQ(health.num_dead, 2U);
  EXPECT_EQ(health.saturated_share, 0);
}

TEST(LayerHealth, CountsOutputsAtTheEndsOfSigmoidAndTanh) {
  // logit(0.999) is 6.905, atanh(0.998) is 3.453.
  EXPECT_EQ(health_of("sigmoid", {7, -7, 6.8, 0}).saturated_share, 0.5);
  EXPECT_EQ(health_of("tanh", {3.5, -3.5, 3.4, 3.5}).saturated_share, 0.75);
}

TEST(LayerHealth, FindsNothingInActivationsThatAreNeither) {
  for (const char* id : {"identity", "step", "softmax"}) {
    const LayerHealth health = health_of(id, {-50, 50});
    EXPECT_EQ(health.num_dead, 0U) << id;
    EXPECT_EQ(health.saturated_share, 0) << id;
  }
}

}  // namespace
}  // namespace gradus

// SPDX-License-Identifier: MIT
#include "gradus/nn/network.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/nn/initialize.hpp"

namespace gradus {
namespace {

TEST(Network, NamesItsParametersAsTheTextbookDoes) {
  const Network<float> network({.layer_sizes = {784, 50, 10}});
  std::vector<std::string> names;
  for (const ParameterBlock& block : network.blocks()) {
    names.push_back(block.name + " " + block.shape.to_string() + " " +
                    std::to_string(block.offset));
  }
  EXPECT_EQ(names, (std::vector<std::string>{"W1 (784, 50) 0", "b1 (50,) 39200",
                                             "W2 (50, 10) 39250", "b2 (10,) 39750"}));
  EXPECT_EQ(network.num_parameters(), 39760U);
  ASSERT_EQ(network.num_layers(), 2U);
  EXPECT_EQ(network.weights(0).name, "W1");
  EXPECT_EQ(network.bias(0).name, "b1");
  EXPECT_EQ(network.weights(1).name, "W2");
  EXPECT_EQ(network.bias(1).name, "b2");
}

TEST(Network, ComputesByHand) {
  // Two inputs, two relu neurons, one output pair: small enough to follow.
  const Network<double> network({.layer_sizes = {2, 2, 2}, .activation = "relu"});
  const std::vector<double> parameters = {1,    -1,   2, 1,  // W1
                                          0.5,  -4,          // b1
                                          1,    2,    3, 4,  // W2
                                          0.25, -0.25};      // b2
  const std::vector<double> x = {3, 1};  // x W1 + b1 = (5.5, -6), relu gives (5.5, 0)
  Team team;
  Workspace<double> workspace(network, 1);
  const auto scores =
      network.forward(parameters, MatrixView<const double>(x.data(), 1, 2), workspace, team);
  EXPECT_EQ(scores(0, 0), 5.75);
  EXPECT_EQ(scores(0, 1), 10.75);
}

TEST(Network, KeepsTheGradientOfWhatEachLayerGives) {
  const Network<double> network({.layer_sizes = {2, 2, 2}, .activation = "relu"});
  const std::vector<double> parameters = {1, -1, 2, 1, 0.5, -4, 1, 2, 3, 4, 0.25, -0.25};
  const std::vector<double> x = {3, 1};  // the second neuron gives 0, as above
  const Input<double> input = MatrixView<const double>(x.data(), 1, 2);
  Team team;
  Workspace<double> workspace(network, 1);
  network.forward(parameters, input, workspace, team);
  workspace.d_scores()(0, 0) = 1;
  workspace.d_scores()(0, 1) = -2;
  std::vector<double> gradient(network.num_parameters());
  network.backward(parameters, input, workspace, gradient, team);
  EXPECT_EQ(workspace.d_pre_activation(1)(0, 1), -2);
  EXPECT_EQ(workspace.d_hidden_output(0)(0, 0), -3);  // 1 * 1 - 2 * 2
  EXPECT_EQ(workspace.d_hidden_output(0)(0, 1), -5);  // 1 * 3 - 2 * 4
  EXPECT_EQ(workspace.d_pre_activation(0)(0, 0), -3);
  EXPECT_EQ(workspace.d_pre_activation(0)(0, 1), 0);
}

TEST(Network, CanBeOneAffineLayer) {
  const Network<double> network({.layer_sizes = {2, 3}});
  EXPECT_EQ(network.num_parameters(), 9U);
}

template <class Call>
std::string message_of(Call call) {
  try {
    call();
  } catch (const Error& error) {
    return error.what();
  }
  return "nothing was thrown";
}

TEST(Network, SaysWhatIsWrongWithItsLayers) {
  EXPECT_EQ(
      message_of([] { Network<float>({.layer_sizes = {784}}); }),
      "Network: layer sizes are 784, expected at least two, each at least 1, as in 784,50,10");
  EXPECT_EQ(
      message_of([] {
        Network<float>({.layer_sizes = {784, 0, 10}});
      }),
      "Network: layer sizes are 784,0,10, expected at least two, each at least 1, as in 784,50,10");
  EXPECT_EQ(message_of([] { Network<float>({.activation = "sigmoyd"}); }),
            "unknown activation \"sigmoyd\"; did you mean sigmoid?");
}

TEST(Network, RefusesSizesThatNoMemoryCanHold) {
  EXPECT_EQ(
      message_of([] {
        Network<float>({.layer_sizes = {2, std::size_t{1} << 60, 2}});
      }),
      "Network: layer sizes are 2,1152921504606846976,2, expected at most 68719476736 weights "
      "in one layer");
}

TEST(Network, SaysWhichShapeItExpects) {
  const Network<float> network({.layer_sizes = {784, 50, 10}});
  const std::vector<float> parameters(network.num_parameters());
  const std::vector<float> x(2 * 784);
  Team team;
  Workspace<float> workspace(network, 1);
  const auto forward = [&](std::span<const float> p, std::size_t rows, std::size_t cols) {
    return message_of([&] {
      network.forward(p, MatrixView<const float>(x.data(), rows, cols), workspace, team);
    });
  };
  EXPECT_EQ(forward(parameters, 1, 783),
            "Network.forward: input has 783 columns, the first layer expects 784");
  EXPECT_EQ(forward(parameters, 2, 784),
            "Network.forward: got 2 rows, the workspace has room for 1");
  EXPECT_EQ(forward(std::span(parameters).first(5), 1, 784),
            "Network.forward: got 5 parameters, expected 39760");
}

/// Mean and standard deviation of the weights W1 of a 1000-500-2 network.
std::pair<double, double> moments_of_first_weights(const InitializerOptions& options) {
  const Network<double> network({.layer_sizes = {1000, 500, 2}});
  std::vector<double> parameters(network.num_parameters());
  initialize<double>(network, options, 1, parameters);
  const auto weights = network.blocks()[0].of(std::span(parameters));
  double sum = 0;
  double sum_of_squares = 0;
  for (const double weight : weights) {
    sum += weight;
    sum_of_squares += weight * weight;
  }
  const double n = static_cast<double>(weights.size());
  return {sum / n, std::sqrt(sum_of_squares / n)};
}

TEST(Initialize, DrawsWeightsWithTheDeviationItsFormulaGives) {
  // With 500,000 draws the standard error of the deviation is 0.1 %, that of the mean 0.14 % of a
  // deviation; five of them are allowed.
  const auto expect = [](const InitializerOptions& options, double deviation) {
    const auto [mean, found] = moments_of_first_weights(options);
    EXPECT_NEAR(found, deviation, 0.005 * deviation) << options.id;
    EXPECT_NEAR(mean, 0, 0.007 * deviation) << options.id;
  };
  expect({.id = "normal", .standard_deviation = 0.01}, 0.01);
  expect({.id = "normal", .standard_deviation = 2}, 2);
  expect({.id = "xavier"}, std::sqrt(2.0 / 1500));
  expect({.id = "he"}, std::sqrt(2.0 / 1000));
}

TEST(Initialize, LeavesBiasesAtZero) {
  const Network<float> network({.layer_sizes = {4, 3, 2}});
  std::vector<float> parameters(network.num_parameters(), 7);
  initialize<float>(network, {}, 1, parameters);
  for (const ParameterBlock& block : network.blocks()) {
    for (const float value : block.of(std::span<const float>(parameters))) {
      EXPECT_EQ(value == 0, !block.is_weight()) << block.name;
    }
  }
}

TEST(Initialize, GivesFloatTheNumbersOfDoubleRounded) {
  const Network<double> exact({.layer_sizes = {4, 3, 2}});
  const Network<float> rounded({.layer_sizes = {4, 3, 2}});
  std::vector<double> p(exact.num_parameters());
  std::vector<float> q(rounded.num_parameters());
  initialize<double>(exact, {.id = "he"}, 9, p);
  initialize<float>(rounded, {.id = "he"}, 9, q);
  for (std::size_t i = 0; i < p.size(); ++i) {
    EXPECT_EQ(q[i], static_cast<float>(p[i]));
  }
}

TEST(Initialize, DependsOnTheSeedAlone) {
  const Network<float> network({.layer_sizes = {4, 3, 2}});
  std::vector<float> first(network.num_parameters());
  std::vector<float> same(network.num_parameters());
  std::vector<float> other(network.num_parameters());
  initialize<float>(network, {}, 1, first);
  initialize<float>(network, {}, 1, same);
  initialize<float>(network, {}, 2, other);
  EXPECT_EQ(first, same);
  EXPECT_NE(first, other);
}

}  // namespace
}  // namespace gradus

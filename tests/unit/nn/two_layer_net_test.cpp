// SPDX-License-Identifier: MIT
#include "gradus/nn/two_layer_net.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/core/random.hpp"

namespace gradus {
namespace {

/// Rows of numbers between 0 and 1, like pixels, with labels.
struct Batch {
  Array<double> x;
  std::vector<Label> labels;
};

Batch random_batch(std::size_t num_rows, std::size_t num_inputs, std::uint32_t num_classes) {
  Random random(3, Stream::sampling);
  Batch batch{Array<double>(Shape{num_rows, num_inputs}), {}};
  for (double& value : batch.x.elements()) {
    value = random.uniform();
  }
  for (std::size_t b = 0; b < num_rows; ++b) {
    batch.labels.push_back(random.below(num_classes));
  }
  return batch;
}

TEST(TwoLayerNet, HasTheTextbooksParameters) {
  const TwoLayerNet net;
  EXPECT_EQ(net.parameters().size(), 39760U);
  EXPECT_EQ(net.blocks()[0].shape, (Shape{784, 50}));
  EXPECT_EQ(net.blocks()[1].shape, (Shape{50}));
  EXPECT_EQ(net.blocks()[2].shape, (Shape{50, 10}));
  EXPECT_EQ(net.blocks()[3].shape, (Shape{10}));
}

TEST(TwoLayerNet, StartsNoBetterThanGuessing) {
  const Batch batch = random_batch(100, 784, 10);
  const TwoLayerNet net;
  EXPECT_NEAR(net.loss(batch.x.matrix(), batch.labels), std::log(10), 0.02);
}

TEST(TwoLayerNet, PredictsProbabilities) {
  const Batch batch = random_batch(5, 784, 10);
  const Array<double> p = TwoLayerNet().predict(batch.x.matrix());
  EXPECT_EQ(p.shape(), (Shape{5, 10}));
  for (std::size_t b = 0; b < 5; ++b) {
    double sum = 0;
    for (const double probability : p.matrix().row(b)) {
      EXPECT_GT(probability, 0);
      sum += probability;
    }
    EXPECT_NEAR(sum, 1, 1e-15);
  }
}

TEST(TwoLayerNet, CountsAccuracyByTheLargestProbability) {
  const Batch batch = random_batch(20, 784, 10);
  const TwoLayerNet net;
  const Array<double> p = net.predict(batch.x.matrix());
  std::vector<Label> predicted;
  for (std::size_t b = 0; b < 20; ++b) {
    const auto row = p.matrix().row(b);
    predicted.push_back(static_cast<Label>(std::max_element(row.begin(), row.end()) - row.begin()));
  }
  EXPECT_EQ(net.accuracy(batch.x.matrix(), predicted), 1);
  predicted[7] = (predicted[7] + 1) % 10;
  EXPECT_EQ(net.accuracy(batch.x.matrix(), predicted), 0.95);
}

/// Largest difference between the two gradients of each block, relative to the block's norm.
void expect_gradients_agree(const TwoLayerNet& net, const Batch& batch, double bound) {
  const auto analytic = net.gradient(batch.x.matrix(), batch.labels);
  const auto numerical = net.numerical_gradient(batch.x.matrix(), batch.labels);
  for (const ParameterBlock& block : net.blocks()) {
    const auto a = block.of(std::span<const double>(analytic));
    const auto n = block.of(std::span<const double>(numerical));
    double difference = 0;
    double norm = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
      difference += (a[i] - n[i]) * (a[i] - n[i]);
      norm += a[i] * a[i];
    }
    EXPECT_LT(std::sqrt(difference / norm), bound) << block.name;
  }
}

TEST(TwoLayerNet, HasNumericalAndAnalyticGradientsThatAgree) {
  // The loss differentiated is the loss computed, with its delta, so only the truncation of the
  // central difference is left: h^2 / 6 = 2e-9, times third derivatives that are up to 30 times the
  // first. The (y - t) / B of the books would be 5e-7 away.
  const TwoLayerNet small({.input_size = 12, .hidden_size = 8, .output_size = 5, .seed = 4});
  expect_gradients_agree(small, random_batch(10, 12, 5), 1e-7);
}

TEST(TwoLayerNet, AgreesInAllOfItsParametersInFullSize) {
  // 79,520 losses of one image.
  expect_gradients_agree(TwoLayerNet(), random_batch(1, 784, 10), 1e-7);
}

TEST(TwoLayerNet, LearnsABatchByTheFourStepsOfTheTextbook) {
  const Batch batch = random_batch(10, 12, 5);
  TwoLayerNet net({.input_size = 12, .hidden_size = 8, .output_size = 5});
  const double before = net.loss(batch.x.matrix(), batch.labels);
  for (int iteration = 0; iteration < 20; ++iteration) {
    const auto gradient = net.gradient(batch.x.matrix(), batch.labels);
    for (std::size_t i = 0; i < gradient.size(); ++i) {
      net.parameters()[i] -= 0.1 * gradient[i];
    }
  }
  EXPECT_LT(net.loss(batch.x.matrix(), batch.labels), before);
}

TEST(TwoLayerNet, RefusesWhatDoesNotFit) {
  const Batch batch = random_batch(3, 784, 10);
  const TwoLayerNet net;
  EXPECT_THROW(static_cast<void>(net.loss(batch.x.matrix(), std::vector<Label>{1, 2})), ShapeError);
  EXPECT_THROW(static_cast<void>(net.loss(batch.x.matrix(), std::vector<Label>{1, 2, 10})),
               ValueError);
  EXPECT_THROW(static_cast<void>(net.accuracy({}, {})), ShapeError);
}

}  // namespace
}  // namespace gradus

// SPDX-License-Identifier: MIT
// The textbook's two-layer network on built-in digits. Its gradient is computed in two ways: from
// 15,920 losses, and by backpropagation, which takes about three. Then the network learns in four
// steps: draw a mini-batch, compute the gradient, update, repeat.
//
// Prints how far the two gradients are apart in each array of parameters, at most; the loss of some
// mini-batches; and the share of new images that are read correctly.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>
#include <variant>
#include <vector>

#include "gradus/data/batches.hpp"
#include "gradus/data/digits.hpp"
#include "gradus/data/input_source.hpp"
#include "gradus/nn/two_layer_net.hpp"

int main() {
  gradus::Team team(2);
  const gradus::Dataset digits = gradus::make_digits({.num_train = 5000, .num_test = 1000}, team);
  gradus::InputSource<double> train(digits.train, 1.0 / 255, gradus::InputForm::dense);
  gradus::InputSource<double> test(digits.test, 1.0 / 255, gradus::InputForm::dense);
  using Images = gradus::MatrixView<const double>;  // (B, 784): one in each row

  gradus::TwoLayerNet net({.hidden_size = 10});
  const std::vector<std::uint32_t> few = {0, 1, 2, 3, 4};
  const auto x = std::get<Images>(train.rows(few));
  const std::vector<double> numerical = net.numerical_gradient(x, train.labels(few));
  const std::vector<double> backprop = net.gradient(x, train.labels(few));
  for (const gradus::ParameterBlock& block : net.blocks()) {
    double gap = 0;
    for (std::size_t i = block.offset; i < block.offset + block.size(); ++i) {
      gap = std::max(gap, std::abs(numerical[i] - backprop[i]));
    }
    std::printf("%s  gradients apart by %.0e\n", block.name.c_str(), gap);
  }

  gradus::Batches batches({.num_samples = 5000, .batch_size = 100});
  std::printf("\n");
  for (std::size_t iteration = 0; iteration < 1000; ++iteration) {
    const auto drawn = batches.at(iteration);
    const auto images = std::get<Images>(train.rows(drawn));
    const auto labels = train.labels(drawn);
    if (iteration % 200 == 0) {
      std::printf("iteration %3zu  loss %.3f\n", iteration, net.loss(images, labels));
    }
    const std::vector<double> gradient = net.gradient(images, labels);
    for (std::size_t i = 0; i < gradient.size(); ++i) {
      net.parameters()[i] -= 0.5 * gradient[i];  // 0.5 is the learning rate
    }
  }

  std::vector<std::uint32_t> all(1000);
  std::iota(all.begin(), all.end(), 0U);
  std::printf("\n%.0f %% of the test images\n",
              100 * net.accuracy(std::get<Images>(test.rows(all)), test.labels(all)));
}

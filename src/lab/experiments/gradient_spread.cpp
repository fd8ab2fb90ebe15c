// SPDX-License-Identifier: MIT
#include "gradient_spread.hpp"

#include <array>
#include <cmath>
#include <span>

#include "gradus/core/numbers_below.hpp"
#include "gradus/core/parallel.hpp"
#include "gradus/data/batches.hpp"
#include "gradus/data/digits.hpp"
#include "gradus/data/input_source.hpp"
#include "gradus/loss/softmax_cross_entropy.hpp"
#include "gradus/math/norm.hpp"
#include "gradus/nn/initialize.hpp"
#include "gradus/nn/network.hpp"
#include "gradus/train/trainer.hpp"

namespace gradus {
namespace {

constexpr std::array<std::size_t, 5> batch_sizes{1, 4, 16, 64, 256};

/// The gradient of the loss of any batch, always at the same weights.
class BatchGradient {
 public:
  BatchGradient(const Samples& images, std::uint64_t seed)
      : network_({.layer_sizes = {num_digit_pixels, num_digit_classes}}),
        source_(images, input_scale(images), choose_input_form(images)),
        workspace_(network_, images.num_samples()),
        weights_(network_.num_parameters()),
        gradient_(network_.num_parameters()) {
    initialize<double>(network_, {}, seed, weights_);
  }

  /// Valid until the next call.
  std::span<const double> at(std::span<const std::uint32_t> batch) {
    const Input<double> x = source_.rows(batch);
    const MatrixView<const double> scores = network_.forward(weights_, x, workspace_, team_);
    loss_.value_and_gradient(scores, source_.labels(batch), workspace_.d_scores());
    network_.backward(weights_, x, workspace_, gradient_, team_);
    return gradient_;
  }

 private:
  Network<double> network_;
  InputSource<double> source_;
  Workspace<double> workspace_;
  SoftmaxCrossEntropy<double> loss_;
  Team team_{1};
  std::vector<double> weights_;
  std::vector<double> gradient_;
};

double squared_distance(std::span<const double> a, std::span<const double> b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    sum += (a[i] - b[i]) * (a[i] - b[i]);
  }
  return sum;
}

}  // namespace

double GradientSpread::expected(std::size_t batch_size) const {
  return of_singles / std::sqrt(static_cast<double>(batch_size));
}

GradientSpread gradient_spread(const Samples& images, std::uint64_t seed) {
  const std::size_t count = images.num_samples();
  BatchGradient gradient(images, seed);
  const std::vector<std::uint32_t> all = numbers_below<std::uint32_t>(count);
  const std::span<const double> found = gradient.at(all);
  const std::vector<double> whole(found.begin(), found.end());
  const double length = euclidean_norm(whole);

  GradientSpread spread;
  double sum = 0;
  for (const std::uint32_t& image : all) {
    sum += squared_distance(gradient.at(std::span(&image, 1)), whole);
  }
  spread.of_singles = std::sqrt(sum / static_cast<double>(count)) / length;
  for (const std::size_t batch_size : batch_sizes) {
    if (batch_size > count) {
      break;
    }
    Batches batches({.num_samples = count, .batch_size = batch_size, .seed = seed});
    sum = 0;
    for (std::uint64_t i = 0; i < num_spread_batches; ++i) {
      sum += squared_distance(gradient.at(batches.at(i)), whole);
    }
    spread.of_batches.push_back({batch_size, std::sqrt(sum / num_spread_batches) / length});
  }
  return spread;
}

}  // namespace gradus

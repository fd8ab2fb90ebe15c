// SPDX-License-Identifier: MIT
#include "gradus/nn/simple_net.hpp"

#include <utility>

#include "gradus/core/error.hpp"
#include "gradus/core/random.hpp"
#include "gradus/data/one_hot.hpp"
#include "gradus/diff/numerical.hpp"
#include "gradus/loss/cross_entropy_error.hpp"
#include "gradus/math/matmul.hpp"
#include "gradus/math/softmax.hpp"

namespace gradus {
namespace {

const Shape weights_shape{2, 3};

std::vector<double> scores_of(std::span<const double> x, MatrixView<const double> weights) {
  std::vector<double> scores(weights.num_cols());
  Team team;
  matmul_into<double>({x.data(), 1, x.size()}, weights, {scores.data(), 1, scores.size()}, team);
  return scores;
}

std::vector<double> probabilities_of(std::span<const double> x, MatrixView<const double> weights) {
  std::vector<double> p = scores_of(x, weights);
  softmax_into<double>(p, p);
  return p;
}

}  // namespace

SimpleNet::SimpleNet(std::uint64_t seed) : weights_(weights_shape) {
  Random random(seed, Stream::initialization);
  for (double& weight : weights_.elements()) {
    weight = random.normal();
  }
}

SimpleNet::SimpleNet(Array<double> weights) : weights_(std::move(weights)) {
  if (weights_.shape() != weights_shape) {
    throw ShapeError("SimpleNet: weights have shape " + weights_.shape().to_string() +
                     ", expected " + weights_shape.to_string());
  }
}

std::vector<double> SimpleNet::predict(std::span<const double> x) const {
  return scores_of(x, weights_.matrix());
}

double SimpleNet::loss(std::span<const double> x, std::span<const double> t) const {
  return cross_entropy_error(probabilities_of(x, weights_.matrix()), t);
}

Array<double> SimpleNet::numerical_gradient(std::span<const double> x,
                                            std::span<const double> t) const {
  std::vector<double> point(weights_.elements().begin(), weights_.elements().end());
  const auto loss_at = [&](std::span<const double> weights) {
    return cross_entropy_error(probabilities_of(x, {weights.data(), 2, 3}), t);
  };
  return {weights_shape, gradus::numerical_gradient(loss_at, point)};
}

Array<double> SimpleNet::gradient(std::span<const double> x, std::span<const double> t) const {
  const std::vector<Label> label = labels_of({t.data(), 1, t.size()});
  const std::vector<double> p = probabilities_of(x, weights_.matrix());
  const MatrixView<const double> p_row(p.data(), 1, p.size());
  std::vector<double> d_scores(p.size());
  const MatrixView<double> d_row(d_scores.data(), 1, d_scores.size());
  cross_entropy_error_gradient_into(p_row, label, d_row);
  softmax_backward_into<double>(p_row, d_row, d_row);

  Array<double> d_weights(weights_shape);
  Team team;
  matmul_transposed_a_into<double>({x.data(), 1, x.size()}, d_row, d_weights.matrix(), team);
  return d_weights;
}

}  // namespace gradus

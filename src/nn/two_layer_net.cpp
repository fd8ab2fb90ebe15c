// SPDX-License-Identifier: MIT
#include "gradus/nn/two_layer_net.hpp"

#include <algorithm>

#include "gradus/core/error.hpp"
#include "gradus/diff/numerical.hpp"
#include "gradus/loss/cross_entropy_error.hpp"
#include "gradus/math/softmax.hpp"
#include "gradus/nn/initialize.hpp"

namespace gradus {
namespace {

Array<double> to_probabilities(MatrixView<const double> scores) {
  Array<double> p(Shape{scores.num_rows(), scores.num_cols()});
  softmax_into<double>(scores, p.matrix());
  return p;
}

}  // namespace

TwoLayerNet::TwoLayerNet(const TwoLayerNetOptions& options)
    : network_({.layer_sizes = {options.input_size, options.hidden_size, options.output_size},
                .activation = "sigmoid"}),
      parameters_(network_.num_parameters()) {
  initialize<double>(network_, {.id = "normal", .standard_deviation = options.weight_init_std},
                     options.seed, parameters_);
}

Array<double> TwoLayerNet::predict(MatrixView<const double> x) const {
  Team team;
  Workspace<double> workspace(network_, x.num_rows());
  return to_probabilities(network_.forward(parameters_, x, workspace, team));
}

double TwoLayerNet::loss(MatrixView<const double> x, std::span<const Label> labels) const {
  return cross_entropy_error(predict(x).matrix(), labels);
}

double TwoLayerNet::accuracy(MatrixView<const double> x, std::span<const Label> labels) const {
  if (x.num_rows() == 0 || labels.size() != x.num_rows()) {
    throw ShapeError("TwoLayerNet.accuracy: expected at least one row and a label for each");
  }
  const Array<double> p = predict(x);
  std::size_t num_correct = 0;
  for (std::size_t b = 0; b < labels.size(); ++b) {
    const auto row = p.matrix().row(b);
    const auto best = std::max_element(row.begin(), row.end()) - row.begin();
    num_correct += static_cast<std::size_t>(static_cast<Label>(best) == labels[b]);
  }
  return static_cast<double>(num_correct) / static_cast<double>(labels.size());
}

std::vector<double> TwoLayerNet::numerical_gradient(MatrixView<const double> x,
                                                    std::span<const Label> labels) const {
  Team team;
  Workspace<double> workspace(network_, x.num_rows());
  std::vector<double> point = parameters_;
  const auto loss_at = [&](std::span<const double> parameters) {
    const auto p = to_probabilities(network_.forward(parameters, x, workspace, team));
    return cross_entropy_error(p.matrix(), labels);
  };
  return gradus::numerical_gradient(loss_at, point);
}

std::vector<double> TwoLayerNet::gradient(MatrixView<const double> x,
                                          std::span<const Label> labels) const {
  Team team;
  Workspace<double> workspace(network_, x.num_rows());
  const auto p = to_probabilities(network_.forward(parameters_, x, workspace, team));
  const MatrixView<double> d_scores = workspace.d_scores();
  cross_entropy_error_gradient_into(p.matrix(), labels, d_scores);
  softmax_backward_into<double>(p.matrix(), d_scores, d_scores);
  std::vector<double> gradient(parameters_.size());
  network_.backward(parameters_, x, workspace, gradient, team);
  return gradient;
}

}  // namespace gradus

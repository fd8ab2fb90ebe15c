// SPDX-License-Identifier: MIT
#include "gradus/nn/network.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "gradus/core/error.hpp"
#include "gradus/nn/activations.hpp"

namespace gradus {
namespace {

// More weights in one layer fit in no machine we know; below it no sum of sizes can overflow.
constexpr std::size_t max_num_weights = std::size_t{1} << 36;

NetworkOptions checked(NetworkOptions options) {
  const auto& sizes = options.layer_sizes;
  if (sizes.size() < 2 || std::count(sizes.begin(), sizes.end(), std::size_t{0}) > 0) {
    throw ValueError(fmt::format(
        "Network: layer sizes are {}, expected at least two, each at least 1, as in 784,50,10",
        sizes.empty() ? "missing" : fmt::format("{}", fmt::join(sizes, ","))));
  }
  for (std::size_t i = 1; i < sizes.size(); ++i) {
    const auto num_weights = checked_product(sizes[i - 1], sizes[i]);
    if (!num_weights || *num_weights > max_num_weights) {
      throw ValueError(
          fmt::format("Network: layer sizes are {}, expected at most {} weights in "
                      "one layer",
                      fmt::join(sizes, ","), max_num_weights));
    }
  }
  return options;
}

}  // namespace

template <Real T>
Network<T>::Network(NetworkOptions options)
    : options_(checked(std::move(options))),
      first_(options_.layer_sizes[0], options_.layer_sizes[1]),
      num_parameters_(first_.num_parameters()) {
  const auto& activation = activations<T>().find(options_.activation);
  for (std::size_t i = 1; i + 1 < options_.layer_sizes.size(); ++i) {
    append(activation.make(options_.layer_sizes[i]));
    append(std::make_unique<Affine<T>>(options_.layer_sizes[i], options_.layer_sizes[i + 1]));
  }
  name_parameters();
}

template <Real T>
void Network<T>::append(std::unique_ptr<const Layer<T>> layer) {
  rest_offsets_.push_back(num_parameters_ - first_.num_parameters());
  num_parameters_ += layer->num_parameters();
  rest_.push_back(std::move(layer));
}

template <Real T>
void Network<T>::name_parameters() {
  const auto& sizes = options_.layer_sizes;
  std::size_t offset = 0;
  for (std::size_t i = 1; i < sizes.size(); ++i) {
    blocks_.push_back({fmt::format("W{}", i), Shape{sizes[i - 1], sizes[i]}, offset});
    offset += sizes[i - 1] * sizes[i];
    blocks_.push_back({fmt::format("b{}", i), Shape{sizes[i]}, offset});
    offset += sizes[i];
  }
}

template <Real T>
MatrixView<const T> Network<T>::forward(std::span<const T> parameters, const Input<T>& x,
                                        Workspace<T>& workspace, Team& team) const {
  if (num_cols(x) != num_inputs()) {
    throw ShapeError(
        fmt::format("Network.forward: input has {} columns, the first layer expects {}",
                    num_cols(x), num_inputs()));
  }
  if (num_rows(x) > workspace.max_rows()) {
    throw ShapeError(fmt::format("Network.forward: got {} rows, the workspace has room for {}",
                                 num_rows(x), workspace.max_rows()));
  }
  if (parameters.size() != num_parameters_) {
    throw ShapeError(fmt::format("Network.forward: got {} parameters, expected {}",
                                 parameters.size(), num_parameters_));
  }
  workspace.begin(num_rows(x));
  first_.forward_input(parameters.first(first_.num_parameters()), x,
                       workspace.first_output(workspace.all_rows()), workspace.passes_,
                       workspace.sparse_memory_, team);
  forward_behind_first_layer(parameters.subspan(first_.num_parameters()), workspace,
                             workspace.all_rows(), team);
  return workspace.scores();
}

template <Real T>
void Network<T>::forward_behind_first_layer(std::span<const T> parameters, Workspace<T>& workspace,
                                            RowRange rows, Team& team) const {
  for (std::size_t i = 0; i < rest_.size(); ++i) {
    rest_[i]->forward(parameters.subspan(rest_offsets_[i], rest_[i]->num_parameters()),
                      workspace.output(i, rows), workspace.output(i + 1, rows), team);
  }
}

template <Real T>
void Network<T>::backward(std::span<const T> parameters, const Input<T>& x, Workspace<T>& workspace,
                          std::span<T> d_parameters, Team& team) const {
  if (d_parameters.size() != num_parameters_) {
    throw ShapeError(fmt::format("Network.backward: gradient has {} elements, expected {}",
                                 d_parameters.size(), num_parameters_));
  }
  const std::size_t num_first = first_.num_parameters();
  backward_to_first_layer(parameters.subspan(num_first), workspace, workspace.all_rows(),
                          d_parameters.subspan(num_first), team);
  first_.backward_input(x, workspace.d_output_of(0), d_parameters.first(num_first),
                        workspace.sparse_memory_, team);
}

template <Real T>
void Network<T>::descend(std::span<T> parameters, MatrixView<const T> x, Workspace<T>& workspace,
                         T learning_rate, T kept_weight, Team& team) const {
  const GradientTarget<T> target{.values = parameters,
                                 .weights = {.keep = kept_weight, .scale = -learning_rate},
                                 .biases = {.keep = 1, .scale = -learning_rate}};
  const std::size_t num_first = first_.num_parameters();
  const std::size_t num_rest = num_parameters_ - num_first;
  backward_rest(parameters.subspan(num_first), workspace, workspace.all_rows(),
                target.part(num_first, num_rest), team);
  first_.backward_parameters(x, workspace.d_output_of(0), target.part(0, num_first), team);
}

template <Real T>
void Network<T>::backward_to_first_layer(std::span<const T> parameters, Workspace<T>& workspace,
                                         RowRange rows, std::span<T> d_parameters,
                                         Team& team) const {
  backward_rest(parameters, workspace, rows, {d_parameters}, team);
}

template <Real T>
void Network<T>::backward_rest(std::span<const T> parameters, Workspace<T>& workspace,
                               RowRange rows, const GradientTarget<T>& d_parameters,
                               Team& team) const {
  for (std::size_t i = rest_.size(); i-- > 0;) {
    const std::size_t count = rest_[i]->num_parameters();
    rest_[i]->backward(parameters.subspan(rest_offsets_[i], count),
                       {.x = workspace.output(i, rows),
                        .y = workspace.output(i + 1, rows),
                        .d_y = workspace.d_output(i + 1, rows),
                        .d_x = workspace.d_output(i, rows)},
                       d_parameters.part(rest_offsets_[i], count), team);
  }
}

template <Real T>
Workspace<T>::Workspace(const Network<T>& network, std::size_t max_rows, Passes passes)
    : max_rows_(max_rows), passes_(passes) {
  widths_.push_back(network.first_.num_outputs());
  for (const auto& layer : network.rest_) {
    widths_.push_back(layer->num_outputs());
  }
  for (const std::size_t width : widths_) {
    outputs_.emplace_back(max_rows * width);
    if (passes == Passes::forward_and_backward) {
      d_outputs_.emplace_back(max_rows * width);
    }
  }
}

template class Network<float>;
template class Network<double>;
template class Workspace<float>;
template class Workspace<double>;

}  // namespace gradus

// SPDX-License-Identifier: MIT
#include "gradus/nn/network.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

#include "gradus/core/error.hpp"
#include "gradus/math/matmul.hpp"
#include "gradus/nn/activations.hpp"
#include "later_layers.hpp"
#include "math/sparse_products.hpp"
#include "parameter_blocks.hpp"

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
  for_each_parameter_block(options_.layer_sizes,
                           [this](ParameterBlock block) { blocks_.push_back(std::move(block)); });
  const auto& activation = activations<T>().find(options_.activation);
  for (std::size_t i = 1; i + 1 < options_.layer_sizes.size(); ++i) {
    append(activation.make(options_.layer_sizes[i]));
    append(std::make_unique<Affine<T>>(options_.layer_sizes[i], options_.layer_sizes[i + 1]));
  }
}

template <Real T>
void Network<T>::append(std::unique_ptr<const Layer<T>> layer) {
  rest_offsets_.push_back(num_parameters_ - first_.num_parameters());
  num_parameters_ += layer->num_parameters();
  rest_.push_back(std::move(layer));
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
  const std::size_t num_first = first_.num_parameters();
  LaterLayers<T> later(*this, workspace);
  later.begin(num_rows(x));
  forward_first(parameters.first(num_first), x, workspace, team);
  later.forward(parameters.subspan(num_first), later.all_rows(), team);
  return workspace.scores();
}

template <Real T>
void Network<T>::forward_first(std::span<const T> parameters, const Input<T>& x,
                               Workspace<T>& workspace, Team& team) const {
  const MatrixView<T> y(workspace.outputs_[0].data(), num_rows(x), first_.num_outputs());
  if (const auto* sparse = std::get_if<SparseBatch<T>>(&x)) {
    auto& [panels, lists] = *workspace.sparse_memory_;
    const bool goes_back = workspace.passes_ == Passes::forward_and_backward;
    sparse_affine_into<T>(*sparse, first_.weights(parameters), first_.bias(parameters), y, panels,
                          goes_back ? &lists : nullptr, team);
  } else {
    first_.forward(parameters, std::get<MatrixView<const T>>(x), y, team);
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
  LaterLayers<T> later(*this, workspace);
  later.backward(parameters.subspan(num_first), later.all_rows(), {d_parameters.subspan(num_first)},
                 team);
  backward_first(parameters.first(num_first), x, workspace, d_parameters.first(num_first), team);
}

template <Real T>
void Network<T>::backward_first(std::span<const T> parameters, const Input<T>& x,
                                Workspace<T>& workspace, std::span<T> d_parameters,
                                Team& team) const {
  const MatrixView<const T> d_y = workspace.d_pre_activation(0);
  if (const auto* sparse = std::get_if<SparseBatch<T>>(&x)) {
    auto& [panels, lists] = *workspace.sparse_memory_;
    sparse_transposed_product_into<T>(lists, *sparse->byte_values, d_y,
                                      first_.weights(d_parameters), panels, team);
    sum_rows_into<T>(d_y, first_.bias(d_parameters));
  } else {
    const auto& dense = std::get<MatrixView<const T>>(x);
    first_.backward(parameters, {.x = dense, .y = {}, .d_y = d_y, .d_x = {}}, {d_parameters}, team);
  }
}

template <Real T>
void Network<T>::descend(std::span<T> parameters, MatrixView<const T> x, Workspace<T>& workspace,
                         T learning_rate, T kept_weight, Team& team) const {
  const GradientTarget<T> target{.values = parameters,
                                 .weights = {.keep = kept_weight, .scale = -learning_rate},
                                 .biases = {.keep = 1, .scale = -learning_rate}};
  const std::size_t num_first = first_.num_parameters();
  LaterLayers<T> later(*this, workspace);
  later.backward(parameters.subspan(num_first), later.all_rows(),
                 target.part(num_first, num_parameters_ - num_first), team);
  first_.backward(parameters.first(num_first),
                  {.x = x, .y = {}, .d_y = workspace.d_pre_activation(0), .d_x = {}},
                  target.part(0, num_first), team);
}

/// What the first layer works with when its input is sparse rows.
template <Real T>
struct Workspace<T>::SparseMemory {
  ColumnPanels<T> panels;
  ColumnLists lists;
};

template <Real T>
Workspace<T>::Workspace(const Network<T>& network, std::size_t max_rows, Passes passes)
    : max_rows_(max_rows), passes_(passes), sparse_memory_(std::make_unique<SparseMemory>()) {
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

template <Real T>
Workspace<T>::~Workspace() = default;

template class Network<float>;
template class Network<double>;
template class Workspace<float>;
template class Workspace<double>;

}  // namespace gradus

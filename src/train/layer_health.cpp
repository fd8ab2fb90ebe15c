// SPDX-License-Identifier: MIT
#include "gradus/train/layer_health.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "gradus/nn/activations.hpp"

namespace gradus {
namespace {

constexpr double flat_share_of_largest_slope = 1.0 / 250;

/// dy/dx of each element; elementwise activations only.
template <Real T>
std::vector<T> slopes_at(const Activation<T>& activation, MatrixView<const T> x,
                         MatrixView<const T> y, Team& team) {
  const std::vector<T> ones(x.num_elements(), T{1});
  std::vector<T> slopes(x.num_elements());
  activation.backward({},
                      {.x = x,
                       .y = y,
                       .d_y = {ones.data(), x.num_rows(), x.num_cols()},
                       .d_x = {slopes.data(), x.num_rows(), x.num_cols()}},
                      {}, team);
  std::transform(slopes.begin(), slopes.end(), slopes.begin(),
                 [](T slope) { return std::abs(slope); });
  return slopes;
}

/// Where an activation is flat.
struct Ends {
  std::size_t num_flat = 0;
  double largest_slope = 0;
};

template <Real T>
Ends ends_of(const ActivationEntry<T>& entry, Team& team) {
  // From one end, far out, past 0, where the slope of what has one is largest, to the other.
  constexpr std::array<T, 5> x{-100, -1, 0, 1, 100};
  std::array<T, x.size()> y{};
  const MatrixView<const T> inputs(x.data(), 1, x.size());
  const auto activation = entry.make(x.size());
  if (!activation->is_elementwise()) {
    return {};
  }
  activation->forward({}, inputs, {y.data(), 1, y.size()}, team);
  const auto slopes = slopes_at<T>(*activation, inputs, {y.data(), 1, y.size()}, team);
  const double largest = static_cast<double>(*std::max_element(slopes.begin(), slopes.end()));
  const auto is_flat = [&](T slope) {
    return static_cast<double>(slope) < flat_share_of_largest_slope * largest;
  };
  return {static_cast<std::size_t>(is_flat(slopes.front())) +
              static_cast<std::size_t>(is_flat(slopes.back())),
          largest};
}

template <Real T>
LayerHealth examine(const Ends& ends, const std::vector<T>& slopes, std::size_t num_samples) {
  LayerHealth health{.num_units = slopes.size() / num_samples, .num_samples = num_samples};
  if (ends.num_flat == 1) {
    for (std::size_t unit = 0; unit < health.num_units; ++unit) {
      std::size_t i = unit;
      while (i < slopes.size() && slopes[i] == 0) {
        i += health.num_units;
      }
      health.num_dead += i >= slopes.size() ? 1U : 0U;
    }
  } else if (ends.num_flat == 2) {
    const auto num_saturated = std::count_if(slopes.begin(), slopes.end(), [&](T slope) {
      return static_cast<double>(slope) < flat_share_of_largest_slope * ends.largest_slope;
    });
    health.saturated_share =
        static_cast<double>(num_saturated) / static_cast<double>(slopes.size());
  }
  return health;
}

}  // namespace

template <Real T>
std::vector<LayerHealth> examine_layers(const Network<T>& network, std::span<const T> parameters,
                                        InputSource<T>& source,
                                        std::span<const std::uint32_t> indices, Team& team) {
  const auto& entry = activations<T>().find(network.options().activation);
  const Ends ends = ends_of(entry, team);
  Workspace<T> workspace(network, indices.size(), Passes::forward);
  network.forward(parameters, source.rows(indices), workspace, team);
  std::vector<LayerHealth> layers;
  for (std::size_t layer = 0; layer + 1 < network.num_layers(); ++layer) {
    const MatrixView<const T> x = workspace.pre_activation(layer);
    const auto activation = entry.make(x.num_cols());
    const auto slopes = ends.num_flat == 0
                            ? std::vector<T>(x.num_elements(), T{1})
                            : slopes_at<T>(*activation, x, workspace.hidden_output(layer), team);
    layers.push_back(examine(ends, slopes, indices.size()));
  }
  return layers;
}

template std::vector<LayerHealth> examine_layers<float>(const Network<float>&,
                                                        std::span<const float>, InputSource<float>&,
                                                        std::span<const std::uint32_t>, Team&);
template std::vector<LayerHealth> examine_layers<double>(const Network<double>&,
                                                         std::span<const double>,
                                                         InputSource<double>&,
                                                         std::span<const std::uint32_t>, Team&);

}  // namespace gradus

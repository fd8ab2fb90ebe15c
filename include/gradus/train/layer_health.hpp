// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "gradus/core/parallel.hpp"
#include "gradus/data/input_source.hpp"
#include "gradus/nn/network.hpp"

namespace gradus {

/// How much of a hidden layer can still learn, judged by some samples.
struct LayerHealth {
  std::size_t num_units = 0;
  std::size_t num_samples = 0;

  /// Units whose activation has slope 0 for every sample: no gradient comes through. Counted for
  /// activations with one flat end, like relu.
  std::size_t num_dead = 0;

  /// Share of all outputs at which the slope is below 1/250 of the activation's largest: for
  /// sigmoid and tanh within 1/1000 of their range from an end (0.001 and 0.002). Counted for
  /// activations with two flat ends.
  double saturated_share = 0;
};

/// Looks at every hidden layer.
///
/// An activation is judged by its slopes, not by its name. One that has no slope at all (step) or
/// two steep ends (identity), or works on whole rows (softmax), can be neither dead nor saturated.
/// @param indices  at least one
/// @returns        one entry for each hidden layer, in order
/// Cost            one forward pass
template <Real T>
[[nodiscard]] std::vector<LayerHealth> examine_layers(const Network<T>& network,
                                                      std::span<const T> parameters,
                                                      InputSource<T>& source,
                                                      std::span<const std::uint32_t> indices,
                                                      Team& team);

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "gradus/core/parallel.hpp"
#include "gradus/data/input_source.hpp"
#include "gradus/loss/loss.hpp"
#include "gradus/nn/network.hpp"

namespace gradus {

/// What most likely made the numbers of a run overflow.
enum class DivergenceCause {
  start,         // no update was made yet: the first weights, or the inputs, are too large
  input_scale,   // inputs far from 0 make every step too long
  weight_decay,  // each step multiplies the weights by a number below -1
  learning_rate  // each step overshoots farther than the one before
};

[[nodiscard]] std::string_view to_string(DivergenceCause cause);

/// Where the numbers of a network stopped being finite, from the inputs to the loss.
struct Divergence {
  std::string where;  // "input", "W1", "b1", "hidden layer 1", "W2", ..., "scores" or "loss"
  std::size_t num_not_finite = 0;  // how many of its numbers are infinite or not a number
  std::size_t num_numbers = 0;     // of how many
  double largest_input = 0;        // |x|, of the finite ones
  double largest_parameter = 0;    // |W| or |b|, of the finite ones
  DivergenceCause cause = DivergenceCause::learning_rate;
};

/// Runs the network on these samples, as evaluate() would, and finds the first place where a number
/// is not finite: of each layer the weights, the biases, the output.
/// @param num_updates  made to the parameters so far
/// @returns  none when everything is finite, the loss included
/// Cost      a forward pass, up to the first batch that fails
template <Real T>
[[nodiscard]] std::optional<Divergence> find_divergence(const Network<T>& network,
                                                        std::span<const T> parameters,
                                                        const Loss<T>& loss, InputSource<T>& source,
                                                        std::span<const std::uint32_t> indices,
                                                        std::uint64_t num_updates, Team& team);

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <fmt/core.h>

#include <cstddef>
#include <span>
#include <string>
#include <utility>

#include "gradus/core/parameter_block.hpp"

namespace gradus {

/// Calls visit(block) for each array of a network, in their order: W1 b1 W2 b2 ...
/// @param layer_sizes  inputs, hidden layers ..., outputs
template <class Visit>
void for_each_parameter_block(std::span<const std::size_t> layer_sizes, const Visit& visit) {
  std::size_t offset = 0;
  const auto give = [&](std::string name, Shape shape) {
    const std::size_t size = shape.num_elements();
    visit(ParameterBlock{std::move(name), std::move(shape), offset});
    offset += size;
  };
  for (std::size_t i = 1; i < layer_sizes.size(); ++i) {
    give(fmt::format("W{}", i), {layer_sizes[i - 1], layer_sizes[i]});
    give(fmt::format("b{}", i), {layer_sizes[i]});
  }
}

}  // namespace gradus

// SPDX-License-Identifier: MIT
#include "gradus/nn/initialize.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "gradus/core/error.hpp"
#include "gradus/core/random.hpp"

namespace gradus {
namespace {

double as_given(const InitializerOptions& options, std::size_t /*num_inputs*/,
                std::size_t /*num_outputs*/) {
  return options.standard_deviation;
}

double xavier(const InitializerOptions& /*options*/, std::size_t num_inputs,
              std::size_t num_outputs) {
  return std::sqrt(2.0 / static_cast<double>(num_inputs + num_outputs));
}

double he(const InitializerOptions& /*options*/, std::size_t num_inputs,
          std::size_t /*num_outputs*/) {
  return std::sqrt(2.0 / static_cast<double>(num_inputs));
}

}  // namespace

const Registry<InitializerEntry>& initializers() {
  static constexpr std::array<InitializerEntry, 3> entries{{
      {"normal", "with a standard deviation as given", as_given},
      {"xavier", "sqrt(2 / (inputs + outputs)), for sigmoid and tanh", xavier},
      {"he", "sqrt(2 / inputs), for relu", he},
  }};
  static constexpr Registry<InitializerEntry> registry("initializer", entries);
  return registry;
}

template <Real T>
void initialize(const Network<T>& network, const InitializerOptions& options, std::uint64_t seed,
                std::span<T> parameters) {
  const InitializerEntry& initializer = initializers().find(options.id);
  if (!(options.standard_deviation >= 0) || !std::isfinite(options.standard_deviation)) {
    throw ValueError(fmt::format("initialize: standard deviation is {}, expected 0 or more",
                                 options.standard_deviation));
  }
  if (parameters.size() != network.num_parameters()) {
    throw ShapeError(fmt::format("initialize: got room for {} parameters, expected {}",
                                 parameters.size(), network.num_parameters()));
  }
  const auto blocks = network.blocks();
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const std::span<T> block = blocks[i].of(parameters);
    if (!blocks[i].is_weight()) {
      std::fill(block.begin(), block.end(), T{0});
      continue;
    }
    const double deviation =
        initializer.standard_deviation(options, blocks[i].shape[0], blocks[i].shape[1]);
    Random random(seed, Stream::initialization, i);
    for (T& weight : block) {
      weight = static_cast<T>(deviation * random.normal());
    }
  }
}

template void initialize<float>(const Network<float>&, const InitializerOptions&, std::uint64_t,
                                std::span<float>);
template void initialize<double>(const Network<double>&, const InitializerOptions&, std::uint64_t,
                                 std::span<double>);

}  // namespace gradus

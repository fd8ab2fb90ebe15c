// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "gradus/core/registry.hpp"
#include "gradus/nn/network.hpp"

namespace gradus {

struct InitializerOptions {
  std::string id = "normal";
  double standard_deviation = 0.01;  // of "normal"; the others work theirs out
};

/// How large the first weights of an affine layer with I inputs and O outputs are.
struct InitializerEntry {
  std::string_view id;
  std::string_view summary;
  double (*standard_deviation)(const InitializerOptions& options, std::size_t num_inputs,
                               std::size_t num_outputs);
};

/// normal  what the options say: the textbook's 0.01
/// xavier  sqrt(2 / (I + O))  Glorot and Bengio (2010), equation 12: for sigmoid and tanh
/// he      sqrt(2 / I)        He, Zhang, Ren, Sun (2015), equation 10: for relu
[[nodiscard]] const Registry<InitializerEntry>& initializers();

/// Weights from N(0, standard_deviation^2), biases 0.
///
/// The same numbers on every machine; in float they are those of double, rounded.
/// @param parameters  (P) out
/// @throws ShapeError  parameters.size() is not P
/// @throws ValueError  unknown id, or a standard deviation that is negative or not finite
template <Real T>
void initialize(const Network<T>& network, const InitializerOptions& options, std::uint64_t seed,
                std::span<T> parameters);

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "gradus/core/registry.hpp"
#include "gradus/nn/layer.hpp"

namespace gradus {

/// Makes the layer of one activation for rows of `width` numbers. It has no parameters.
template <Real T>
struct ActivationEntry {
  std::string_view id;
  std::string_view summary;
  std::unique_ptr<const Layer<T>> (*make)(std::size_t width);
};

/// Everything that can stand between two affine layers.
///
///   sigmoid   y = 1 / (1 + exp(-x))      dy/dx = y (1 - y)
///   relu      y = max(x, 0)              dy/dx = 1 where x > 0, else 0 (so 0 at the kink)
///   tanh      y = tanh(x)                dy/dx = 1 - y^2
///   identity  y = x                      dy/dx = 1
///   step      y = 1 where x > 0, else 0  dy/dx = 0: nothing before it can learn
///   softmax   y = exp(x) / sum exp(x)    over each row
template <Real T>
[[nodiscard]] const Registry<ActivationEntry<T>>& activations();

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "gradus/core/matrix_view.hpp"
#include "gradus/core/shape.hpp"

namespace gradus {

/// One named array inside a flat vector of parameters: W1, b1, W2, b2, ...
struct ParameterBlock {
  std::string name;
  Shape shape;
  std::size_t offset = 0;  // of its first element

  [[nodiscard]] std::size_t size() const noexcept { return shape.num_elements(); }
  [[nodiscard]] bool is_weight() const noexcept { return shape.num_axes() == 2; }

  /// This block's part of a vector of all parameters (or of their gradients).
  template <class T>
  [[nodiscard]] std::span<T> of(std::span<T> all) const {
    return all.subspan(offset, size());
  }

  /// The same for weights, as a matrix.
  template <class T>
  [[nodiscard]] MatrixView<T> matrix_of(std::span<T> all) const {
    return {of(all).data(), shape[0], shape[1]};
  }
};

}  // namespace gradus

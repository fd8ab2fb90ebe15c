// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <variant>

#include "gradus/core/matrix_view.hpp"
#include "gradus/core/real.hpp"
#include "gradus/math/sparse_rows.hpp"

namespace gradus {

/// Rows that enter a network: numbers, or bytes most of which are zero. Owns nothing.
template <Real T>
using Input = std::variant<MatrixView<const T>, SparseBatch<T>>;

template <Real T>
[[nodiscard]] std::size_t num_rows(const Input<T>& input) {
  return std::visit([](const auto& rows) { return rows.num_rows(); }, input);
}

template <Real T>
[[nodiscard]] std::size_t num_cols(const Input<T>& input) {
  return std::visit([](const auto& rows) { return rows.num_cols(); }, input);
}

}  // namespace gradus

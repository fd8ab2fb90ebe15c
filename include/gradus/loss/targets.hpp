// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <variant>

#include "gradus/core/label.hpp"
#include "gradus/core/matrix_view.hpp"
#include "gradus/core/real.hpp"

namespace gradus {

/// The right answers of a batch: a class for each row (B), or K numbers for each (B, K). Owns
/// nothing. Labels alone become one by themselves, so whoever has labels just passes them.
template <Real T>
using Targets = std::variant<std::span<const Label>, MatrixView<const T>>;

template <Real T>
[[nodiscard]] std::size_t num_rows(const Targets<T>& targets) {
  const auto* const labels = std::get_if<std::span<const Label>>(&targets);
  return labels != nullptr ? labels->size() : std::get<1>(targets).num_rows();
}

/// Those of neighbouring rows.
template <Real T>
[[nodiscard]] Targets<T> rows_of(const Targets<T>& targets, std::size_t first, std::size_t count) {
  if (const auto* const labels = std::get_if<std::span<const Label>>(&targets)) {
    return labels->subspan(first, count);
  }
  const auto& numbers = std::get<MatrixView<const T>>(targets);
  return MatrixView<const T>(numbers.data() + first * numbers.num_cols(), count,
                             numbers.num_cols());
}

}  // namespace gradus

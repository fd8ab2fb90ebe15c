// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "gradus/math/sparse_products.hpp"

namespace gradus {

/// Fills lists with the entries of a batch, as training does: on the way of a forward pass.
template <Real T>
void fill_lists(ColumnLists& lists, const SparseBatch<T>& batch, Team& team) {
  const std::vector<T> w(batch.num_cols());
  std::vector<T> y(batch.num_rows());
  sparse_affine_into<T>(batch, {w.data(), w.size(), 1}, std::vector<T>(1), {y.data(), y.size(), 1},
                        &lists, team);
}

}  // namespace gradus

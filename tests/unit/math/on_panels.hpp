// SPDX-License-Identifier: MIT
// The products of sparse rows for matrices that are no panels.
#pragma once

#include <span>
#include <vector>

#include "math/sparse_products.hpp"

namespace gradus {

template <Real T>
void affine_on_panels(const SparseBatch<T>& x, MatrixView<const T> w, std::span<const T> bias,
                      MatrixView<T> y, ColumnLists* lists, Team& team) {
  ColumnPanels<T> panels;
  ColumnPanels<T> y_panels;
  pack_into(w, panels, team);
  sparse_affine_into(x, panels, bias, y_panels, lists, team);
  unpack_into(y_panels, 0, y, team);
}

/// Fills lists with the entries of a batch, as training does: on the way of a forward pass.
template <Real T>
void fill_lists(ColumnLists& lists, const SparseBatch<T>& batch, Team& team) {
  const std::vector<T> w(batch.num_cols());
  std::vector<T> y(batch.num_rows());
  affine_on_panels<T>(batch, {w.data(), w.size(), 1}, std::vector<T>(1), {y.data(), y.size(), 1},
                      &lists, team);
}

template <Real T>
void transposed_product_on_panels(T factor_x, const ColumnLists& x,
                                  const ByteValues<T>& byte_values, MatrixView<const T> d,
                                  T factor_c, MatrixView<T> c, Team& team) {
  ColumnPanels<T> panels;
  pack_into<T>(c, panels, team);
  sparse_transposed_product_into(factor_x, x, byte_values, d, factor_c, panels, team);
  unpack_into(panels, 0, c, team);
}

}  // namespace gradus

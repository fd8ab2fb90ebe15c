// SPDX-License-Identifier: MIT
// The products of sparse rows as plain loops: what the vector kernels compute, in other words. Used
// where a kernel does not pay or the machine has no vectors of double.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "gradus/core/matrix_view.hpp"
#include "gradus/math/sparse_rows.hpp"

namespace gradus {

/// Some neighbouring entries of a sparse row.
struct SparseEntries {
  const std::uint16_t* columns;
  const std::uint8_t* values;
  std::size_t count;
};

/// The entries of row r in column blocks [first, last).
inline SparseEntries entries_of(const SparseRows& rows, std::size_t r, std::size_t first,
                                std::size_t last) {
  const std::size_t start = rows.num_entries_before(r, first);
  return {rows.columns(r).data() + start, rows.values(r).data() + start,
          rows.num_entries_before(r, last) - start};
}

/// Throws what the products promise.
/// @param where  named in the message
void check_sparse_product(const char* where, std::size_t num_inputs, std::size_t num_outputs,
                          std::size_t num_rows, std::size_t num_cols);

template <Real T>
void plain_sparse_affine(const SparseBatch<T>& x, MatrixView<const T> w, const T* bias,
                         MatrixView<T> y, Team& team) {
  constexpr std::size_t rows_per_block = 16;
  team.for_each_block(num_blocks_of(rows_per_block, x.num_rows()), [&](std::size_t block) {
    const std::size_t end = std::min(x.num_rows(), (block + 1) * rows_per_block);
    for (std::size_t b = block * rows_per_block; b < end; ++b) {
      T* sums = y.row(b).data();
      std::copy_n(bias, y.num_cols(), sums);
      const auto columns = x.rows->columns(x.indices[b]);
      const auto values = x.rows->values(x.indices[b]);
      for (std::size_t k = 0; k < columns.size(); ++k) {
        const T factor = (*x.byte_values)[values[k]];
        const T* w_row = w.row(columns[k]).data();
        for (std::size_t o = 0; o < y.num_cols(); ++o) {
          sums[o] += factor * w_row[o];
        }
      }
    }
  });
}

template <Real T>
void plain_sparse_transposed_product(T factor_x, const SparseBatch<T>& x, MatrixView<const T> d,
                                     T factor_c, MatrixView<T> c, Team& team) {
  for (T& element : c.elements()) {
    element = factor_c == 0 ? 0 : factor_c * element;
  }
  // Threads share out columns, not samples: two samples may hit the same row of c.
  constexpr std::size_t cols_per_block = 16;
  team.for_each_block(num_blocks_of(cols_per_block, c.num_cols()), [&](std::size_t block) {
    const std::size_t end = std::min(c.num_cols(), (block + 1) * cols_per_block);
    for (std::size_t b = 0; b < x.num_rows(); ++b) {
      const auto columns = x.rows->columns(x.indices[b]);
      const auto values = x.rows->values(x.indices[b]);
      for (std::size_t k = 0; k < columns.size(); ++k) {
        const T factor = factor_x * (*x.byte_values)[values[k]];
        for (std::size_t o = block * cols_per_block; o < end; ++o) {
          c(columns[k], o) += factor * d(b, o);
        }
      }
    }
  });
}

}  // namespace gradus

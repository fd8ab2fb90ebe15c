// SPDX-License-Identifier: MIT
// The products of sparse rows as plain loops: what the vector kernels compute, in other words. Used
// where a kernel does not pay or the machine has no vectors of double.
#pragma once

#include <algorithm>
#include <cstddef>

#include "sparse_products.hpp"

namespace gradus {

template <Real T>
void plain_sparse_affine(const SparseBatch<T>& x, MatrixView<const T> w, const T* bias,
                         MatrixView<T> y, ColumnLists* lists) {
  if (lists != nullptr) {
    lists->reset(x.num_rows(), x.num_cols(), 1);
    lists->clear(0);
  }
  for (std::size_t b = 0; b < x.num_rows(); ++b) {
    const auto sums = y.row(b);
    std::copy_n(bias, y.num_cols(), sums.begin());
    x.rows->for_each_entry(x.indices[b], [&](std::size_t column, std::uint8_t value) {
      if (lists != nullptr) {
        lists->notes_for(0, b, 0).add(column, value);
      }
      for (std::size_t o = 0; o < y.num_cols(); ++o) {
        sums[o] += (*x.byte_values)[value] * w(column, o);
      }
    });
  }
}

template <Real T>
void plain_sparse_transposed_product(T factor_x, const ColumnLists& x,
                                     const ByteValues<T>& byte_values, MatrixView<const T> d,
                                     T factor_c, MatrixView<T> c) {
  for (T& element : c.elements()) {
    element = factor_c == 0 ? 0 : factor_c * element;
  }
  for (std::size_t first = 0; first < d.num_rows(); first += ColumnLists::samples_per_group) {
    for (std::size_t i = 0; i < c.num_rows(); ++i) {
      for (const auto& entry : x.list(0, first / ColumnLists::samples_per_group, i)) {
        for (std::size_t o = 0; o < c.num_cols(); ++o) {
          c(i, o) += factor_x * byte_values[entry.value()] * d(first + entry.sample(), o);
        }
      }
    }
  }
}

}  // namespace gradus

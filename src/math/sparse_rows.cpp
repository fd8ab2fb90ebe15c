// SPDX-License-Identifier: MIT
#include "gradus/math/sparse_rows.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "add_rows.hpp"
#include "gradus/core/error.hpp"

namespace gradus {
namespace {

constexpr std::size_t rows_per_block = 16;
constexpr std::size_t cols_per_block = 16;

void check(const char* where, std::size_t num_inputs, std::size_t num_outputs, std::size_t w_rows,
           std::size_t w_cols) {
  if (w_rows != num_inputs || w_cols != num_outputs) {
    throw ShapeError(fmt::format("{}: matrix is ({}, {}), expected ({}, {})", where, w_rows, w_cols,
                                 num_inputs, num_outputs));
  }
}

/// c[:, first...last) += factor * x^T * d[:, first...last)
template <Real T>
void add_product_of_columns(T factor, const SparseBatch<T>& x, MatrixView<const T> d,
                            MatrixView<T> c, std::size_t first, std::size_t last) {
  for (std::size_t b = 0; b < x.num_rows(); ++b) {
    const auto columns = x.rows->columns(x.indices[b]);
    const auto values = x.rows->values(x.indices[b]);
    const T* d_row = d.row(b).data();
    for (std::size_t k = 0; k < columns.size(); ++k) {
      const T scaled = factor * (*x.byte_values)[values[k]];
      T* c_row = c.row(columns[k]).data();
      for (std::size_t o = first; o < last; ++o) {
        c_row[o] += scaled * d_row[o];
      }
    }
  }
}

}  // namespace

SparseRows::SparseRows(MatrixView<const std::uint8_t> dense) : num_cols_(dense.num_cols()) {
  if (num_cols_ > max_num_cols) {
    throw ShapeError(fmt::format("SparseRows: got {} columns, at most {} are possible", num_cols_,
                                 max_num_cols));
  }
  const auto bytes = dense.elements();
  const std::size_t num_zeros = static_cast<std::size_t>(std::count(bytes.begin(), bytes.end(), 0));
  columns_.reserve(bytes.size() - num_zeros);
  values_.reserve(bytes.size() - num_zeros);
  starts_.reserve(dense.num_rows() + 1);
  starts_.push_back(0);
  for (std::size_t r = 0; r < dense.num_rows(); ++r) {
    for (std::size_t c = 0; c < num_cols_; ++c) {
      if (const std::uint8_t value = dense(r, c); value != 0) {
        columns_.push_back(static_cast<std::uint16_t>(c));
        values_.push_back(value);
      }
    }
    starts_.push_back(columns_.size());
  }
}

template <Real T>
void sparse_affine_into(const SparseBatch<T>& x, MatrixView<const T> w, std::span<const T> bias,
                        MatrixView<T> y, Team& team) {
  check("sparse_affine", x.num_cols(), y.num_cols(), w.num_rows(), w.num_cols());
  check("sparse_affine", x.num_rows(), bias.size(), y.num_rows(), y.num_cols());
  team.for_each_block(num_blocks_of(rows_per_block, x.num_rows()), [&](std::size_t block) {
    const std::size_t end = std::min(x.num_rows(), (block + 1) * rows_per_block);
    for (std::size_t b = block * rows_per_block; b < end; ++b) {
      std::copy(bias.begin(), bias.end(), y.row(b).begin());
      const auto columns = x.rows->columns(x.indices[b]);
      const auto values = x.rows->values(x.indices[b]);
      add_rows(
          columns.size(), [&](std::size_t k) { return (*x.byte_values)[values[k]]; },
          [&](std::size_t k) { return w.row(columns[k]).data(); }, y.row(b).data(), y.num_cols());
    }
  });
}

template <Real T>
void sparse_transposed_product_into(T factor_x, const SparseBatch<T>& x, MatrixView<const T> d,
                                    T factor_c, MatrixView<T> c, Team& team) {
  check("sparse_transposed_product", x.num_cols(), d.num_cols(), c.num_rows(), c.num_cols());
  if (d.num_rows() != x.num_rows()) {
    throw ShapeError(fmt::format("sparse_transposed_product: d has {} rows, the batch has {}",
                                 d.num_rows(), x.num_rows()));
  }
  if (factor_c == T{0}) {
    std::fill(c.elements().begin(), c.elements().end(), T{0});
  } else if (factor_c != T{1}) {
    for (T& element : c.elements()) {
      element *= factor_c;
    }
  }
  // Threads share out columns, not samples: two samples may hit the same row of c.
  team.for_each_block(num_blocks_of(cols_per_block, c.num_cols()), [&](std::size_t block) {
    const std::size_t first = block * cols_per_block;
    add_product_of_columns(factor_x, x, d, c, first,
                           std::min(c.num_cols(), first + cols_per_block));
  });
}

#define GRADUS_INSTANTIATE(T)                                                                    \
  template void sparse_affine_into<T>(const SparseBatch<T>&, MatrixView<const T>,                \
                                      std::span<const T>, MatrixView<T>, Team&);                 \
  template void sparse_transposed_product_into<T>(T, const SparseBatch<T>&, MatrixView<const T>, \
                                                  T, MatrixView<T>, Team&);
GRADUS_INSTANTIATE(float)
GRADUS_INSTANTIATE(double)
#undef GRADUS_INSTANTIATE

}  // namespace gradus

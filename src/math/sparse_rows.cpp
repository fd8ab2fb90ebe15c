// SPDX-License-Identifier: MIT
#include "gradus/math/sparse_rows.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "gradus/core/error.hpp"
#include "plain_sparse_products.hpp"

namespace gradus {
namespace {

/// Into the second-level cache: the nearest one is too small for a batch.
template <class T>
void prefetch_lines(std::span<const T> elements) {
  constexpr std::size_t elements_per_line = 64 / sizeof(T);
  for (std::size_t i = 0; i < elements.size(); i += elements_per_line) {
    __builtin_prefetch(elements.data() + i, 0, 2);
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
  block_starts_.reserve(dense.num_rows() * num_col_blocks());
  for (std::size_t r = 0; r < dense.num_rows(); ++r) {
    for (std::size_t c = 0; c < num_cols_; ++c) {
      if (c % cols_per_block == 0) {
        block_starts_.push_back(static_cast<std::uint16_t>(columns_.size() - starts_.back()));
      }
      if (const std::uint8_t value = dense(r, c); value != 0) {
        columns_.push_back(static_cast<std::uint16_t>(c));
        values_.push_back(value);
      }
    }
    starts_.push_back(columns_.size());
  }
}

void SparseRows::prefetch(std::span<const std::uint32_t> indices) const {
  for (const std::uint32_t r : indices) {
    prefetch_lines(columns(r));
    prefetch_lines(values(r));
    prefetch_lines(std::span(block_starts_).subspan(r * num_col_blocks(), num_col_blocks()));
  }
}

void check_sparse_product(const char* where, std::size_t num_inputs, std::size_t num_outputs,
                          std::size_t num_rows, std::size_t num_cols) {
  if (num_rows != num_inputs || num_cols != num_outputs) {
    throw ShapeError(fmt::format("{}: matrix is ({}, {}), expected ({}, {})", where, num_rows,
                                 num_cols, num_inputs, num_outputs));
  }
}

}  // namespace gradus

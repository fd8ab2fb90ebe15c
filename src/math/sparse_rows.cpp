// SPDX-License-Identifier: MIT
#include "gradus/math/sparse_rows.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "gradus/core/error.hpp"

namespace gradus {

SparseRows::SparseRows(MatrixView<const std::uint8_t> dense) : num_cols_(dense.num_cols()) {
  if (num_cols_ > max_num_cols) {
    throw ShapeError(fmt::format("SparseRows: got {} columns, at most {} are possible", num_cols_,
                                 max_num_cols));
  }
  const auto all = dense.elements();
  const std::size_t num_zeros = static_cast<std::size_t>(std::count(all.begin(), all.end(), 0));
  bytes_.reserve(2 * (all.size() - num_zeros) + dense.num_rows() * num_col_blocks());
  starts_.reserve(dense.num_rows() + 1);
  starts_.push_back(0);
  for (std::size_t r = 0; r < dense.num_rows(); ++r) {
    bytes_.resize(bytes_.size() + num_col_blocks());
    for (std::size_t c = 0; c < num_cols_; ++c) {
      if (const std::uint8_t value = dense(r, c); value != 0) {
        ++bytes_[starts_.back() + c / cols_per_block];
        bytes_.push_back(static_cast<std::uint8_t>(c % cols_per_block));
        bytes_.push_back(value);
      }
    }
    starts_.push_back(bytes_.size());
  }
}

void SparseRows::prefetch(std::span<const std::uint32_t> indices) const {
  constexpr std::size_t line = 64;
  for (const std::uint32_t r : indices) {
    for (std::size_t i = starts_[r]; i < starts_[r + 1]; i += line) {
      __builtin_prefetch(bytes_.data() + i, 0, 2);  // the nearest cache is too small for a batch
    }
  }
}

}  // namespace gradus

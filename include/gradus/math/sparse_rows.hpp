// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "gradus/core/matrix_view.hpp"
#include "gradus/core/parallel.hpp"
#include "gradus/core/real.hpp"

namespace gradus {

/// A matrix of bytes with many zeros, each row kept as the list of its non-zero entries.
///
/// Four fifths of MNIST's pixels are 0. A zero input neither moves a sum nor gets a gradient, so
/// leaving it out is exact, not an approximation.
/// Memory  3 bytes for each non-zero entry, 8 for each row and 2 for each block of a row.
class SparseRows {
 public:
  /// The column numbers are kept in 16 bits.
  static constexpr std::size_t max_num_cols = 65536;

  /// Entries can be found by blocks of so many columns.
  static constexpr std::size_t cols_per_block = 56;

  /// Cost  one pass over the bytes.
  /// @throws ShapeError  more than max_num_cols columns
  explicit SparseRows(MatrixView<const std::uint8_t> dense);

  [[nodiscard]] std::size_t num_rows() const noexcept { return starts_.size() - 1; }
  [[nodiscard]] std::size_t num_cols() const noexcept { return num_cols_; }
  [[nodiscard]] std::size_t num_col_blocks() const noexcept {
    return num_blocks_of(cols_per_block, num_cols_);
  }

  /// The non-zero entries of row r: their columns, ascending, and their values.
  [[nodiscard]] std::span<const std::uint16_t> columns(std::size_t r) const {
    return {columns_.data() + starts_[r], starts_[r + 1] - starts_[r]};
  }
  [[nodiscard]] std::span<const std::uint8_t> values(std::size_t r) const {
    return {values_.data() + starts_[r], starts_[r + 1] - starts_[r]};
  }

  /// Tells the processor that these rows are needed soon. Rows picked at random are in no cache,
  /// and fetched one after another they would take longer than the arithmetic with them.
  void prefetch(std::span<const std::uint32_t> indices) const;

  /// How many entries of row r are in column blocks before `block`, which may be the one behind the
  /// last.
  [[nodiscard]] std::size_t num_entries_before(std::size_t r, std::size_t block) const {
    return block == num_col_blocks() ? starts_[r + 1] - starts_[r]
                                     : block_starts_[r * num_col_blocks() + block];
  }

 private:
  std::size_t num_cols_;
  std::vector<std::size_t> starts_;          // row r is [starts_[r], starts_[r + 1])
  std::vector<std::uint16_t> block_starts_;  // of its blocks, counted from the row's start
  std::vector<std::uint16_t> columns_;
  std::vector<std::uint8_t> values_;
};

/// What a byte stands for: entry v is v * scale.
template <Real T>
using ByteValues = std::array<T, 256>;

/// Some rows of sparse rows, chosen by number: a mini-batch. Owns nothing.
template <Real T>
struct SparseBatch {
  const SparseRows* rows = nullptr;
  std::span<const std::uint32_t> indices;  // (B) the chosen rows, in order; repeats are fine
  const ByteValues<T>* byte_values = nullptr;

  [[nodiscard]] std::size_t num_rows() const noexcept { return indices.size(); }
  [[nodiscard]] std::size_t num_cols() const noexcept { return rows->num_cols(); }
};

// The products of an affine layer whose input is such a batch x. Each equals its dense counterpart
// in matmul.hpp up to the order of sums, and gives the same bits on any number of threads.
// Cost  2 * (non-zero entries of x) * O operations.

/// y = x * w, and `bias` added to each row. Shapes: x (B, I), w (I, O), bias (O), y (B, O).
/// @throws ShapeError
template <Real T>
void sparse_affine_into(const SparseBatch<T>& x, MatrixView<const T> w, std::span<const T> bias,
                        MatrixView<T> y, Team& team);

/// c = factor_c * c + factor_x * x^T * d. Shapes: x (B, I), d (B, O), c (I, O).
/// With factor_c = 0 the old c is not read: that is the gradient of w. With factor_c = 1 and
/// factor_x = -learning_rate it is the update of w in place, and rows whose input is 0 in the whole
/// batch are not even touched.
/// @throws ShapeError
template <Real T>
void sparse_transposed_product_into(T factor_x, const SparseBatch<T>& x, MatrixView<const T> d,
                                    T factor_c, MatrixView<T> c, Team& team);

}  // namespace gradus

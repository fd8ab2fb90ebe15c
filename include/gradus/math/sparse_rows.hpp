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

/// The non-zero entries of a row in one block of columns. Owns nothing.
class SparseEntries {
 public:
  SparseEntries(const std::uint8_t* pairs, std::size_t count) : pairs_(pairs), count_(count) {}

  [[nodiscard]] std::size_t count() const noexcept { return count_; }
  /// Column of entry k, counted from the first of the block. Ascending.
  [[nodiscard]] std::uint8_t column(std::size_t k) const { return pairs_[2 * k]; }
  /// Its value. Not 0.
  [[nodiscard]] std::uint8_t value(std::size_t k) const { return pairs_[2 * k + 1]; }

 private:
  const std::uint8_t* pairs_;
  std::size_t count_;
};

/// Walks through a row of sparse rows, from block to block.
class SparseRowReader {
 public:
  SparseRowReader() = default;
  SparseRowReader(const std::uint8_t* counts, const std::uint8_t* pairs)
      : counts_(counts), pairs_(pairs) {}

  [[nodiscard]] SparseEntries next_block() {
    const SparseEntries entries(pairs_, *counts_++);
    pairs_ += 2 * entries.count();
    return entries;
  }

 private:
  const std::uint8_t* counts_ = nullptr;
  const std::uint8_t* pairs_ = nullptr;
};

/// A matrix of bytes with many zeros, each row kept as the list of its non-zero entries.
///
/// Four fifths of MNIST's pixels are 0. A zero input neither moves a sum nor gets a gradient, so
/// leaving it out is exact, not an approximation.
///
/// A row lies in one piece, because a row picked at random is in no cache: how many entries each
/// block of columns has, then the entries, as pairs of column and value.
/// Memory  2 bytes for each non-zero entry, 1 for each block of a row, 8 for each row.
class SparseRows {
 public:
  /// Keeps the lists that training makes for each column within megabytes.
  static constexpr std::size_t max_num_cols = 65536;

  /// Few enough for a column's place in its block to fit in 8 bits, and for the rows of weights
  /// that belong to a block to stay near the processor while a batch goes by; enough to be worth
  /// a loop. (Of 56, 112, 131, 157, 196 and 224 columns, 196 were the fastest on MNIST.)
  static constexpr std::size_t cols_per_block = 196;

  /// Cost  one pass over the bytes.
  /// @throws ShapeError  more than max_num_cols columns
  explicit SparseRows(MatrixView<const std::uint8_t> dense);

  [[nodiscard]] std::size_t num_rows() const noexcept { return starts_.size() - 1; }
  [[nodiscard]] std::size_t num_cols() const noexcept { return num_cols_; }
  [[nodiscard]] std::size_t num_col_blocks() const noexcept {
    return num_blocks_of(cols_per_block, num_cols_);
  }

  [[nodiscard]] SparseRowReader row(std::size_t r) const {
    const std::uint8_t* counts = bytes_.data() + starts_[r];
    return {counts, counts + num_col_blocks()};
  }

  /// Calls visit(column, value) for each non-zero entry of row r, in order of columns.
  template <class Visit>
  void for_each_entry(std::size_t r, const Visit& visit) const {
    SparseRowReader reader = row(r);
    for (std::size_t first = 0; first < num_cols_; first += cols_per_block) {
      const SparseEntries entries = reader.next_block();
      for (std::size_t k = 0; k < entries.count(); ++k) {
        visit(first + entries.column(k), entries.value(k));
      }
    }
  }

  /// Tells the processor that these rows are needed soon. Fetched one after another they would
  /// take longer than the arithmetic with them.
  void prefetch(std::span<const std::uint32_t> indices) const;

 private:
  std::size_t num_cols_;
  std::vector<std::size_t> starts_;  // row r is bytes [starts_[r], starts_[r + 1])
  std::vector<std::uint8_t> bytes_;
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

}  // namespace gradus

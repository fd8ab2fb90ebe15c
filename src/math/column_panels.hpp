// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

#include "core/aligned_memory.hpp"
#include "gradus/core/matrix_view.hpp"
#include "gradus/core/parallel.hpp"
#include "gradus/core/real.hpp"

namespace gradus {

/// A matrix in the form that kernels for sparse rows work on: cut into panels of neighbouring
/// columns, each in memory of its own, padded for vectors.
///
/// Threads share out the panels, the same every time: the columns that a thread has changed stay in
/// its processor's cache, and no two threads write to one cache line. How the panels are laid out
/// depends on the instruction set; only the kernels know.
template <Real T>
class ColumnPanels {
 public:
  /// Makes room for a matrix and shares its columns out among so many threads; what was in it is
  /// gone. Takes memory only when it is larger than all before.
  void reset(std::size_t num_rows, std::size_t num_cols, std::size_t num_threads) {
    num_rows_ = num_rows;
    num_cols_ = num_cols;
    num_threads_ = num_threads;
    constexpr std::size_t widest_vector = 128 / sizeof(T);  // no kernel has one of more bytes
    const std::size_t padded_cols = num_blocks_of(widest_vector, num_cols) * widest_vector;
    static_cast<void>(memory_.room_for(num_rows * padded_cols));
  }

  [[nodiscard]] std::size_t num_rows() const noexcept { return num_rows_; }
  [[nodiscard]] std::size_t num_cols() const noexcept { return num_cols_; }
  /// The number of threads it was split for. A team of another size may work on it.
  [[nodiscard]] std::size_t num_threads() const noexcept { return num_threads_; }
  [[nodiscard]] T* data() noexcept { return memory_.data(); }
  [[nodiscard]] const T* data() const noexcept { return memory_.data(); }

 private:
  std::size_t num_rows_ = 0;
  std::size_t num_cols_ = 0;
  std::size_t num_threads_ = 1;
  AlignedMemory<T> memory_;
};

/// panels = matrix.
template <Real T>
void pack_into(MatrixView<const T> matrix, ColumnPanels<T>& panels, Team& team);

/// matrix = as many rows of panels as it has, from first_row on.
/// @throws ShapeError  panels have other columns, or not so many rows
template <Real T>
void unpack_into(const ColumnPanels<T>& panels, std::size_t first_row, MatrixView<T> matrix,
                 Team& team);

}  // namespace gradus

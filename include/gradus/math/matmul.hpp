// SPDX-License-Identifier: MIT
#pragma once

#include <span>

#include "gradus/core/matrix_view.hpp"
#include "gradus/core/parallel.hpp"
#include "gradus/core/real.hpp"

namespace gradus {

// Products of row-major matrices, as a layer needs them. Each overwrites its last matrix, unless a
// Blend keeps some of it; the last matrix must not overlap the others. Rows of the result are
// computed whole, in blocks of a fixed number of rows, so the bits do not depend on the number of
// threads.
//
// Cost    2 * rows * columns * (length of the sums) operations.
// Tested  tests/unit/math/matmul_test.cpp, against sums in long double.

/// c = a * b. Shapes: a (M, K), b (K, N), c (M, N).
/// @throws ShapeError
template <Real T>
void matmul_into(MatrixView<const T> a, MatrixView<const T> b, MatrixView<T> c, Team& team);

/// How a result is written: target = keep * target + scale * result. The default overwrites the
/// target without reading it.
template <Real T>
struct Blend {
  T keep = 0;
  T scale = 1;

  /// The part of a target that is kept: 0 when it is overwritten, even if it was NaN.
  [[nodiscard]] T kept(T target) const noexcept { return keep == 0 ? 0 : keep * target; }
};

/// c = a^T * b, or blended with what is there. Shapes: a (K, M), b (K, N), c (M, N).
/// @throws ShapeError
template <Real T>
void matmul_transposed_a_into(MatrixView<const T> a, MatrixView<const T> b, MatrixView<T> c,
                              Team& team, const Blend<T>& blend = {});

/// c = a * b^T. Shapes: a (M, K), b (N, K), c (M, N).
/// @throws ShapeError
template <Real T>
void matmul_transposed_b_into(MatrixView<const T> a, MatrixView<const T> b, MatrixView<T> c,
                              Team& team);

/// y = x * w, and `bias` added to each row. Shapes: x (B, I), w (I, O), bias (O), y (B, O).
/// @throws ShapeError
template <Real T>
void affine_into(MatrixView<const T> x, MatrixView<const T> w, std::span<const T> bias,
                 MatrixView<T> y, Team& team);

/// sums[c] = the sum of column c, or blended with what is there. Shapes: a (M, N), sums (N).
/// @throws ShapeError
template <Real T>
void sum_rows_into(MatrixView<const T> a, std::span<T> sums, const Blend<T>& blend = {});

}  // namespace gradus

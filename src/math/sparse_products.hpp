// SPDX-License-Identifier: MIT
#pragma once

#include <span>

#include "column_lists.hpp"
#include "column_panels.hpp"
#include "gradus/core/matrix_view.hpp"
#include "gradus/core/parallel.hpp"
#include "gradus/core/real.hpp"
#include "gradus/math/sparse_rows.hpp"

namespace gradus {

// The products of an affine layer whose input is a batch x of sparse rows. Each equals its dense
// counterpart in matmul.hpp up to the order of sums, and gives the same bits on any number of
// threads: they share out the columns of w, and each column is summed by itself.
// Cost  2 * (non-zero entries of x) * O operations.

/// y = x * w, and `bias` added to each row. Shapes: x (B, I), w (I, O), bias (O), y (B, O).
/// @param y      overwritten, in panels like those of w: threads that wrote to the rows of a matrix
///               would wait for each other's cache lines
/// @param lists  overwritten with the entries of x by column, for the product below; null when they
///               are not needed
/// @throws ShapeError
template <Real T>
void sparse_affine_into(const SparseBatch<T>& x, const ColumnPanels<T>& w, std::span<const T> bias,
                        ColumnPanels<T>& y, ColumnLists* lists, Team& team);

/// The same for a w and a y that are ordinary matrices.
/// @param panels  memory to work in
template <Real T>
void sparse_affine_into(const SparseBatch<T>& x, MatrixView<const T> w, std::span<const T> bias,
                        MatrixView<T> y, ColumnPanels<T>& panels, ColumnLists* lists, Team& team);

/// c = factor_c * c + factor_x * x^T * d. Shapes: x (B, I), d (B, O), c (I, O).
/// With factor_c = 0 the old c is not read: that is the gradient of w. With factor_c = 1 and
/// factor_x = -learning_rate it is the update of w in place, and rows whose input is 0 in the whole
/// batch are not even touched.
/// @param x            by its columns, from sparse_affine_into
/// @param byte_values  what the bytes of x stand for
/// @throws ShapeError
template <Real T>
void sparse_transposed_product_into(T factor_x, const ColumnLists& x,
                                    const ByteValues<T>& byte_values, MatrixView<const T> d,
                                    T factor_c, ColumnPanels<T>& c, Team& team);

/// c = x^T * d for a c that is an ordinary matrix.
/// @param panels  memory to work in
template <Real T>
void sparse_transposed_product_into(const ColumnLists& x, const ByteValues<T>& byte_values,
                                    MatrixView<const T> d, MatrixView<T> c, ColumnPanels<T>& panels,
                                    Team& team);

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <span>

#include "gradus/core/matrix_view.hpp"

namespace gradus {

/// product[r, m] = column[r] * row[m]. Shapes: column (R), row (M), product (R, M).
/// @throws ShapeError
void outer_product_into(std::span<const double> column, std::span<const double> row,
                        MatrixView<double> product);

}  // namespace gradus

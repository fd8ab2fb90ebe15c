// SPDX-License-Identifier: MIT
#pragma once

#include "column_panels.hpp"
#include "gradus/core/matrix_view.hpp"

namespace gradus {

/// Where the result of a product goes: into panels if there are some, else into a matrix.
template <Real T>
struct AffineResult {
  MatrixView<T> matrix;
  ColumnPanels<T>* panels;
};

}  // namespace gradus

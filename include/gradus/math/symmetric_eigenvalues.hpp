// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace gradus {

/// The eigenvalues of a symmetric matrix, the smallest first, to about n eps times its norm.
///
/// Source  Golub and Van Loan, "Matrix Computations" (4th edition), section 8.5: Jacobi's cyclic
///         rotations, each of which makes one entry beside the diagonal 0.
/// @param matrix  (n, n) row-major; what is below the diagonal is not looked at
/// @throws ShapeError  it has not n * n numbers
/// Cost  some ten n^3 operations.
[[nodiscard]] std::vector<double> symmetric_eigenvalues(std::span<const double> matrix,
                                                        std::size_t n);

}  // namespace gradus

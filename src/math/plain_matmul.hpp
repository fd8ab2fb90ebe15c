// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

#include "gradus/core/matrix_view.hpp"
#include "gradus/core/parallel.hpp"
#include "gradus/core/real.hpp"
#include "gradus/math/matmul.hpp"

namespace gradus {

/// A matrix as a product takes it: read as it is or transposed, without being copied.
template <Real T>
struct Factor {
  const T* data;
  std::size_t row_step;  // from an element to the one below it
  std::size_t col_step;  // and to the one beside it

  static Factor of(MatrixView<const T> matrix) { return {matrix.data(), matrix.num_cols(), 1}; }
  static Factor transposed(MatrixView<const T> matrix) {
    return {matrix.data(), 1, matrix.num_cols()};
  }
  /// An empty matrix may have no memory to point into.
  [[nodiscard]] const T* at(std::size_t r, std::size_t c) const {
    return data == nullptr ? nullptr : data + r * row_step + c * col_step;
  }
};

/// c (M, N) = a (M, K) * b (K, N), and `bias` (N), unless it is null, added to each row; blended
/// with what is in c.
template <Real T>
struct MatrixProduct {
  Factor<T> a;
  Factor<T> b;
  const T* bias;
  std::size_t num_terms;  // K
  MatrixView<T> c;
  Blend<T> blend = {};
};

/// The product as the plain loops it is: what the vector kernel computes, in other words.
template <Real T>
void plain_matmul(const MatrixProduct<T>& product, Team& /*team*/) {
  for (std::size_t m = 0; m < product.c.num_rows(); ++m) {
    for (std::size_t n = 0; n < product.c.num_cols(); ++n) {
      T sum = product.bias == nullptr ? 0 : product.bias[n];
      for (std::size_t k = 0; k < product.num_terms; ++k) {
        sum += *product.a.at(m, k) * *product.b.at(k, n);
      }
      T& target = product.c(m, n);
      target = product.blend.kept(target) + product.blend.scale * sum;
    }
  }
}

/// The same by vectors, threads and caches.
template <Real T>
void blocked_matmul(const MatrixProduct<T>& product, Team& team);

}  // namespace gradus

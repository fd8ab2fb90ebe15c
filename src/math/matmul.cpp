// SPDX-License-Identifier: MIT
#include "gradus/math/matmul.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>

#include "add_rows.hpp"
#include "gradus/core/error.hpp"
#include "plain_matmul.hpp"

namespace gradus {
namespace {

void check_product(const char* where, std::size_t a_length, std::size_t b_length, std::size_t rows,
                   std::size_t cols, std::size_t c_rows, std::size_t c_cols) {
  if (a_length != b_length || rows != c_rows || cols != c_cols) {
    throw ShapeError(
        fmt::format("{}: sums over {} and {} terms, result is ({}, {}), expected ({}, {})", where,
                    a_length, b_length, c_rows, c_cols, rows, cols));
  }
}

}  // namespace

template <Real T>
void matmul_into(MatrixView<const T> a, MatrixView<const T> b, MatrixView<T> c, Team& team) {
  check_product("matmul", a.num_cols(), b.num_rows(), a.num_rows(), b.num_cols(), c.num_rows(),
                c.num_cols());
  blocked_matmul<T>({.a = Factor<T>::of(a),
                     .b = Factor<T>::of(b),
                     .bias = nullptr,
                     .num_terms = a.num_cols(),
                     .c = c},
                    team);
}

template <Real T>
void matmul_transposed_a_into(MatrixView<const T> a, MatrixView<const T> b, MatrixView<T> c,
                              Team& team, const Blend<T>& blend) {
  check_product("matmul (a transposed)", a.num_rows(), b.num_rows(), a.num_cols(), b.num_cols(),
                c.num_rows(), c.num_cols());
  blocked_matmul<T>({.a = Factor<T>::transposed(a),
                     .b = Factor<T>::of(b),
                     .bias = nullptr,
                     .num_terms = a.num_rows(),
                     .c = c,
                     .blend = blend},
                    team);
}

template <Real T>
void matmul_transposed_b_into(MatrixView<const T> a, MatrixView<const T> b, MatrixView<T> c,
                              Team& team) {
  check_product("matmul (b transposed)", a.num_cols(), b.num_cols(), a.num_rows(), b.num_rows(),
                c.num_rows(), c.num_cols());
  blocked_matmul<T>({.a = Factor<T>::of(a),
                     .b = Factor<T>::transposed(b),
                     .bias = nullptr,
                     .num_terms = a.num_cols(),
                     .c = c},
                    team);
}

template <Real T>
void affine_into(MatrixView<const T> x, MatrixView<const T> w, std::span<const T> bias,
                 MatrixView<T> y, Team& team) {
  check_product("affine", x.num_cols(), w.num_rows(), x.num_rows(), w.num_cols(), y.num_rows(),
                y.num_cols());
  if (bias.size() != w.num_cols()) {
    throw ShapeError(
        fmt::format("affine: bias has {} elements, expected {}", bias.size(), w.num_cols()));
  }
  blocked_matmul<T>({.a = Factor<T>::of(x),
                     .b = Factor<T>::of(w),
                     .bias = bias.data(),
                     .num_terms = x.num_cols(),
                     .c = y},
                    team);
}

template <Real T>
void sum_rows_into(MatrixView<const T> a, std::span<T> sums, const Blend<T>& blend) {
  if (sums.size() != a.num_cols()) {
    throw ShapeError(fmt::format("sum_rows: {} sums for {} columns", sums.size(), a.num_cols()));
  }
  for (T& sum : sums) {
    sum = blend.kept(sum);
  }
  add_rows(
      a.num_rows(), [&](std::size_t) { return blend.scale; },
      [&](std::size_t r) { return a.row(r).data(); }, sums.data(), sums.size());
}

#define GRADUS_INSTANTIATE(T)                                                                   \
  template void matmul_into<T>(MatrixView<const T>, MatrixView<const T>, MatrixView<T>, Team&); \
  template void matmul_transposed_a_into<T>(MatrixView<const T>, MatrixView<const T>,           \
                                            MatrixView<T>, Team&, const Blend<T>&);             \
  template void matmul_transposed_b_into<T>(MatrixView<const T>, MatrixView<const T>,           \
                                            MatrixView<T>, Team&);                              \
  template void affine_into<T>(MatrixView<const T>, MatrixView<const T>, std::span<const T>,    \
                               MatrixView<T>, Team&);                                           \
  template void sum_rows_into<T>(MatrixView<const T>, std::span<T>, const Blend<T>&);
GRADUS_INSTANTIATE(float)
GRADUS_INSTANTIATE(double)
#undef GRADUS_INSTANTIATE

}  // namespace gradus

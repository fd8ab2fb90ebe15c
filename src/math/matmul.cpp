// SPDX-License-Identifier: MIT
#include "gradus/math/matmul.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>

#include "add_rows.hpp"
#include "gradus/core/error.hpp"

namespace gradus {
namespace {

/// Fewer products than this are not worth waking another thread for.
constexpr std::size_t products_per_block = 65536;

/// Calls row(r) for every row of a result, blocks of rows in parallel.
/// @param products_per_row  multiplications that one row takes
template <class Row>
void for_each_row(std::size_t num_rows, std::size_t products_per_row, Team& team, Row row) {
  const std::size_t rows_per_block =
      std::max<std::size_t>(1, products_per_block / std::max<std::size_t>(1, products_per_row));
  team.for_each_block(num_blocks_of(rows_per_block, num_rows), [&](std::size_t block) {
    const std::size_t end = std::min(num_rows, (block + 1) * rows_per_block);
    for (std::size_t r = block * rows_per_block; r < end; ++r) {
      row(r);
    }
  });
}

/// Sum of a[i] * b[i]. Sixteen sums side by side, because one sum would have to wait for each
/// addition; their order is fixed.
template <Real T>
T dot(const T* a, const T* b, std::size_t length) {
  constexpr std::size_t lanes = 16;
  std::array<T, lanes> sums{};
  std::size_t i = 0;
  for (; i + lanes <= length; i += lanes) {
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      sums[lane] += a[i + lane] * b[i + lane];
    }
  }
  for (std::size_t lane = 0; i + lane < length; ++lane) {
    sums[lane] += a[i + lane] * b[i + lane];
  }
  for (std::size_t half = lanes / 2; half > 0; half /= 2) {
    for (std::size_t lane = 0; lane < half; ++lane) {
      sums[lane] += sums[lane + half];
    }
  }
  return sums[0];
}

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
  for_each_row(c.num_rows(), a.num_cols() * c.num_cols(), team, [&](std::size_t r) {
    std::fill(c.row(r).begin(), c.row(r).end(), T{0});
    add_rows(
        a.num_cols(), [&](std::size_t k) { return a(r, k); },
        [&](std::size_t k) { return b.row(k).data(); }, c.row(r).data(), c.num_cols());
  });
}

template <Real T>
void matmul_transposed_a_into(MatrixView<const T> a, MatrixView<const T> b, MatrixView<T> c,
                              Team& team) {
  check_product("matmul (a transposed)", a.num_rows(), b.num_rows(), a.num_cols(), b.num_cols(),
                c.num_rows(), c.num_cols());
  for_each_row(c.num_rows(), a.num_rows() * c.num_cols(), team, [&](std::size_t r) {
    std::fill(c.row(r).begin(), c.row(r).end(), T{0});
    add_rows(
        a.num_rows(), [&](std::size_t k) { return a(k, r); },
        [&](std::size_t k) { return b.row(k).data(); }, c.row(r).data(), c.num_cols());
  });
}

template <Real T>
void matmul_transposed_b_into(MatrixView<const T> a, MatrixView<const T> b, MatrixView<T> c,
                              Team& team) {
  check_product("matmul (b transposed)", a.num_cols(), b.num_cols(), a.num_rows(), b.num_rows(),
                c.num_rows(), c.num_cols());
  for_each_row(c.num_rows(), a.num_cols() * c.num_cols(), team, [&](std::size_t r) {
    for (std::size_t n = 0; n < c.num_cols(); ++n) {
      c(r, n) = dot(a.row(r).data(), b.row(n).data(), a.num_cols());
    }
  });
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
  for_each_row(y.num_rows(), x.num_cols() * y.num_cols(), team, [&](std::size_t r) {
    std::copy(bias.begin(), bias.end(), y.row(r).begin());
    add_rows(
        x.num_cols(), [&](std::size_t k) { return x(r, k); },
        [&](std::size_t k) { return w.row(k).data(); }, y.row(r).data(), y.num_cols());
  });
}

template <Real T>
void sum_rows_into(MatrixView<const T> a, std::span<T> sums) {
  if (sums.size() != a.num_cols()) {
    throw ShapeError(fmt::format("sum_rows: {} sums for {} columns", sums.size(), a.num_cols()));
  }
  std::fill(sums.begin(), sums.end(), T{0});
  add_rows(
      a.num_rows(), [](std::size_t) { return T{1}; },
      [&](std::size_t r) { return a.row(r).data(); }, sums.data(), sums.size());
}

#define GRADUS_INSTANTIATE(T)                                                                   \
  template void matmul_into<T>(MatrixView<const T>, MatrixView<const T>, MatrixView<T>, Team&); \
  template void matmul_transposed_a_into<T>(MatrixView<const T>, MatrixView<const T>,           \
                                            MatrixView<T>, Team&);                              \
  template void matmul_transposed_b_into<T>(MatrixView<const T>, MatrixView<const T>,           \
                                            MatrixView<T>, Team&);                              \
  template void affine_into<T>(MatrixView<const T>, MatrixView<const T>, std::span<const T>,    \
                               MatrixView<T>, Team&);                                           \
  template void sum_rows_into<T>(MatrixView<const T>, std::span<T>);
GRADUS_INSTANTIATE(float)
GRADUS_INSTANTIATE(double)
#undef GRADUS_INSTANTIATE

}  // namespace gradus

// SPDX-License-Identifier: MIT
// y = x w + b for sparse rows x. Each entry of x adds a row of w, times a number, to a row of y:
// its sums stay in registers while the entries go by, a panel of y's columns at a time.
//
// - w is copied into panels first: its rows start anywhere, and a vector that straddles two cache
//   lines takes twice as long to load. There are some twenty entries for each row of w.
// - Rows of x picked at random are in no cache. They are asked for all at once, before w is copied.
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

#include "aligned_memory.hpp"
#include "gradus/core/error.hpp"
#include "gradus/math/sparse_rows.hpp"
#include "plain_sparse_products.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "math/sparse_affine.cpp"
#include <hwy/foreach_target.h>

#include "add_panel_rows-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace gradus::HWY_NAMESPACE {

struct Rows {
  std::size_t first;
  std::size_t last;  // the one behind them
};

/// Some rows of a panel of y.
template <Real T, class Shape>
void affine_panel(Shape shape, const SparseBatch<T>& x, const Rows& rows, const Panel& panel,
                  const PackedPanel<const T>& w, const T* bias, MatrixView<T> y) {
  HWY_ALIGN T start[Shape::width] = {};
  HWY_ALIGN T sums[Shape::width];
  std::copy_n(bias + panel.first, panel.num_cols, start);
  const ByteValues<T>& byte_values = *x.byte_values;
  for (std::size_t b = rows.first; b < rows.last; ++b) {
    const auto columns = x.rows->columns(x.indices[b]);
    const auto values = x.rows->values(x.indices[b]);
    std::copy_n(start, Shape::width, sums);
    add_panel_rows<T>(
        shape, columns.size(), [&](std::size_t k) { return std::size_t{columns[k]}; },
        [&](std::size_t k) { return byte_values[values[k]]; }, w, sums);
    std::copy_n(sums, panel.num_cols, y.row(b).data() + panel.first);
  }
}

template <Real T>
void sparse_affine(const SparseBatch<T>& x, MatrixView<const T> w, const T* bias, MatrixView<T> y,
                   Team& team) {
  thread_local AlignedMemory<T> memory;
  const Panels<T> panels{w.num_cols()};
  T* packed = memory.room_for(panels.size(w.num_rows()));
  const auto packed_panel = [&](std::size_t p) {
    return PackedPanel<T>(packed + panels.offset(p, w.num_rows()), panels[p], w.num_rows());
  };
  // Equal shares of rows for each thread. How many does not matter to the bits: a row of y is
  // summed by itself.
  const std::size_t num_shares = team.num_threads();
  const auto share_of = [num_shares](std::size_t num_rows, std::size_t share) {
    return Rows{num_rows * share / num_shares, num_rows * (share + 1) / num_shares};
  };
  team.for_each_block(num_shares, [&](std::size_t share) {
    const Rows x_rows = share_of(x.num_rows(), share);
    x.rows->prefetch(x.indices.subspan(x_rows.first, x_rows.last - x_rows.first));
    const Rows w_rows = share_of(w.num_rows(), share);
    for (std::size_t p = 0; p < panels.count(); ++p) {
      pack_rows(w, panels[p], w_rows.first, w_rows.last, packed_panel(p));
    }
  });
  team.for_each_block(panels.count() * num_shares, [&](std::size_t block) {
    const std::size_t p = block / num_shares;
    const Rows rows = share_of(x.num_rows(), block % num_shares);
    const PackedPanel<const T> w_panel(packed_panel(p).wide, panels[p], w.num_rows());
    with_shape_of<T>(panels[p], [&](auto shape) {
      affine_panel<T>(shape, x, rows, panels[p], w_panel, bias, y);
    });
  });
}

void sparse_affine_float(const SparseBatch<float>& x, MatrixView<const float> w, const float* bias,
                         MatrixView<float> y, Team& team) {
  sparse_affine(x, w, bias, y, team);
}

void sparse_affine_double(const SparseBatch<double>& x, MatrixView<const double> w,
                          const double* bias, MatrixView<double> y, Team& team) {
#if HWY_HAVE_FLOAT64
  sparse_affine(x, w, bias, y, team);
#else
  plain_sparse_affine(x, w, bias, y, team);
#endif
}

}  // namespace gradus::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace gradus {

HWY_EXPORT(sparse_affine_float);
HWY_EXPORT(sparse_affine_double);

template <Real T>
void sparse_affine_into(const SparseBatch<T>& x, MatrixView<const T> w, std::span<const T> bias,
                        MatrixView<T> y, Team& team) {
  check_sparse_product("sparse_affine", x.num_cols(), y.num_cols(), w.num_rows(), w.num_cols());
  check_sparse_product("sparse_affine", x.num_rows(), bias.size(), y.num_rows(), y.num_cols());
  // A few rows are not worth a copy of w.
  constexpr std::size_t min_rows = 8;
  if (x.num_rows() < min_rows) {
    plain_sparse_affine(x, w, bias.data(), y, team);
  } else if constexpr (std::is_same_v<T, float>) {
    HWY_DYNAMIC_DISPATCH(sparse_affine_float)(x, w, bias.data(), y, team);
  } else {
    HWY_DYNAMIC_DISPATCH(sparse_affine_double)(x, w, bias.data(), y, team);
  }
}

template void sparse_affine_into<float>(const SparseBatch<float>&, MatrixView<const float>,
                                        std::span<const float>, MatrixView<float>, Team&);
template void sparse_affine_into<double>(const SparseBatch<double>&, MatrixView<const double>,
                                         std::span<const double>, MatrixView<double>, Team&);

}  // namespace gradus
#endif

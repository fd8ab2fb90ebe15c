// SPDX-License-Identifier: MIT
// c = factor_c c + factor_x x^T d for sparse rows x: the gradient of an affine layer's weights, or
// their update in place. Row i of c gets row b of d for every sample b whose input i is not 0. The
// lists of x say which these are; so a row of c is summed in registers and written once. The rows
// of d that it is summed from fill the nearest cache.
#include <fmt/core.h>

#include <algorithm>
#include <cstddef>

#include "check_shape.hpp"
#include "core/aligned_memory.hpp"
#include "plain_sparse_products.hpp"
#include "sparse_products.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "math/sparse_transposed_product.cpp"
#include <hwy/foreach_target.h>

#include "add_panel_rows-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace gradus::HWY_NAMESPACE {

template <Real T>
struct TransposedProduct {
  T factor_x;
  const ColumnLists& x;
  const ByteValues<T>& byte_values;
  MatrixView<const T> d;
  T factor_c;
  ColumnPanels<T>& c;
};

/// A panel of c, for one group of samples, from a copy of the lists.
template <Real T, class Shape>
void add_group(Shape shape, const TransposedProduct<T>& product, std::size_t copy,
               std::size_t group, T factor_c, const Panel& panel, T* packed_d) {
  constexpr std::size_t group_size = ColumnLists::samples_per_group;
  const std::size_t first = group * group_size;
  const std::size_t num_samples = std::min(group_size, product.d.num_rows() - first);
  pack_rows(MatrixView<const T>(product.d.row(first).data(), num_samples, product.d.num_cols()),
            panel, 0, num_samples, PackedPanel<T>(packed_d, panel, group_size));
  const PackedPanel<const T> d_panel(packed_d, panel, group_size);
  const std::size_t num_rows = product.c.num_rows();
  const auto c_panel = PackedPanel<T>::of(product.c.data(), panel, num_rows);
  for (std::size_t i = 0; i < num_rows; ++i) {
    const auto list = product.x.list(copy, group, i);
    if (list.empty() && factor_c == 1) {
      continue;
    }
    const PackedPanel<T> row = c_panel.from_row(panel, i);
    add_panel_rows<T>(
        shape, list.size(),
        [&](std::size_t k) HWY_ATTR {
          return Term<T>{list[k].sample(), product.byte_values[list[k].value()]};
        },
        d_panel, [](auto lanes, std::size_t) HWY_ATTR { return hn::Zero(lanes); },
        [&](auto lanes, std::size_t column, auto sums) HWY_ATTR {
          T* place = column == Shape::wide ? row.narrow : row.wide + column;
          auto old = hn::Zero(lanes);
          if (factor_c != 0) {  // it may be no number
            old = hn::Mul(hn::Set(lanes, factor_c), hn::Load(lanes, place));
          }
          hn::Store(hn::MulAdd(hn::Set(lanes, product.factor_x), sums, old), lanes, place);
        });
  }
}

template <Real T>
void sparse_transposed_product(const TransposedProduct<T>& product, Team& team) {
  const ColumnShares<T> shares(product.c.num_cols(), product.c.num_threads());
  team.for_each_block(shares.count(), [&](std::size_t share) {
    thread_local AlignedMemory<T> memory;
    T* packed_d = memory.room_for(Panels<T>::max_cols * ColumnLists::samples_per_group);
    const Panels<T> panels = shares[share];
    const std::size_t copy = share < product.x.num_copies() ? share : 0;
    for (std::size_t p = 0; p < panels.count(); ++p) {
      with_shape_of<T>(panels[p], [&](auto shape) {
        T factor_c = product.factor_c;
        std::size_t group = 0;
        do {  // once for an empty batch: c is still multiplied
          add_group<T>(shape, product, copy, group, factor_c, panels[p], packed_d);
          factor_c = 1;
        } while (++group * ColumnLists::samples_per_group < product.d.num_rows());
      });
    }
  });
}

void sparse_transposed_product_float(float factor_x, const ColumnLists& x,
                                     const ByteValues<float>& byte_values,
                                     MatrixView<const float> d, float factor_c,
                                     ColumnPanels<float>& c, Team& team) {
  sparse_transposed_product<float>({factor_x, x, byte_values, d, factor_c, c}, team);
}

void sparse_transposed_product_double(double factor_x, const ColumnLists& x,
                                      const ByteValues<double>& byte_values,
                                      MatrixView<const double> d, double factor_c,
                                      ColumnPanels<double>& c, [[maybe_unused]] Team& team) {
#if HWY_HAVE_FLOAT64
  sparse_transposed_product<double>({factor_x, x, byte_values, d, factor_c, c}, team);
#else
  plain_sparse_transposed_product<double>(factor_x, x, byte_values, d, factor_c,
                                          {c.data(), c.num_rows(), c.num_cols()});
#endif
}

}  // namespace gradus::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace gradus {

HWY_EXPORT(sparse_transposed_product_float);
HWY_EXPORT(sparse_transposed_product_double);

template <Real T>
void sparse_transposed_product_into(T factor_x, const ColumnLists& x,
                                    const ByteValues<T>& byte_values, MatrixView<const T> d,
                                    T factor_c, ColumnPanels<T>& c, Team& team) {
  check_shape("sparse_transposed_product: matrix is", c.num_rows(), c.num_cols(), x.num_columns(),
              d.num_cols());
  if (d.num_rows() != x.num_samples()) {
    throw ShapeError(fmt::format("sparse_transposed_product: d has {} rows, the batch has {}",
                                 d.num_rows(), x.num_samples()));
  }
  if constexpr (std::is_same_v<T, float>) {
    HWY_DYNAMIC_DISPATCH(sparse_transposed_product_float)
    (factor_x, x, byte_values, d, factor_c, c, team);
  } else {
    HWY_DYNAMIC_DISPATCH(sparse_transposed_product_double)
    (factor_x, x, byte_values, d, factor_c, c, team);
  }
}

template <Real T>
void sparse_transposed_product_into(const ColumnLists& x, const ByteValues<T>& byte_values,
                                    MatrixView<const T> d, MatrixView<T> c, ColumnPanels<T>& panels,
                                    Team& team) {
  panels.reset(c.num_rows(), c.num_cols(), team.num_threads());
  sparse_transposed_product_into<T>(1, x, byte_values, d, 0, panels, team);
  unpack_into(panels, 0, c, team);
}

#define GRADUS_INSTANTIATE(T)                                                                  \
  template void sparse_transposed_product_into<T>(T, const ColumnLists&, const ByteValues<T>&, \
                                                  MatrixView<const T>, T, ColumnPanels<T>&,    \
                                                  Team&);                                      \
  template void sparse_transposed_product_into<T>(const ColumnLists&, const ByteValues<T>&,    \
                                                  MatrixView<const T>, MatrixView<T>,          \
                                                  ColumnPanels<T>&, Team&);
GRADUS_INSTANTIATE(float)
GRADUS_INSTANTIATE(double)
#undef GRADUS_INSTANTIATE

}  // namespace gradus
#endif

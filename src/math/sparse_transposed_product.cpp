// SPDX-License-Identifier: MIT
// c = factor_c c + factor_x x^T d for sparse rows x: the gradient of an affine layer's weights, or
// their update in place. Row i of c gets row b of d for every sample b whose input i is not 0. So
// the entries of x are sorted by column first, and then each row of c is summed in registers and
// written once.
//
// Sorting is cheap, because it is done for a block of columns at a time, in the nearest cache: an
// entry is put at the end of its column's list. Threads share out the blocks of columns.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "aligned_memory.hpp"
#include "gradus/core/error.hpp"
#include "gradus/math/sparse_rows.hpp"
#include "plain_sparse_products.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "math/sparse_transposed_product.cpp"
#include <hwy/foreach_target.h>

#include "add_panel_rows-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace gradus::HWY_NAMESPACE {

// Samples that are done together, at most: their rows of d, in a panel of 4 vectors, fill the
// nearest cache of 32 KB. More would not fit into the 8 bits that a list has for them.
constexpr std::size_t max_samples_at_once = 128;

// Blocks of columns of x that are done together.
constexpr std::size_t col_blocks_at_once = 7;
constexpr std::size_t cols_at_once = col_blocks_at_once * SparseRows::cols_per_block;

/// The entries of some samples in one block of columns, sorted by column.
class ColumnLists {
 public:
  /// @param first_sample  of at most max_samples_at_once
  template <Real T>
  void sort(const SparseBatch<T>& x, std::size_t first_block, std::size_t first_sample,
            std::size_t last_sample) {
    for (std::size_t column = 0; column < cols_at_once; ++column) {
      ends_[column] = lists_[column].data();
    }
    const std::size_t last_block =
        std::min(x.rows->num_col_blocks(), first_block + col_blocks_at_once);
    const std::size_t first_column = first_block * SparseRows::cols_per_block;
    for (std::size_t b = first_sample; b < last_sample; ++b) {
      const SparseEntries entries = entries_of(*x.rows, x.indices[b], first_block, last_block);
      const auto sample = static_cast<unsigned>((b - first_sample) << 8);
      for (std::size_t k = 0; k < entries.count; ++k) {
        *ends_[entries.columns[k] - first_column]++ =
            static_cast<std::uint16_t>(sample | unsigned{entries.values[k]});
      }
    }
  }

  [[nodiscard]] std::size_t count(std::size_t column) const {
    return static_cast<std::size_t>(ends_[column] - list(column));
  }
  [[nodiscard]] const std::uint16_t* list(std::size_t column) const {
    return lists_[column].data();
  }
  static std::size_t sample_of(std::uint16_t entry) { return entry >> 8; }
  static std::size_t value_of(std::uint16_t entry) { return entry & 255; }

 private:
  std::array<std::uint16_t*, cols_at_once> ends_;
  // The lists start an odd number of cache lines apart: at a power of two they would all compete
  // for the same few places in the cache.
  std::array<std::array<std::uint16_t, max_samples_at_once + 32>, cols_at_once> lists_;
};

/// row = factor_row * row + factor * sums, in the first `count` numbers of a vector. With
/// factor_row = 0 the old row is not read.
template <class D, Real T>
HWY_INLINE void add_to_row(D d, T factor, const T* sums, T factor_row, std::size_t count, T* row) {
  const bool is_whole = count >= hn::Lanes(d);
  auto old = hn::Zero(d);
  if (factor_row != 0) {
    old = is_whole ? hn::LoadU(d, row) : load_first(d, row, count, T{0});
    old = hn::Mul(hn::Set(d, factor_row), old);
  }
  const auto updated = hn::MulAdd(hn::Set(d, factor), hn::LoadU(d, sums), old);
  if (is_whole) {
    hn::StoreU(updated, d, row);
  } else {
    store_first(d, updated, count, row);
  }
}

/// Rows first_row ... of a panel of c, as many as there are lists.
template <Real T, class Shape>
void add_lists(Shape shape, T factor_x, const ColumnLists& lists, const ByteValues<T>& byte_values,
               const PackedPanel<const T>& d, T factor_c, std::size_t first_row, const Panel& panel,
               MatrixView<T> c) {
  HWY_ALIGN T sums[Panels<T>::max_cols] = {};
  const std::size_t num_rows = std::min(cols_at_once, c.num_rows() - first_row);
  for (std::size_t i = 0; i < num_rows; ++i) {
    const std::size_t count = lists.count(i);
    if (count == 0 && factor_c == 1) {
      continue;
    }
    const std::uint16_t* list = lists.list(i);
    std::fill(sums, sums + Shape::width, T{0});
    add_panel_rows<T>(
        shape, count, [&](std::size_t k) { return ColumnLists::sample_of(list[k]); },
        [&](std::size_t k) { return byte_values[ColumnLists::value_of(list[k])]; }, d, sums);
    T* row = c.row(first_row + i).data() + panel.first;
    for (std::size_t v = 0; v < Shape::num_vectors; ++v) {
      const std::size_t start = v * num_lanes<T>;
      add_to_row(Lanes<T>(), factor_x, sums + start, factor_c, panel.num_cols - start, row + start);
    }
    if (Shape::has_narrow) {
      add_to_row(NarrowLanes<T>(), factor_x, sums + Shape::wide, factor_c,
                 panel.num_cols - Shape::wide, row + Shape::wide);
    }
  }
}

template <Real T>
void sparse_transposed_product(T factor_x, const SparseBatch<T>& x, MatrixView<const T> d,
                               T factor_c, MatrixView<T> c, Team& team) {
  thread_local AlignedMemory<T> memory;
  const Panels<T> panels{d.num_cols()};
  T* packed_d = memory.room_for(panels.size(max_samples_at_once));
  std::size_t first = 0;
  do {
    const std::size_t last = std::min(x.num_rows(), first + max_samples_at_once);
    const MatrixView<const T> d_rows(d.row(first).data(), last - first, d.num_cols());
    for (std::size_t p = 0; p < panels.count(); ++p) {
      pack_rows(d_rows, panels[p], 0, last - first,
                PackedPanel<T>(packed_d + panels.offset(p, max_samples_at_once), panels[p],
                               max_samples_at_once));
    }
    team.for_each_block(num_blocks_of(cols_at_once, x.num_cols()), [&](std::size_t block) {
      ColumnLists lists;
      lists.sort(x, block * col_blocks_at_once, first, last);
      for (std::size_t p = 0; p < panels.count(); ++p) {
        const PackedPanel<const T> d_panel(packed_d + panels.offset(p, max_samples_at_once),
                                           panels[p], max_samples_at_once);
        with_shape_of<T>(panels[p], [&](auto shape) {
          add_lists<T>(shape, factor_x, lists, *x.byte_values, d_panel, factor_c,
                       block * cols_at_once, panels[p], c);
        });
      }
    });
    factor_c = 1;
    first = last;
  } while (first < x.num_rows());
}

void sparse_transposed_product_float(float factor_x, const SparseBatch<float>& x,
                                     MatrixView<const float> d, float factor_c, MatrixView<float> c,
                                     Team& team) {
  sparse_transposed_product(factor_x, x, d, factor_c, c, team);
}

void sparse_transposed_product_double(double factor_x, const SparseBatch<double>& x,
                                      MatrixView<const double> d, double factor_c,
                                      MatrixView<double> c, Team& team) {
#if HWY_HAVE_FLOAT64
  sparse_transposed_product(factor_x, x, d, factor_c, c, team);
#else
  plain_sparse_transposed_product(factor_x, x, d, factor_c, c, team);
#endif
}

}  // namespace gradus::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace gradus {

HWY_EXPORT(sparse_transposed_product_float);
HWY_EXPORT(sparse_transposed_product_double);

template <Real T>
void sparse_transposed_product_into(T factor_x, const SparseBatch<T>& x, MatrixView<const T> d,
                                    T factor_c, MatrixView<T> c, Team& team) {
  check_sparse_product("sparse_transposed_product", x.num_cols(), d.num_cols(), c.num_rows(),
                       c.num_cols());
  if (d.num_rows() != x.num_rows()) {
    throw ShapeError(fmt::format("sparse_transposed_product: d has {} rows, the batch has {}",
                                 d.num_rows(), x.num_rows()));
  }
  if constexpr (std::is_same_v<T, float>) {
    HWY_DYNAMIC_DISPATCH(sparse_transposed_product_float)(factor_x, x, d, factor_c, c, team);
  } else {
    HWY_DYNAMIC_DISPATCH(sparse_transposed_product_double)(factor_x, x, d, factor_c, c, team);
  }
}

template void sparse_transposed_product_into<float>(float, const SparseBatch<float>&,
                                                    MatrixView<const float>, float,
                                                    MatrixView<float>, Team&);
template void sparse_transposed_product_into<double>(double, const SparseBatch<double>&,
                                                     MatrixView<const double>, double,
                                                     MatrixView<double>, Team&);

}  // namespace gradus
#endif

// SPDX-License-Identifier: MIT
// y = x w + b for sparse rows x. Each entry of x adds a row of w, times a number, to a row of y:
// its sums stay in registers while the entries go by.
//
// - w lies in panels, where no vector straddles two cache lines, which takes twice as long to load.
//   A thread has some panels.
// - It goes through blocks of columns of x: the rows of w that belong to one stay near while all
//   samples go by, some twenty entries for each row.
// - Rows of x picked at random are in no cache. They are asked for all at once, before anything.
// - Sorting the entries by column, for the update, costs little here, where each entry is in
//   a register already. Each thread does it for itself.
#include <algorithm>
#include <array>
#include <cstddef>

#include "affine_result.hpp"
#include "check_shape.hpp"
#include "core/aligned_memory.hpp"
#include "plain_sparse_products.hpp"
#include "sparse_products.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "math/sparse_affine.cpp"
#include <hwy/foreach_target.h>

#include "add_panel_rows-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace gradus::HWY_NAMESPACE {

// Samples that are done together: their sums stay near while the blocks go by.
constexpr std::size_t samples_at_once = ColumnLists::samples_per_group;

/// Some rows of y and of x.
template <Real T>
struct AffineRows {
  const SparseBatch<T>& x;
  const ColumnPanels<T>& w;
  const T* bias;
  const AffineResult<T>& y;
  std::size_t first;
  std::size_t last;  // the one behind them

  [[nodiscard]] std::size_t count() const { return last - first; }
};

/// Writes a row of a panel to where the result goes.
template <Real T, class Shape>
void finish_row(Shape /*shape*/, const AffineResult<T>& y, const Panel& panel, std::size_t row,
                const T* sums) {
  if (y.panels == nullptr) {
    std::copy_n(sums, panel.num_cols, y.matrix.row(row).data() + panel.first);
    return;
  }
  const auto to = PackedPanel<T>::of(y.panels->data(), panel, y.panels->num_rows());
  std::copy_n(sums, Shape::wide, to.wide + row * Shape::wide);
  if constexpr (Shape::has_narrow) {
    std::copy_n(sums + Shape::wide, num_narrow_lanes<T>, to.narrow + row * num_narrow_lanes<T>);
  }
}

/// What is noted when there are no lists.
struct NoNotes {
  HWY_INLINE void add(std::size_t /*column*/, std::uint8_t /*value*/) const {}
};

/// A panel of some rows of y. Notes the entries of x in a copy of the lists, if there are some.
template <Real T, class Shape>
void affine_panel(Shape shape, const AffineRows<T>& rows, const Panel& panel, ColumnLists* lists,
                  std::size_t copy, T* all_sums) {
  constexpr std::size_t cols_per_block = SparseRows::cols_per_block;
  const SparseBatch<T>& x = rows.x;
  const ByteValues<T>& byte_values = *x.byte_values;
  std::array<SparseRowReader, samples_at_once> readers;
  T start[Shape::width] = {};
  std::copy_n(rows.bias + panel.first, panel.num_cols, start);
  for (std::size_t b = 0; b < rows.count(); ++b) {
    readers[b] = x.rows->row(x.indices[rows.first + b]);
    std::copy_n(start, Shape::width, all_sums + b * Shape::width);
  }
  for (std::size_t block = 0; block < x.rows->num_col_blocks(); ++block) {
    const std::size_t first_column = block * cols_per_block;
    const auto w_block = PackedPanel<const T>::of(rows.w.data(), panel, rows.w.num_rows())
                             .from_row(panel, first_column);
    const auto add_block = [&](std::size_t b, const auto& notes) HWY_ATTR {
      const SparseEntries entries = readers[b].next_block();
      T* sums = all_sums + b * Shape::width;
      add_panel_rows<T>(
          shape, entries.count(),
          [&](std::size_t k) HWY_ATTR {
            const std::size_t column = entries.column(k);
            const std::uint8_t value = entries.value(k);
            notes.add(column, value);
            return Term<T>{column, byte_values[value]};
          },
          w_block, [&](auto d, std::size_t column) HWY_ATTR { return hn::LoadU(d, sums + column); },
          [&](auto d, std::size_t column, auto sum)
              HWY_ATTR { hn::StoreU(sum, d, sums + column); });
    };
    if (lists != nullptr) {
      for (std::size_t b = 0; b < rows.count(); ++b) {
        add_block(b, lists->notes_for(copy, rows.first + b, first_column));
      }
    } else {
      for (std::size_t b = 0; b < rows.count(); ++b) {
        add_block(b, NoNotes());
      }
    }
  }
  for (std::size_t b = 0; b < rows.count(); ++b) {
    finish_row(shape, rows.y, panel, rows.first + b, all_sums + b * Shape::width);
  }
}

template <Real T>
void sparse_affine(const SparseBatch<T>& x, const ColumnPanels<T>& w, const T* bias,
                   const AffineResult<T>& y, ColumnLists* lists, Team& team) {
  const ColumnShares<T> shares(w.num_cols(), w.num_threads());
  if (lists != nullptr) {
    lists->reset(x.num_rows(), x.num_cols(), shares.count());
  }
  team.for_each_block(shares.count(), [&](std::size_t share) {
    thread_local AlignedMemory<T> memory;
    T* sums = memory.room_for(samples_at_once * Panels<T>::max_cols);
    x.rows->prefetch(x.indices);
    const Panels<T> panels = shares[share];
    if (lists != nullptr) {
      lists->clear(share);
    }
    for (std::size_t first = 0; first < x.num_rows(); first += samples_at_once) {
      const AffineRows<T> rows{x, w,     bias,
                               y, first, std::min(x.num_rows(), first + samples_at_once)};
      for (std::size_t p = 0; p < panels.count(); ++p) {
        with_shape_of<T>(panels[p], [&](auto shape) {
          affine_panel<T>(shape, rows, panels[p], p == 0 ? lists : nullptr, share, sums);
        });
      }
    }
  });
}

void sparse_affine_float(const SparseBatch<float>& x, const ColumnPanels<float>& w,
                         const float* bias, const AffineResult<float>& y, ColumnLists* lists,
                         Team& team) {
  sparse_affine(x, w, bias, y, lists, team);
}

void sparse_affine_double(const SparseBatch<double>& x, const ColumnPanels<double>& w,
                          const double* bias, const AffineResult<double>& y, ColumnLists* lists,
                          [[maybe_unused]] Team& team) {
#if HWY_HAVE_FLOAT64
  sparse_affine(x, w, bias, y, lists, team);
#else
  const MatrixView<double> to =
      y.panels == nullptr ? y.matrix
                          : MatrixView<double>(y.panels->data(), x.num_rows(), w.num_cols());
  plain_sparse_affine(x, {w.data(), w.num_rows(), w.num_cols()}, bias, to, lists);
#endif
}

}  // namespace gradus::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace gradus {

HWY_EXPORT(sparse_affine_float);
HWY_EXPORT(sparse_affine_double);

namespace {

/// For weights and results in either form.
template <Real T, class Weights, class Output>
void check(const SparseBatch<T>& x, const Weights& w, std::size_t bias_size, const Output& y) {
  constexpr const char* what = "sparse_affine: matrix is";
  check_shape(what, w.num_rows(), w.num_cols(), x.num_cols(), y.num_cols());
  check_shape(what, y.num_rows(), y.num_cols(), x.num_rows(), bias_size);
}

template <Real T>
void run(const SparseBatch<T>& x, const ColumnPanels<T>& w, const T* bias, const AffineResult<T>& y,
         ColumnLists* lists, Team& team) {
  if constexpr (std::is_same_v<T, float>) {
    HWY_DYNAMIC_DISPATCH(sparse_affine_float)(x, w, bias, y, lists, team);
  } else {
    HWY_DYNAMIC_DISPATCH(sparse_affine_double)(x, w, bias, y, lists, team);
  }
}

}  // namespace

template <Real T>
void sparse_affine_into(const SparseBatch<T>& x, const ColumnPanels<T>& w, std::span<const T> bias,
                        ColumnPanels<T>& y, ColumnLists* lists, Team& team) {
  y.reset(x.num_rows(), w.num_cols(), w.num_threads());
  check<T>(x, w, bias.size(), y);
  run<T>(x, w, bias.data(), {.matrix = {}, .panels = &y}, lists, team);
}

template <Real T>
void sparse_affine_into(const SparseBatch<T>& x, MatrixView<const T> w, std::span<const T> bias,
                        MatrixView<T> y, ColumnPanels<T>& panels, ColumnLists* lists, Team& team) {
  check<T>(x, w, bias.size(), y);
  // A few rows are not worth a copy of w.
  constexpr std::size_t min_rows = 8;
  if (x.num_rows() >= min_rows) {
    pack_into(w, panels, team);
    return run<T>(x, panels, bias.data(), {.matrix = y, .panels = nullptr}, lists, team);
  }
  plain_sparse_affine(x, w, bias.data(), y, lists);
}

#define GRADUS_INSTANTIATE(T)                                                                     \
  template void sparse_affine_into<T>(const SparseBatch<T>&, const ColumnPanels<T>&,              \
                                      std::span<const T>, ColumnPanels<T>&, ColumnLists*, Team&); \
  template void sparse_affine_into<T>(const SparseBatch<T>&, MatrixView<const T>,                 \
                                      std::span<const T>, MatrixView<T>, ColumnPanels<T>&,        \
                                      ColumnLists*, Team&);
GRADUS_INSTANTIATE(float)
GRADUS_INSTANTIATE(double)
#undef GRADUS_INSTANTIATE

}  // namespace gradus
#endif

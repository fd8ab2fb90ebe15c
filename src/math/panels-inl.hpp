// SPDX-License-Identifier: MIT
// A matrix cut into panels of neighbouring columns, as wide as a few vectors. A panel is copied row
// after row into aligned memory, padded with zeros: so the loops that do the work have no
// remainders, and no vector that straddles two cache lines, which takes twice as long to load.
// Compiled once for each instruction set.
#if defined(GRADUS_MATH_PANELS_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef GRADUS_MATH_PANELS_INL_HPP
#undef GRADUS_MATH_PANELS_INL_HPP
#else
#define GRADUS_MATH_PANELS_INL_HPP
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <cstddef>
#include <type_traits>

#include "gradus/core/matrix_view.hpp"
#include "gradus/core/parallel.hpp"
#include "gradus/core/real.hpp"
#include "partial_vectors-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace gradus::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

template <Real T>
using Lanes = hn::ScalableTag<T>;

template <Real T>
using Vector = hn::Vec<Lanes<T>>;

/// How many numbers are in a vector.
template <Real T>
constexpr std::size_t num_lanes = hn::MaxLanes(Lanes<T>());

/// The narrowest vectors, for the last few columns of a matrix.
template <Real T>
using NarrowLanes = hn::CappedTag<T, 16 / sizeof(T)>;

template <Real T>
using NarrowVector = hn::Vec<NarrowLanes<T>>;

template <Real T>
constexpr std::size_t num_narrow_lanes = hn::MaxLanes(NarrowLanes<T>());

/// Columns [first, first + num_cols) of a matrix: in num_vectors vectors, and a narrow one behind
/// them or not. In memory the narrow vectors of all rows follow the others of all rows.
struct Panel {
  std::size_t first;
  std::size_t num_cols;
  std::size_t num_vectors;
  bool has_narrow;
};

/// How columns [first_col, last_col) of a matrix are cut: panels of max_vectors vectors, the last
/// one of as many as it needs.
template <Real T>
struct Panels {
  static constexpr std::size_t max_vectors = 4;
  static constexpr std::size_t max_cols = max_vectors * num_lanes<T>;

  std::size_t first_col;
  std::size_t last_col;

  [[nodiscard]] std::size_t count() const { return num_blocks_of(max_cols, last_col - first_col); }
  [[nodiscard]] Panel operator[](std::size_t index) const {
    const std::size_t first = first_col + index * max_cols;
    const std::size_t count = std::min(max_cols, last_col - first);
    const std::size_t rest = count % num_lanes<T>;
    const bool has_narrow =
        rest > 0 && rest <= num_narrow_lanes<T> && num_narrow_lanes<T> < num_lanes<T>;
    return {first, count, num_blocks_of(num_lanes<T>, count) - (has_narrow ? 1 : 0), has_narrow};
  }
};

/// The columns of a matrix shared out among threads, in whole vectors.
template <Real T>
class ColumnShares {
 public:
  ColumnShares(std::size_t num_cols, std::size_t num_threads)
      : num_cols_(num_cols),
        num_vectors_(num_blocks_of(num_lanes<T>, num_cols)),
        count_(std::min(num_threads, num_vectors_)) {}

  [[nodiscard]] std::size_t count() const { return count_; }
  [[nodiscard]] Panels<T> operator[](std::size_t share) const {
    return {first_col(share), std::min(num_cols_, first_col(share + 1))};
  }

 private:
  [[nodiscard]] std::size_t first_col(std::size_t share) const {
    return num_vectors_ * share / count_ * num_lanes<T>;
  }

  std::size_t num_cols_;
  std::size_t num_vectors_;
  std::size_t count_;
};

/// A panel of a matrix with num_rows rows, in memory.
template <class T>
struct PackedPanel {
  T* wide;
  T* narrow;

  PackedPanel(T* memory, const Panel& panel, std::size_t num_rows)
      : wide(memory),
        narrow(memory + num_rows * panel.num_vectors * num_lanes<std::remove_const_t<T>>) {}

  /// One of a matrix whose panels lie one behind the other.
  static PackedPanel of(T* all_panels, const Panel& panel, std::size_t num_rows) {
    return PackedPanel(all_panels + panel.first * num_rows, panel, num_rows);
  }

  /// The same panel from a row on.
  [[nodiscard]] PackedPanel from_row(const Panel& panel, std::size_t row) const {
    using Number = std::remove_const_t<T>;
    PackedPanel rest = *this;
    rest.wide += row * panel.num_vectors * num_lanes<Number>;
    rest.narrow += row * num_narrow_lanes<Number>;
    return rest;
  }
};

/// Copies rows [first_row, last_row) of a matrix into a panel.
template <Real T>
void pack_rows(MatrixView<const T> matrix, const Panel& panel, std::size_t first_row,
               std::size_t last_row, const PackedPanel<T>& packed) {
  const Lanes<T> d;
  const NarrowLanes<T> narrow;
  const std::size_t wide = panel.num_vectors * num_lanes<T>;
  const std::size_t num_whole = std::min(panel.num_cols, wide) / num_lanes<T> * num_lanes<T>;
  const std::size_t rest = panel.num_cols - num_whole;
  for (std::size_t r = first_row; r < last_row; ++r) {
    const T* row = matrix.row(r).data() + panel.first;
    T* out = packed.wide + r * wide;
    for (std::size_t i = 0; i < num_whole; i += num_lanes<T>) {
      hn::Store(hn::LoadU(d, row + i), d, out + i);
    }
    if (panel.has_narrow) {
      hn::Store(load_first(narrow, row + num_whole, rest, T{0}), narrow,
                packed.narrow + r * num_narrow_lanes<T>);
    } else if (rest > 0) {
      hn::Store(load_first(d, row + num_whole, rest, T{0}), d, out + num_whole);
    }
  }
}

}  // namespace gradus::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the toggled guard

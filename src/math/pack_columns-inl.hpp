// SPDX-License-Identifier: MIT
// Copies some columns of a product's second factor to where a tile finds them row after row.
// Compiled once for each instruction set.
#if defined(GRADUS_MATH_PACK_COLUMNS_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef GRADUS_MATH_PACK_COLUMNS_INL_HPP
#undef GRADUS_MATH_PACK_COLUMNS_INL_HPP
#else
#define GRADUS_MATH_PACK_COLUMNS_INL_HPP
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <cstddef>

#include "panels-inl.hpp"
#include "plain_matmul.hpp"

HWY_BEFORE_NAMESPACE();
namespace gradus::HWY_NAMESPACE {

/// Part of a sum: terms [first, first + count).
struct Terms {
  std::size_t first;
  std::size_t count;
};

/// Copies a square of as many rows and columns as a narrow vector has lanes, transposed.
template <Real T>
HWY_INLINE void transpose_square(const T* HWY_RESTRICT from, std::size_t from_step,
                                 T* HWY_RESTRICT to, std::size_t to_step) {
#if HWY_TARGET == HWY_SCALAR
  static_cast<void>(from_step + to_step);
  *to = *from;
#else
  const NarrowLanes<T> d;
  const auto r0 = hn::LoadU(d, from);
  const auto r1 = hn::LoadU(d, from + from_step);
  if constexpr (num_narrow_lanes<T> == 2) {
    hn::StoreU(hn::InterleaveLower(d, r0, r1), d, to);
    hn::StoreU(hn::InterleaveUpper(d, r0, r1), d, to + to_step);
  } else {
    const auto r2 = hn::LoadU(d, from + 2 * from_step);
    const auto r3 = hn::LoadU(d, from + 3 * from_step);
    const auto low_02 = hn::InterleaveLower(d, r0, r2);
    const auto low_13 = hn::InterleaveLower(d, r1, r3);
    const auto high_02 = hn::InterleaveUpper(d, r0, r2);
    const auto high_13 = hn::InterleaveUpper(d, r1, r3);
    hn::StoreU(hn::InterleaveLower(d, low_02, low_13), d, to);
    hn::StoreU(hn::InterleaveUpper(d, low_02, low_13), d, to + to_step);
    hn::StoreU(hn::InterleaveLower(d, high_02, high_13), d, to + 2 * to_step);
    hn::StoreU(hn::InterleaveUpper(d, high_02, high_13), d, to + 3 * to_step);
  }
#endif
}

/// Copies the columns of a matrix, `count` rows of which lie in memory from `from` on, to where
/// they are its rows.
template <Real T>
void pack_transposed(const T* from, std::size_t from_step, std::size_t count, std::size_t num_terms,
                     std::size_t width, T* HWY_RESTRICT out) {
  constexpr std::size_t side = num_narrow_lanes<T>;
  const std::size_t whole_columns = count / side * side;
  const std::size_t whole_terms = num_terms / side * side;
  for (std::size_t n = 0; n < whole_columns; n += side) {
    for (std::size_t k = 0; k < whole_terms; k += side) {
      transpose_square(from + n * from_step + k, from_step, out + k * width + n, width);
    }
  }
  for (std::size_t n = 0; n < count; ++n) {
    for (std::size_t k = n < whole_columns ? whole_terms : 0; k < num_terms; ++k) {
      out[k * width + n] = from[n * from_step + k];
    }
  }
}

/// Copies some columns of b, row after row, padded with zeros to `width` numbers each.
template <Real T, std::size_t width>
void pack_columns(const Factor<T>& b, const Terms& terms, std::size_t first, std::size_t count,
                  T* HWY_RESTRICT out) {
  if (b.col_step == 1) {
    for (std::size_t k = 0; k < terms.count; ++k) {
      std::copy_n(b.at(terms.first + k, first), count, out + k * width);
    }
  } else {
    pack_transposed(b.at(terms.first, first), b.col_step, count, terms.count, width, out);
  }
  if (count < width) {
    for (std::size_t k = 0; k < terms.count; ++k) {
      std::fill(out + k * width + count, out + (k + 1) * width, T{0});
    }
  }
}

}  // namespace gradus::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the toggled guard

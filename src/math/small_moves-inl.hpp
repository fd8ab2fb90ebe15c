// SPDX-License-Identifier: MIT
// What the vector kernels of changes share. Compiled once for each instruction set, so the guard
// is Highway's and not #pragma once.
#if defined(GRADUS_MATH_SMALL_MOVES_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef GRADUS_MATH_SMALL_MOVES_INL_HPP
#undef GRADUS_MATH_SMALL_MOVES_INL_HPP
#else
#define GRADUS_MATH_SMALL_MOVES_INL_HPP
#endif

#include <hwy/contrib/math/math-inl.h>
#include <hwy/highway.h>

#include <cstddef>
#include <cstring>

HWY_BEFORE_NAMESPACE();
namespace gradus::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

#if HWY_HAVE_FLOAT64

using Lanes = hn::ScalableTag<double>;
using Vector = hn::Vec<Lanes>;

// Up to here five terms of a series are exact to rounding. Steps of 1e-4 are of this size.
constexpr double tiny_move = 0x1p-10;

// Up to here the formulas that use exp(x) - 1 are better than plain differences, and nothing in
// them can overflow.
constexpr double small_move = 0.5;

/// exp(x) - 1 for |x| <= tiny_move. The first term left out is x^6 / 720: 1e-18 of the result.
HWY_INLINE Vector tiny_expm1(Vector x) {
  const Lanes d;
  Vector series = hn::MulAdd(x, hn::Set(d, 1.0 / 120), hn::Set(d, 1.0 / 24));
  series = hn::MulAdd(series, x, hn::Set(d, 1.0 / 6));
  series = hn::MulAdd(series, x, hn::Set(d, 0.5));
  return hn::MulAdd(hn::Mul(x, x), series, x);
}

/// ln(1 + x) for |x| a little above tiny_move. The first term left out is x^6 / 6: 1.5e-16 of it.
HWY_INLINE Vector tiny_log1p(Vector x) {
  const Lanes d;
  Vector series = hn::NegMulAdd(x, hn::Set(d, 1.0 / 5), hn::Set(d, 1.0 / 4));
  series = hn::NegMulAdd(series, x, hn::Set(d, 1.0 / 3));
  series = hn::NegMulAdd(series, x, hn::Set(d, 0.5));
  return hn::NegMulAdd(hn::Mul(x, x), series, x);
}

/// Whether all numbers are at most limit^2, given as squares or sums of them. A NaN is not.
HWY_INLINE bool are_within(double limit, Vector squares) {
  const Lanes d;
  return hn::AllTrue(d, hn::Le(squares, hn::Set(d, limit * limit)));
}

/// As many neighbouring columns of a matrix as a vector holds; fewer at its right edge.
template <bool is_whole>
struct Columns {
  std::size_t num_cols;  // of the matrix
  std::size_t first;
  std::size_t count;  // of these columns

  HWY_INLINE Vector load(const double* matrix, std::size_t row) const {
    const Lanes d;
    const double* place = matrix + row * num_cols + first;
    if (is_whole) {
      return hn::LoadU(d, place);
    }
    HWY_ALIGN double padded[HWY_MAX_BYTES / sizeof(double)] = {};
    std::memcpy(padded, place, count * sizeof(double));
    return hn::Load(d, padded);
  }

  HWY_INLINE void store(Vector vector, double* matrix, std::size_t row) const {
    const Lanes d;
    double* place = matrix + row * num_cols + first;
    if (is_whole) {
      hn::StoreU(vector, d, place);
      return;
    }
    HWY_ALIGN double padded[HWY_MAX_BYTES / sizeof(double)];
    hn::Store(vector, d, padded);
    std::memcpy(place, padded, count * sizeof(double));
  }
};

/// Calls kernel.run(columns) for all columns of a matrix, a vector of them at a time.
template <class Kernel>
HWY_INLINE void for_all_columns(std::size_t num_cols, const Kernel& kernel) {
  const std::size_t num_lanes = hn::Lanes(Lanes());
  std::size_t first = 0;
  for (; first + num_lanes <= num_cols; first += num_lanes) {
    kernel.run(Columns<true>{num_cols, first, num_lanes});
  }
  if (first < num_cols) {
    kernel.run(Columns<false>{num_cols, first, num_cols - first});
  }
}

#endif  // HWY_HAVE_FLOAT64

}  // namespace gradus::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the toggled guard

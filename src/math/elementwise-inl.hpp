// SPDX-License-Identifier: MIT
// A function of one number applied to many, a vector at a time, and exp to build it from. Compiled
// once for each instruction set.
#if defined(GRADUS_MATH_ELEMENTWISE_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef GRADUS_MATH_ELEMENTWISE_INL_HPP
#undef GRADUS_MATH_ELEMENTWISE_INL_HPP
#else
#define GRADUS_MATH_ELEMENTWISE_INL_HPP
#endif

#include <hwy/contrib/math/math-inl.h>
#include <hwy/highway.h>

#include <cstddef>

#include "partial_vectors-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace gradus::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// exp(x), also where it overflows, and of NaN.
template <class D, class V>
HWY_INLINE V exp(D d, V x) {
  using T = hn::TFromD<D>;
  // Highway's own needs a number that is not too large; so large, the result is infinity.
  const V enough = hn::Set(d, static_cast<T>(sizeof(T) == 4 ? 100 : 720));
  const V y = hn::Exp(d, hn::Min(x, enough));
  return hn::IfThenElse(hn::IsNaN(x), x, y);
}

/// y[i] = function(d, x[i]) for i = 0 ... count - 1, and function(d, fill) for what a last vector
/// has more than that, unwritten. x and y may be the same memory.
template <class T, class Function>
HWY_INLINE void for_each_number(const T* x, T* y, std::size_t count, const Function& function,
                                T fill = 0) {
  const hn::ScalableTag<T> d;
  const std::size_t num_lanes = hn::Lanes(d);
  std::size_t i = 0;
  for (; i + num_lanes <= count; i += num_lanes) {
    hn::StoreU(function(d, hn::LoadU(d, x + i)), d, y + i);
  }
  if (i < count) {
    store_first(d, function(d, load_first(d, x + i, count - i, fill)), count - i, y + i);
  }
}

}  // namespace gradus::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the toggled guard

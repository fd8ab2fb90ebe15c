// SPDX-License-Identifier: MIT
// The last vector of a row, which is only partly there. Compiled once for each instruction set.
#if defined(GRADUS_MATH_PARTIAL_VECTORS_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef GRADUS_MATH_PARTIAL_VECTORS_INL_HPP
#undef GRADUS_MATH_PARTIAL_VECTORS_INL_HPP
#else
#define GRADUS_MATH_PARTIAL_VECTORS_INL_HPP
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <cstddef>

HWY_BEFORE_NAMESPACE();
namespace gradus::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// The first `count` numbers of a vector from memory, the others `fill`.
template <class D, class T>
HWY_INLINE hn::Vec<D> load_first(D d, const T* from, std::size_t count, T fill) {
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX2  // a masked load does not touch what it leaves out
  const auto mask = hn::FirstN(d, count);
  return hn::IfThenElse(mask, hn::MaskedLoad(mask, d, from), hn::Set(d, fill));
#else
  HWY_ALIGN T padded[HWY_MAX_BYTES / sizeof(T)];
  hn::Store(hn::Set(d, fill), d, padded);
  std::copy_n(from, count, padded);
  return hn::Load(d, padded);
#endif
}

/// Writes the first `count` numbers of a vector to memory.
template <class D, class T>
HWY_INLINE void store_first(D d, hn::Vec<D> vector, std::size_t count, T* to) {
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX2
  hn::BlendedStore(vector, hn::FirstN(d, count), d, to);
#else
  HWY_ALIGN T padded[HWY_MAX_BYTES / sizeof(T)];
  hn::Store(vector, d, padded);
  std::copy_n(padded, count, to);
#endif
}

}  // namespace gradus::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // the toggled guard

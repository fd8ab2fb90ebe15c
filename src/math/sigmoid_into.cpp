// SPDX-License-Identifier: MIT
// 1 / (1 + exp(-x)) for many numbers. Where exp(-x) overflows to infinity the quotient is 0, as it
// should be.
#include <fmt/core.h>

#include <algorithm>
#include <cstddef>

#include "gradus/core/error.hpp"
#include "gradus/math/sigmoid.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "math/sigmoid_into.cpp"
#include <hwy/foreach_target.h>

#include "elementwise-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace gradus::HWY_NAMESPACE {

struct Sigmoid {
  template <class D, class V>
  HWY_INLINE V operator()(D d, V x) const {
    const V one = hn::Set(d, 1);
    return hn::Div(one, hn::Add(one, exp(d, hn::Neg(x))));
  }
};

void sigmoid_float(const float* x, float* y, std::size_t count) {
  for_each_number(x, y, count, Sigmoid());
}

void sigmoid_double(const double* x, double* y, std::size_t count) {
#if HWY_HAVE_FLOAT64
  for_each_number(x, y, count, Sigmoid());
#else
  std::transform(x, x + count, y, sigmoid<double>);
#endif
}

}  // namespace gradus::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace gradus {

HWY_EXPORT(sigmoid_float);
HWY_EXPORT(sigmoid_double);

template <Real T>
void sigmoid_into(std::span<const T> x, std::span<T> y) {
  if (x.size() != y.size()) {
    throw ShapeError(fmt::format("sigmoid: {} numbers, room for {}", x.size(), y.size()));
  }
  if constexpr (std::is_same_v<T, float>) {
    HWY_DYNAMIC_DISPATCH(sigmoid_float)(x.data(), y.data(), x.size());
  } else {
    HWY_DYNAMIC_DISPATCH(sigmoid_double)(x.data(), y.data(), x.size());
  }
}

template void sigmoid_into<float>(std::span<const float>, std::span<float>);
template void sigmoid_into<double>(std::span<const double>, std::span<double>);

}  // namespace gradus
#endif

// SPDX-License-Identifier: MIT
#include "peak.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "peak.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace gradus::bench::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// Ten sums at once: no machine starts more multiply-adds before the first is done. They begin with
/// different numbers, or else a compiler would see that they are one.
/// @returns  how many numbers were multiplied and added
template <class T>
std::uint64_t multiply_and_add(std::uint64_t count, T* factor) {
  const hn::ScalableTag<T> d;
  const auto x = hn::Set(d, *factor);
  const auto y = hn::Set(d, static_cast<T>(1e-3));
  auto s0 = hn::Zero(d);
  auto s1 = hn::Add(s0, y);
  auto s2 = hn::Add(s1, y);
  auto s3 = hn::Add(s2, y);
  auto s4 = hn::Add(s3, y);
  auto s5 = hn::Add(s4, y);
  auto s6 = hn::Add(s5, y);
  auto s7 = hn::Add(s6, y);
  auto s8 = hn::Add(s7, y);
  auto s9 = hn::Add(s8, y);
  for (std::uint64_t i = 0; i < count; ++i) {
    s0 = hn::MulAdd(s0, x, y);
    s1 = hn::MulAdd(s1, x, y);
    s2 = hn::MulAdd(s2, x, y);
    s3 = hn::MulAdd(s3, x, y);
    s4 = hn::MulAdd(s4, x, y);
    s5 = hn::MulAdd(s5, x, y);
    s6 = hn::MulAdd(s6, x, y);
    s7 = hn::MulAdd(s7, x, y);
    s8 = hn::MulAdd(s8, x, y);
    s9 = hn::MulAdd(s9, x, y);
  }
  const auto low = hn::Add(hn::Add(hn::Add(s0, s1), hn::Add(s2, s3)), s4);
  const auto high = hn::Add(hn::Add(hn::Add(s5, s6), hn::Add(s7, s8)), s9);
  *factor = hn::GetLane(hn::Add(low, high));  // or else nothing need be computed
  return count * 10 * hn::Lanes(d);
}

std::uint64_t multiply_and_add_floats(std::uint64_t count, float* factor) {
  return multiply_and_add(count, factor);
}

std::uint64_t multiply_and_add_doubles(std::uint64_t count, double* factor) {
  return multiply_and_add(count, factor);
}

}  // namespace gradus::bench::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace gradus::bench {
namespace {

HWY_EXPORT(multiply_and_add_floats);
HWY_EXPORT(multiply_and_add_doubles);

std::uint64_t multiply_and_add(std::uint64_t count, float* factor) {
  return HWY_DYNAMIC_DISPATCH(multiply_and_add_floats)(count, factor);
}

std::uint64_t multiply_and_add(std::uint64_t count, double* factor) {
  return HWY_DYNAMIC_DISPATCH(multiply_and_add_doubles)(count, factor);
}

template <Real T>
double measured_peak() {
  constexpr int num_tries = 20;
  constexpr std::uint64_t count = 2'000'000;  // some milliseconds
  double best = 0;
  for (int i = 0; i < num_tries; ++i) {
    T factor = static_cast<T>(0.999);
    const auto start = std::chrono::steady_clock::now();
    const std::uint64_t products = multiply_and_add(count, &factor);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    best = std::max(best, 2 * static_cast<double>(products) / seconds.count());
  }
  return best;
}

}  // namespace

template <Real T>
double multiply_add_peak() {
  static const double peak = measured_peak<T>();
  return peak;
}

template double multiply_add_peak<float>();
template double multiply_add_peak<double>();

}  // namespace gradus::bench
#endif

// SPDX-License-Identifier: MIT
// Softmax of a row, in three passes: its maximum, exp of what is below it, and the division. What
// is behind the last score counts as minus infinity, whose exp adds nothing. Each pass waits for
// the one before it, so that the processor is given many rows, of which it works on several at
// once.
#include "softmax_row.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <type_traits>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "math/softmax_row.cpp"
#include <hwy/foreach_target.h>

#include "elementwise-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace gradus::HWY_NAMESPACE {

/// The largest of at least one number. A NaN is left out, unless it is the first.
template <class D, class T>
HWY_INLINE T largest(D d, const T* numbers, std::size_t count) {
  hn::Vec<D> found = load_first(d, numbers, std::min(count, hn::Lanes(d)), numbers[0]);
  std::size_t i = hn::Lanes(d);
  for (; i + hn::Lanes(d) <= count; i += hn::Lanes(d)) {
    found = hn::Max(hn::LoadU(d, numbers + i), found);
  }
  if (i < count) {
    found = hn::Max(load_first(d, numbers + i, count - i, numbers[0]), found);
  }
  return hn::GetLane(hn::MaxOfLanes(d, found));
}

/// The sum of exp of what is below the maximum; if `probabilities` is not null, each exp goes
/// there.
template <Real T>
SumOfExp<T> sum_exp(std::span<const T> scores, T* probabilities) {
  const hn::ScalableTag<T> d;
  const std::size_t num_lanes = hn::Lanes(d);
  const T maximum = largest(d, scores.data(), scores.size());
  auto sums = hn::Zero(d);
  for (std::size_t i = 0; i < scores.size(); i += num_lanes) {
    const std::size_t count = std::min(num_lanes, scores.size() - i);
    const auto score = load_first(d, scores.data() + i, count, -std::numeric_limits<T>::infinity());
    const auto e = exp(d, hn::Sub(score, hn::Set(d, maximum)));
    sums = hn::Add(sums, e);
    if (probabilities != nullptr) {
      store_first(d, e, count, probabilities + i);
    }
  }
  return {maximum, hn::GetLane(hn::SumOfLanes(d, sums))};
}

template <Real T>
void softmax(MatrixView<const T> scores, MatrixView<T> probabilities, SumOfExp<T>* sums) {
  for (std::size_t b = 0; b < scores.num_rows(); ++b) {
    T* row = probabilities.row(b).data();
    const SumOfExp<T> all = sum_exp(scores.row(b), row);
    for_each_number(row, row, scores.num_cols(),
                    [&](auto d, auto e) HWY_ATTR { return hn::Div(e, hn::Set(d, all.sum)); });
    if (sums != nullptr) {
      sums[b] = all;
    }
  }
}

void softmax_float(MatrixView<const float> scores, MatrixView<float> probabilities,
                   SumOfExp<float>* sums) {
  softmax(scores, probabilities, sums);
}

SumOfExp<float> sum_exp_float(std::span<const float> scores) {
  return sum_exp<float>(scores, nullptr);
}

#if HWY_HAVE_FLOAT64

void softmax_double(MatrixView<const double> scores, MatrixView<double> probabilities,
                    SumOfExp<double>* sums) {
  softmax(scores, probabilities, sums);
}

SumOfExp<double> sum_exp_double(std::span<const double> scores) {
  return sum_exp<double>(scores, nullptr);
}

#else

SumOfExp<double> sum_exp_double(std::span<const double> scores) {
  const double maximum = *std::max_element(scores.begin(), scores.end());
  double sum = 0;
  for (const double score : scores) {
    sum += std::exp(score - maximum);
  }
  return {maximum, sum};
}

void softmax_double(MatrixView<const double> scores, MatrixView<double> probabilities,
                    SumOfExp<double>* sums) {
  for (std::size_t b = 0; b < scores.num_rows(); ++b) {
    const SumOfExp<double> all = sum_exp_double(scores.row(b));
    std::transform(scores.row(b).begin(), scores.row(b).end(), probabilities.row(b).begin(),
                   [&](double score) { return std::exp(score - all.maximum) / all.sum; });
    if (sums != nullptr) {
      sums[b] = all;
    }
  }
}

#endif

}  // namespace gradus::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace gradus {

HWY_EXPORT(softmax_float);
HWY_EXPORT(softmax_double);
HWY_EXPORT(sum_exp_float);
HWY_EXPORT(sum_exp_double);

template <>
void softmax_rows<float>(MatrixView<const float> scores, MatrixView<float> probabilities,
                         SumOfExp<float>* sums) {
  HWY_DYNAMIC_DISPATCH(softmax_float)(scores, probabilities, sums);
}

template <>
void softmax_rows<double>(MatrixView<const double> scores, MatrixView<double> probabilities,
                          SumOfExp<double>* sums) {
  HWY_DYNAMIC_DISPATCH(softmax_double)(scores, probabilities, sums);
}

template <>
SumOfExp<float> sum_of_exp<float>(std::span<const float> scores) {
  return HWY_DYNAMIC_DISPATCH(sum_exp_float)(scores);
}

template <>
SumOfExp<double> sum_of_exp<double>(std::span<const double> scores) {
  return HWY_DYNAMIC_DISPATCH(sum_exp_double)(scores);
}

}  // namespace gradus
#endif

// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

#include "gradus/core/real.hpp"

namespace gradus {

/// target += sum over k of factor(k) * row(k), for k = 0 ... count - 1.
///
/// Four rows at a time: the target is then read and written a quarter as often, and the loop over
/// its elements is one the compiler turns into vector instructions. The order of the additions is
/// fixed, so the bits depend on nothing but the numbers.
template <Real T, class Factor, class Row>
void add_rows(std::size_t count, Factor factor, Row row, T* target, std::size_t length) {
  std::size_t k = 0;
  for (; k + 4 <= count; k += 4) {
    const T f0 = factor(k);
    const T f1 = factor(k + 1);
    const T f2 = factor(k + 2);
    const T f3 = factor(k + 3);
    const T* r0 = row(k);
    const T* r1 = row(k + 1);
    const T* r2 = row(k + 2);
    const T* r3 = row(k + 3);
    for (std::size_t i = 0; i < length; ++i) {
      target[i] += (f0 * r0[i] + f1 * r1[i]) + (f2 * r2[i] + f3 * r3[i]);
    }
  }
  for (; k < count; ++k) {
    const T f = factor(k);
    const T* r = row(k);
    for (std::size_t i = 0; i < length; ++i) {
      target[i] += f * r[i];
    }
  }
}

}  // namespace gradus

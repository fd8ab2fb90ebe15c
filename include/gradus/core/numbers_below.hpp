// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

namespace gradus {

/// 0, 1, 2, ..., end - 1: the indices of all samples, the places along an axis.
/// @param end  a number that T holds exactly
template <class T>
[[nodiscard]] std::vector<T> numbers_below(std::size_t end) {
  std::vector<T> numbers(end);
  std::iota(numbers.begin(), numbers.end(), T{0});
  return numbers;
}

/// At most `count` of them, spread evenly.
template <class T>
[[nodiscard]] std::vector<T> some_numbers_below(std::size_t end, std::size_t count) {
  std::vector<T> numbers(std::min(end, count));
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    numbers[i] = static_cast<T>(i * end / numbers.size());
  }
  return numbers;
}

}  // namespace gradus

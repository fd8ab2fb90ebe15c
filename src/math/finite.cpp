// SPDX-License-Identifier: MIT
#include "gradus/math/finite.hpp"

#include <algorithm>
#include <cmath>

namespace gradus {

template <Real T>
bool are_finite(std::span<const T> numbers) {
  return std::all_of(numbers.begin(), numbers.end(), [](T x) { return std::isfinite(x); });
}

template bool are_finite<float>(std::span<const float>);
template bool are_finite<double>(std::span<const double>);

}  // namespace gradus

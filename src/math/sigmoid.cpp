// SPDX-License-Identifier: MIT
#include "gradus/math/sigmoid.hpp"

#include <cmath>

namespace gradus {

template <Real T>
T sigmoid(T x) {
  if (x >= 0) {
    return 1 / (1 + std::exp(-x));
  }
  const T e = std::exp(x);
  return e / (1 + e);
}

template float sigmoid<float>(float);
template double sigmoid<double>(double);

}  // namespace gradus

// SPDX-License-Identifier: MIT
#include "gradus/optim/sgd.hpp"

#include <cstddef>

namespace gradus {

template <Real T>
void Sgd<T>::step(std::span<T> parameters, std::span<const T> gradient, T learning_rate) {
  check_step(parameters.size(), gradient.size(), parameters.size());
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    parameters[i] -= learning_rate * gradient[i];
  }
}

template class Sgd<float>;
template class Sgd<double>;

}  // namespace gradus

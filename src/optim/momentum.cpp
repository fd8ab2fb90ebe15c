// SPDX-License-Identifier: MIT
#include "gradus/optim/momentum.hpp"

namespace gradus {

template <Real T>
Momentum<T>::Momentum(double momentum, std::size_t num_parameters)
    : momentum_(static_cast<T>(momentum)), velocity_(num_parameters) {
}

template <Real T>
void Momentum<T>::step(std::span<T> parameters, std::span<const T> gradient, T learning_rate) {
  check_step(parameters.size(), gradient.size(), velocity_.size());
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    velocity_[i] = momentum_ * velocity_[i] - learning_rate * gradient[i];
    parameters[i] += velocity_[i];
  }
}

template class Momentum<float>;
template class Momentum<double>;

}  // namespace gradus

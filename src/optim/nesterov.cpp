// SPDX-License-Identifier: MIT
#include "gradus/optim/nesterov.hpp"

namespace gradus {

template <Real T>
Nesterov<T>::Nesterov(double momentum, std::size_t num_parameters)
    : momentum_(static_cast<T>(momentum)), velocity_(num_parameters) {
}

template <Real T>
void Nesterov<T>::step(std::span<T> parameters, std::span<const T> gradient, T learning_rate) {
  check_step(parameters.size(), gradient.size(), velocity_.size());
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    velocity_[i] = momentum_ * velocity_[i] - learning_rate * gradient[i];
    parameters[i] += momentum_ * velocity_[i] - learning_rate * gradient[i];
  }
}

template class Nesterov<float>;
template class Nesterov<double>;

}  // namespace gradus

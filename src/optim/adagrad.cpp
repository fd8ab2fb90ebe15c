// SPDX-License-Identifier: MIT
#include "gradus/optim/adagrad.hpp"

#include <cmath>

namespace gradus {
namespace {

constexpr double adagrad_epsilon = 1e-7;  // keeps the first step finite where the gradient is 0

}  // namespace

template <Real T>
Adagrad<T>::Adagrad(std::size_t num_parameters) : sum_of_squares_(num_parameters) {
}

template <Real T>
void Adagrad<T>::step(std::span<T> parameters, std::span<const T> gradient, T learning_rate) {
  check_step(parameters.size(), gradient.size(), sum_of_squares_.size());
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    sum_of_squares_[i] += gradient[i] * gradient[i];
    parameters[i] -= learning_rate * gradient[i] /
                     (std::sqrt(sum_of_squares_[i]) + static_cast<T>(adagrad_epsilon));
  }
}

template class Adagrad<float>;
template class Adagrad<double>;

}  // namespace gradus

// SPDX-License-Identifier: MIT
#include "gradus/optim/rmsprop.hpp"

#include <cmath>

namespace gradus {
namespace {

constexpr double decay = 0.99;
constexpr double rmsprop_epsilon = 1e-7;  // keeps the step finite where the gradient is 0

}  // namespace

template <Real T>
Rmsprop<T>::Rmsprop(std::size_t num_parameters) : mean_of_squares_(num_parameters) {
}

template <Real T>
void Rmsprop<T>::step(std::span<T> parameters, std::span<const T> gradient, T learning_rate) {
  check_step(parameters.size(), gradient.size(), mean_of_squares_.size());
  constexpr T kept = static_cast<T>(decay);
  constexpr T added = static_cast<T>(1 - decay);
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    mean_of_squares_[i] = kept * mean_of_squares_[i] + added * gradient[i] * gradient[i];
    parameters[i] -= learning_rate * gradient[i] /
                     (std::sqrt(mean_of_squares_[i]) + static_cast<T>(rmsprop_epsilon));
  }
}

template class Rmsprop<float>;
template class Rmsprop<double>;

}  // namespace gradus

// SPDX-License-Identifier: MIT
#include "gradus/optim/adam.hpp"

#include <cmath>

namespace gradus {
namespace {

constexpr double beta_1 = 0.9;
constexpr double beta_2 = 0.999;
constexpr double adam_epsilon = 1e-8;

}  // namespace

template <Real T>
Adam<T>::Adam(std::size_t num_parameters)
    : mean_(num_parameters), mean_of_squares_(num_parameters) {
}

template <Real T>
void Adam<T>::step(std::span<T> parameters, std::span<const T> gradient, T learning_rate) {
  check_step(parameters.size(), gradient.size(), mean_.size());
  ++num_steps_;
  const double t = static_cast<double>(num_steps_);
  const T mean_scale = static_cast<T>(1 / (1 - std::pow(beta_1, t)));
  const T square_scale = static_cast<T>(1 / (1 - std::pow(beta_2, t)));
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const T g = gradient[i];
    mean_[i] = static_cast<T>(beta_1) * mean_[i] + static_cast<T>(1 - beta_1) * g;
    mean_of_squares_[i] =
        static_cast<T>(beta_2) * mean_of_squares_[i] + static_cast<T>(1 - beta_2) * g * g;
    parameters[i] -= learning_rate * (mean_[i] * mean_scale) /
                     (std::sqrt(mean_of_squares_[i] * square_scale) + static_cast<T>(adam_epsilon));
  }
}

template class Adam<float>;
template class Adam<double>;

}  // namespace gradus

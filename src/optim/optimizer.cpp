// SPDX-License-Identifier: MIT
#include "gradus/optim/optimizer.hpp"

#include <fmt/core.h>

#include <array>

#include "gradus/core/error.hpp"
#include "gradus/optim/adagrad.hpp"
#include "gradus/optim/adam.hpp"
#include "gradus/optim/momentum.hpp"
#include "gradus/optim/nesterov.hpp"
#include "gradus/optim/rmsprop.hpp"
#include "gradus/optim/sgd.hpp"

namespace gradus {
namespace {

template <Real T>
std::unique_ptr<Optimizer<T>> make_sgd(const OptimizerOptions&, std::size_t) {
  return std::make_unique<Sgd<T>>();
}

template <Real T, class OptimizerType>
std::unique_ptr<Optimizer<T>> make_with_momentum(const OptimizerOptions& options,
                                                 std::size_t num_parameters) {
  return std::make_unique<OptimizerType>(options.momentum, num_parameters);
}

template <Real T, class OptimizerType>
std::unique_ptr<Optimizer<T>> make(const OptimizerOptions&, std::size_t num_parameters) {
  return std::make_unique<OptimizerType>(num_parameters);
}

}  // namespace

void check_step(std::size_t num_parameters, std::size_t num_gradients, std::size_t num_remembered) {
  if (num_gradients != num_parameters || num_remembered != num_parameters) {
    throw ShapeError(
        fmt::format("Optimizer.step: got {} parameters and a gradient of {}, was made for {}",
                    num_parameters, num_gradients, num_remembered));
  }
}

template <Real T>
const Registry<OptimizerEntry<T>>& optimizers() {
  static constexpr std::array<OptimizerEntry<T>, 6> entries{{
      {"sgd", "plain gradient descent (the textbook's)", make_sgd<T>},
      {"momentum", "with a velocity", make_with_momentum<T, Momentum<T>>},
      {"nesterov", "with a velocity that looks ahead", make_with_momentum<T, Nesterov<T>>},
      {"adagrad", "steps shrink where gradients were large", make<T, Adagrad<T>>},
      {"rmsprop", "adagrad that forgets", make<T, Rmsprop<T>>},
      {"adam", "velocity and scale together; wants a learning rate near 0.001", make<T, Adam<T>>},
  }};
  static constexpr Registry<OptimizerEntry<T>> registry("optimizer", entries);
  return registry;
}

template <Real T>
std::unique_ptr<Optimizer<T>> make_optimizer(const OptimizerOptions& options,
                                             std::size_t num_parameters) {
  if (!(options.momentum >= 0 && options.momentum < 1)) {
    throw ValueError(
        fmt::format("momentum is {}, expected a number from 0 up to but not 1", options.momentum));
  }
  return optimizers<T>().find(options.id).make(options, num_parameters);
}

template const Registry<OptimizerEntry<float>>& optimizers<float>();
template const Registry<OptimizerEntry<double>>& optimizers<double>();
template std::unique_ptr<Optimizer<float>> make_optimizer<float>(const OptimizerOptions&,
                                                                 std::size_t);
template std::unique_ptr<Optimizer<double>> make_optimizer<double>(const OptimizerOptions&,
                                                                   std::size_t);

}  // namespace gradus

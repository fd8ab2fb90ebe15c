// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gradus/core/real.hpp"
#include "gradus/core/registry.hpp"

namespace gradus {

/// One flat vector an optimizer remembers from step to step, as long as the parameters.
template <Real T>
struct OptimizerMemory {
  std::string_view name;
  std::span<T> values;
};

/// How a gradient becomes a step.
///
/// An optimizer sees the whole flat parameter vector once per iteration; what it remembers are flat
/// vectors of the same length, so it neither knows nor cares where one layer ends.
template <Real T>
class Optimizer {
 public:
  virtual ~Optimizer() = default;

  /// Changes the parameters against the gradient.
  /// @param parameters     (P) in and out
  /// @param gradient       (P) dL/dparameters
  /// @param learning_rate  of this iteration
  /// @throws ShapeError    another number of parameters than it was made for, or than the gradient
  virtual void step(std::span<T> parameters, std::span<const T> gradient, T learning_rate) = 0;

  /// All it remembers, to be saved, or to be overwritten with what was saved. By default nothing.
  [[nodiscard]] virtual std::vector<OptimizerMemory<T>> memory() { return {}; }

  /// To be called after the memory was restored, with the number of steps made before.
  virtual void resume_after(std::uint64_t /*num_steps*/) {}
};

/// Throws the errors that step() promises.
/// @param num_remembered  length of what the optimizer remembers
void check_step(std::size_t num_parameters, std::size_t num_gradients, std::size_t num_remembered);

struct OptimizerOptions {
  std::string id = "sgd";
  double momentum = 0.9;  // of momentum and nesterov, in [0, 1)
};

template <Real T>
struct OptimizerEntry {
  std::string_view id;
  std::string_view summary;
  std::unique_ptr<Optimizer<T>> (*make)(const OptimizerOptions& options,
                                        std::size_t num_parameters);
};

template <Real T>
[[nodiscard]] const Registry<OptimizerEntry<T>>& optimizers();

/// @throws ValueError  unknown id, or momentum outside [0, 1)
template <Real T>
[[nodiscard]] std::unique_ptr<Optimizer<T>> make_optimizer(const OptimizerOptions& options,
                                                           std::size_t num_parameters);

}  // namespace gradus

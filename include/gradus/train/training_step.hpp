// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

#include "gradus/core/parallel.hpp"
#include "gradus/core/registry.hpp"
#include "gradus/data/input_source.hpp"
#include "gradus/loss/loss.hpp"
#include "gradus/nn/network.hpp"
#include "gradus/optim/optimizer.hpp"

namespace gradus {

/// One iteration of training: the gradient of a batch, and the update.
///
/// The one seam for speed: there is a step that works for everything, and two that use what plain
/// gradient descent on dense and on sparse rows allows. They compute the same numbers up to the
/// order of sums (tests/unit/train/training_step_test.cpp). Another one gets its gradient from
/// differences. Nothing else knows of special cases.
template <Real T>
class TrainingStep {
 public:
  virtual ~TrainingStep() = default;

  /// Its name in a run's record.
  [[nodiscard]] virtual std::string_view id() const = 0;

  /// Updates the parameters against the gradient of the mean loss of this batch.
  /// @param x              (B, I), B at most the options' batch_size
  /// @param targets        (B) labels, or (B, C) numbers
  /// @param learning_rate  of this iteration
  /// @returns  the loss of the batch before the update. When it is not finite there is no update:
  ///           the parameters stay as they were, so that what went wrong can be found in them.
  virtual T run(const Input<T>& x, const Targets<T>& targets, T learning_rate, Team& team) = 0;

  /// The parameters as they are now (P). Valid until the next run(). They belong to the step,
  /// because it may keep them in another form while it trains. Cost  at most a copy of them.
  [[nodiscard]] virtual std::span<const T> parameters() = 0;

  /// @throws ShapeError  another number of them
  virtual void set_parameters(std::span<const T> parameters) = 0;

  /// Its optimizer, to save and restore what it remembers; null when there is nothing to remember.
  [[nodiscard]] virtual Optimizer<T>* optimizer() { return nullptr; }
};

/// Where the gradient comes from.
enum class GradientMethod { backprop, numerical };

struct GradientEntry {
  std::string_view id;
  std::string_view summary;
  GradientMethod method;
};

[[nodiscard]] const Registry<GradientEntry>& gradient_methods();

struct TrainingStepOptions {
  OptimizerOptions optimizer;
  double weight_decay = 0;     // weights shrink by learning_rate * weight_decay; biases do not
  std::size_t batch_size = 0;  // the largest batch run() will be given
  InputForm input_form = InputForm::dense;
  GradientMethod gradient = GradientMethod::backprop;
};

/// The fastest step that does what the options say. Its parameters are all 0 at first.
///
/// Weight decay is subtracted from the weights directly and not added to the gradient, so that it
/// means the same for every optimizer; for sgd it is the gradient of weight_decay / 2 * sum(W^2).
/// Source  Loshchilov, Hutter, "Decoupled weight decay regularization" (2019), algorithm 2.
/// @param network  must outlive the step
/// @param loss     must outlive the step
/// @throws ValueError  unknown optimizer, a number outside its range, or a numerical gradient in
///                     float
template <Real T>
[[nodiscard]] std::unique_ptr<TrainingStep<T>> make_training_step(
    const Network<T>& network, const Loss<T>& loss, const TrainingStepOptions& options);

}  // namespace gradus

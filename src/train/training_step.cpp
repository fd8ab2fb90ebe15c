// SPDX-License-Identifier: MIT
#include "gradus/train/training_step.hpp"

#include <fmt/core.h>

#include <array>
#include <cmath>
#include <type_traits>
#include <variant>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/nn/numerical_gradient.hpp"
#include "sparse_sgd_step.hpp"
#include "training_step_base.hpp"

namespace gradus {
namespace {

/// The gradient of a batch, backwards through the layers.
template <Real T>
class Backpropagation {
 public:
  Backpropagation(const Network<T>& network, const Loss<T>& loss, std::size_t max_rows)
      : network_(network), loss_(loss), workspace_(network, max_rows) {}

  T run(std::span<const T> parameters, const Input<T>& x, const Targets<T>& targets,
        std::span<T> gradient, Team& team) {
    const auto scores = network_.forward(parameters, x, workspace_, team);
    const T loss = loss_.value_and_gradient(scores, targets, workspace_.d_scores());
    if (std::isfinite(loss)) {
      network_.backward(parameters, x, workspace_, gradient, team);
    }
    return loss;
  }

 private:
  const Network<T>& network_;
  const Loss<T>& loss_;
  Workspace<T> workspace_;
};

/// Any network, loss and optimizer: the whole gradient, then the update.
/// @tparam Gradient  made of a network, a loss and the largest batch; its run() writes the gradient
///                   of a batch and returns the loss
template <Real T, class Gradient>
class GradientStep final : public StepBase<T> {
 public:
  GradientStep(std::string_view id, const Network<T>& network, const Loss<T>& loss,
               const TrainingStepOptions& options)
      : StepBase<T>(network, loss, options),
        id_(id),
        gradient_of_batch_(network, loss, options.batch_size),
        gradient_(network.num_parameters()),
        optimizer_(make_optimizer<T>(options.optimizer, network.num_parameters())) {}

  [[nodiscard]] std::string_view id() const override { return id_; }

  T run(const Input<T>& x, const Targets<T>& targets, T learning_rate, Team& team) override {
    const T loss = gradient_of_batch_.run(this->parameters_, x, targets, gradient_, team);
    if (std::isfinite(loss)) {
      this->decay_weights(learning_rate, 0);
      optimizer_->step(this->parameters_, gradient_, learning_rate);
    }
    return loss;
  }

  [[nodiscard]] Optimizer<T>* optimizer() override { return optimizer_.get(); }

 private:
  std::string_view id_;
  Gradient gradient_of_batch_;
  std::vector<T> gradient_;
  std::unique_ptr<Optimizer<T>> optimizer_;
};

/// Plain gradient descent on dense rows: the gradient is never written down. For a large layer that
/// saves the way to memory and back.
template <Real T>
class DenseSgdStep final : public StepBase<T> {
 public:
  DenseSgdStep(const Network<T>& network, const Loss<T>& loss, const TrainingStepOptions& options)
      : StepBase<T>(network, loss, options), workspace_(network, options.batch_size) {}

  [[nodiscard]] std::string_view id() const override { return "dense_sgd"; }

  T run(const Input<T>& x, const Targets<T>& targets, T learning_rate, Team& team) override {
    const auto scores = this->network_.forward(this->parameters_, x, workspace_, team);
    const T loss = this->loss_.value_and_gradient(scores, targets, workspace_.d_scores());
    if (std::isfinite(loss)) {
      this->network_.descend(this->parameters_, std::get<MatrixView<const T>>(x), workspace_,
                             learning_rate, this->kept_weight(learning_rate), team);
    }
    return loss;
  }

 private:
  Workspace<T> workspace_;
};

}  // namespace

const Registry<GradientEntry>& gradient_methods() {
  static constexpr std::array<GradientEntry, 2> entries{{
      {"backprop", "backwards through the layers", GradientMethod::backprop},
      {"numerical", "by differences of two losses for each parameter, in double",
       GradientMethod::numerical},
  }};
  static constexpr Registry<GradientEntry> registry("gradient", entries);
  return registry;
}

template <Real T>
std::unique_ptr<TrainingStep<T>> make_training_step(const Network<T>& network, const Loss<T>& loss,
                                                    const TrainingStepOptions& options) {
  if (!(options.weight_decay >= 0) || !std::isfinite(options.weight_decay)) {
    throw ValueError(fmt::format("weight decay is {}, expected 0 or more", options.weight_decay));
  }
  if (options.gradient == GradientMethod::numerical) {
    if constexpr (std::is_same_v<T, double>) {
      return std::make_unique<GradientStep<double, NetworkNumericalGradient>>("numerical", network,
                                                                              loss, options);
    } else {
      throw ValueError("the numerical gradient needs double precision");
    }
  }
  if (options.optimizer.id == "sgd") {
    if (options.input_form == InputForm::sparse) {
      return make_sparse_sgd_step<T>(network, loss, options);
    }
    return std::make_unique<DenseSgdStep<T>>(network, loss, options);
  }
  return std::make_unique<GradientStep<T, Backpropagation<T>>>("general", network, loss, options);
}

template std::unique_ptr<TrainingStep<float>> make_training_step<float>(const Network<float>&,
                                                                        const Loss<float>&,
                                                                        const TrainingStepOptions&);
template std::unique_ptr<TrainingStep<double>> make_training_step<double>(
    const Network<double>&, const Loss<double>&, const TrainingStepOptions&);

}  // namespace gradus

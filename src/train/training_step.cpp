// SPDX-License-Identifier: MIT
#include "gradus/train/training_step.hpp"

#include <fmt/format.h>

#include <cmath>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/math/matmul.hpp"
#include "gradus/math/sparse_rows.hpp"
#include "gradus/optim/sgd.hpp"

namespace gradus {
namespace {

/// What both steps share: memory, and the way from a batch to dL/dscores.
template <Real T>
class StepBase : public TrainingStep<T> {
 public:
  StepBase(const Network<T>& network, const Loss<T>& loss, const TrainingStepOptions& options)
      : network_(network),
        loss_(loss),
        weight_decay_(static_cast<T>(options.weight_decay)),
        workspace_(network, options.batch_size),
        gradient_(network.num_parameters()) {}

 protected:
  T forward_and_loss(std::span<const T> parameters, const Input<T>& x,
                     std::span<const Label> labels, Team& team) {
    const auto scores = network_.forward(parameters, x, workspace_, team);
    return loss_.value_and_gradient(scores, labels, workspace_.d_scores());
  }

  /// The weights of all blocks from `first_block` on, times (1 - learning_rate * weight_decay).
  void decay_weights(std::span<T> parameters, T learning_rate, std::size_t first_block) {
    if (weight_decay_ == 0) {
      return;
    }
    for (const ParameterBlock& block : network_.parameters().subspan(first_block)) {
      if (block.is_weight()) {
        for (T& weight : block.of(parameters)) {
          weight *= kept_weight(learning_rate);
        }
      }
    }
  }

  [[nodiscard]] T kept_weight(T learning_rate) const { return 1 - learning_rate * weight_decay_; }

  const Network<T>& network_;
  const Loss<T>& loss_;
  T weight_decay_;
  Workspace<T> workspace_;
  std::vector<T> gradient_;
};

/// Any network, loss and optimizer: the whole gradient, then the update.
template <Real T>
class GeneralStep final : public StepBase<T> {
 public:
  GeneralStep(const Network<T>& network, const Loss<T>& loss, const TrainingStepOptions& options)
      : StepBase<T>(network, loss, options),
        optimizer_(make_optimizer<T>(options.optimizer, network.num_parameters())) {}

  [[nodiscard]] std::string_view id() const override { return "general"; }

  T run(std::span<T> parameters, const Input<T>& x, std::span<const Label> labels, T learning_rate,
        Team& team) override {
    const T loss = this->forward_and_loss(parameters, x, labels, team);
    this->network_.backward(parameters, x, this->workspace_, this->gradient_, team);
    this->decay_weights(parameters, learning_rate, 0);
    optimizer_->step(parameters, this->gradient_, learning_rate);
    return loss;
  }

 private:
  std::unique_ptr<Optimizer<T>> optimizer_;
};

/// Plain gradient descent on sparse rows. The first layer holds nearly all the weights, and a
/// weight whose input is 0 in the whole batch has gradient 0: so its gradient is never written
/// down, only subtracted where it is not 0.
template <Real T>
class SparseSgdStep final : public StepBase<T> {
 public:
  using StepBase<T>::StepBase;

  [[nodiscard]] std::string_view id() const override { return "sparse_sgd"; }

  T run(std::span<T> parameters, const Input<T>& x, std::span<const Label> labels, T learning_rate,
        Team& team) override {
    const Affine<T>& first = this->network_.first_layer();
    const std::size_t first_size = first.num_parameters();
    const std::span<T> gradient(this->gradient_);

    const T loss = this->forward_and_loss(parameters, x, labels, team);
    const MatrixView<const T> d_first =
        this->network_.backward_to_first_layer(parameters, this->workspace_, gradient, team);
    sum_rows_into<T>(d_first, first.bias(gradient.first(first_size)));

    sparse_transposed_product_into<T>(-learning_rate, std::get<SparseBatch<T>>(x), d_first,
                                      this->kept_weight(learning_rate),
                                      first.weights(parameters.first(first_size)), team);
    this->decay_weights(parameters, learning_rate, 1);
    const std::size_t num_first_weights = first_size - first.num_outputs();
    sgd_.step(parameters.subspan(num_first_weights), gradient.subspan(num_first_weights),
              learning_rate);
    return loss;
  }

 private:
  Sgd<T> sgd_;
};

}  // namespace

template <Real T>
std::unique_ptr<TrainingStep<T>> make_training_step(const Network<T>& network, const Loss<T>& loss,
                                                    const TrainingStepOptions& options) {
  if (!(options.weight_decay >= 0) || !std::isfinite(options.weight_decay)) {
    throw ValueError(fmt::format("weight decay is {}, expected 0 or more", options.weight_decay));
  }
  if (options.input_form == InputForm::sparse && options.optimizer.id == "sgd") {
    return std::make_unique<SparseSgdStep<T>>(network, loss, options);
  }
  return std::make_unique<GeneralStep<T>>(network, loss, options);
}

template std::unique_ptr<TrainingStep<float>> make_training_step<float>(const Network<float>&,
                                                                        const Loss<float>&,
                                                                        const TrainingStepOptions&);
template std::unique_ptr<TrainingStep<double>> make_training_step<double>(
    const Network<double>&, const Loss<double>&, const TrainingStepOptions&);

}  // namespace gradus

// SPDX-License-Identifier: MIT
#include "gradus/train/training_step.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <type_traits>

#include "gradus/core/error.hpp"
#include "gradus/math/matmul.hpp"
#include "gradus/math/sparse_products.hpp"
#include "gradus/optim/sgd.hpp"
#include "numerical_step.hpp"
#include "training_step_base.hpp"

namespace gradus {
namespace {

/// What the steps by backward() share: the way from a batch to dL/dscores.
template <Real T>
class BackpropStep : public StepBase<T> {
 public:
  BackpropStep(const Network<T>& network, const Loss<T>& loss, const TrainingStepOptions& options)
      : StepBase<T>(network, loss, options), workspace_(network, options.batch_size) {}

 protected:
  T forward_and_loss(std::span<const T> parameters, const Input<T>& x,
                     std::span<const Label> labels, Team& team) {
    const auto scores = this->network_.forward(parameters, x, workspace_, team);
    return this->loss_.value_and_gradient(scores, labels, workspace_.d_scores());
  }

  Workspace<T> workspace_;
};

/// Any network, loss and optimizer: the whole gradient, then the update.
template <Real T>
class GeneralStep final : public BackpropStep<T> {
 public:
  GeneralStep(const Network<T>& network, const Loss<T>& loss, const TrainingStepOptions& options)
      : BackpropStep<T>(network, loss, options),
        optimizer_(make_optimizer<T>(options.optimizer, network.num_parameters())) {}

  [[nodiscard]] std::string_view id() const override { return "general"; }

  T run(std::span<T> parameters, const Input<T>& x, std::span<const Label> labels, T learning_rate,
        Team& team) override {
    const T loss = this->forward_and_loss(parameters, x, labels, team);
    if (!std::isfinite(loss)) {
      return loss;
    }
    this->network_.backward(parameters, x, this->workspace_, this->gradient_, team);
    this->decay_weights(parameters, learning_rate, 0);
    optimizer_->step(parameters, this->gradient_, learning_rate);
    return loss;
  }

  [[nodiscard]] Optimizer<T>* optimizer() override { return optimizer_.get(); }

 private:
  std::unique_ptr<Optimizer<T>> optimizer_;
};

/// Plain gradient descent on sparse rows. The first layer holds nearly all the weights, and a
/// weight whose input is 0 in the whole batch has gradient 0: so its gradient is never written
/// down, only subtracted where it is not 0.
template <Real T>
class SparseSgdStep final : public BackpropStep<T> {
 public:
  using BackpropStep<T>::BackpropStep;

  [[nodiscard]] std::string_view id() const override { return "sparse_sgd"; }

  T run(std::span<T> parameters, const Input<T>& x, std::span<const Label> labels, T learning_rate,
        Team& team) override {
    const Affine<T>& first = this->network_.first_layer();
    const std::size_t first_size = first.num_parameters();
    const std::span<T> gradient(this->gradient_);

    const T loss = this->forward_and_loss(parameters, x, labels, team);
    if (!std::isfinite(loss)) {
      return loss;
    }
    const MatrixView<const T> d_first =
        this->network_.backward_to_first_layer(parameters, this->workspace_, gradient, team);
    sum_rows_into<T>(d_first, first.bias(gradient.first(first_size)));

    sparse_transposed_product_into<T>(-learning_rate, this->workspace_.column_lists(),
                                      *std::get<SparseBatch<T>>(x).byte_values, d_first,
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
      return make_numerical_step(network, loss, options);
    } else {
      throw ValueError("the numerical gradient needs double precision");
    }
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

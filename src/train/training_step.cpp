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

/// Any network, loss and optimizer: the whole gradient, then the update.
template <Real T>
class GeneralStep final : public StepBase<T> {
 public:
  GeneralStep(const Network<T>& network, const Loss<T>& loss, const TrainingStepOptions& options)
      : StepBase<T>(network, loss, options),
        workspace_(network, options.batch_size),
        optimizer_(make_optimizer<T>(options.optimizer, network.num_parameters())) {}

  [[nodiscard]] std::string_view id() const override { return "general"; }

  T run(const Input<T>& x, std::span<const Label> labels, T learning_rate, Team& team) override {
    const auto scores = this->network_.forward(this->parameters_, x, workspace_, team);
    const T loss = this->loss_.value_and_gradient(scores, labels, workspace_.d_scores());
    if (!std::isfinite(loss)) {
      return loss;
    }
    this->network_.backward(this->parameters_, x, workspace_, this->gradient_, team);
    this->decay_weights(learning_rate, 0);
    optimizer_->step(this->parameters_, this->gradient_, learning_rate);
    return loss;
  }

  [[nodiscard]] Optimizer<T>* optimizer() override { return optimizer_.get(); }

 private:
  Workspace<T> workspace_;
  std::unique_ptr<Optimizer<T>> optimizer_;
};

/// Plain gradient descent on sparse rows. The first layer holds nearly all the weights, and a
/// weight whose input is 0 in the whole batch has gradient 0: so its gradient is never written
/// down, only subtracted where it is not 0. The first weights stay in panels from one iteration to
/// the next, each on the thread that changes it.
template <Real T>
class SparseSgdStep final : public StepBase<T> {
 public:
  SparseSgdStep(const Network<T>& network, const Loss<T>& loss, const TrainingStepOptions& options)
      : StepBase<T>(network, loss, options),
        first_(network.first_layer()),
        workspace_(network, options.batch_size) {}

  [[nodiscard]] std::string_view id() const override { return "sparse_sgd"; }

  T run(const Input<T>& x, std::span<const Label> labels, T learning_rate, Team& team) override {
    const auto& batch = std::get<SparseBatch<T>>(x);
    const std::span<T> gradient(this->gradient_);
    const std::span<T> parameters(this->parameters_);
    const std::span<T> first_bias = first_.bias(parameters.first(first_.num_parameters()));
    if (weights_are_in_ == Place::parameters) {
      pack_into<T>(first_weights(), panels_, team);
    }
    sparse_affine_into<T>(batch, panels_, first_bias, workspace_.first_output(batch.num_rows()),
                          &lists_, team);
    const auto scores = this->network_.forward_from_first_layer(parameters, workspace_, team);
    const T loss = this->loss_.value_and_gradient(scores, labels, workspace_.d_scores());
    if (!std::isfinite(loss)) {
      return loss;
    }
    const MatrixView<const T> d_first =
        this->network_.backward_to_first_layer(parameters, workspace_, gradient, team);
    sum_rows_into<T>(d_first, first_.bias(gradient.first(first_.num_parameters())));

    sparse_transposed_product_into<T>(-learning_rate, lists_, *batch.byte_values, d_first,
                                      this->kept_weight(learning_rate), panels_, team);
    weights_are_in_ = Place::panels;
    this->decay_weights(learning_rate, 1);
    const std::size_t num_first_weights = first_.num_parameters() - first_.num_outputs();
    sgd_.step(parameters.subspan(num_first_weights), gradient.subspan(num_first_weights),
              learning_rate);
    return loss;
  }

  [[nodiscard]] std::span<const T> parameters() override {
    if (weights_are_in_ == Place::panels) {
      Team alone;
      unpack_into<T>(panels_, first_weights(), alone);
      weights_are_in_ = Place::both;
    }
    return this->parameters_;
  }

  void set_parameters(std::span<const T> parameters) override {
    StepBase<T>::set_parameters(parameters);
    weights_are_in_ = Place::parameters;
  }

 private:
  [[nodiscard]] MatrixView<T> first_weights() {
    return first_.weights(std::span<T>(this->parameters_).first(first_.num_parameters()));
  }

  enum class Place { parameters, panels, both };

  const Affine<T>& first_;
  Workspace<T> workspace_;
  ColumnPanels<T> panels_;
  ColumnLists lists_;
  Place weights_are_in_ = Place::parameters;
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

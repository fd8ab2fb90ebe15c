// SPDX-License-Identifier: MIT
#include "numerical_step.hpp"

#include <cmath>
#include <vector>

#include "gradus/nn/numerical_gradient.hpp"
#include "training_step_base.hpp"

namespace gradus {
namespace {

class NumericalStep final : public StepBase<double> {
 public:
  NumericalStep(const Network<double>& network, const Loss<double>& loss,
                const TrainingStepOptions& options)
      : StepBase<double>(network, loss, options),
        numerical_gradient_(network, loss, options.batch_size),
        gradient_(network.num_parameters()),
        optimizer_(make_optimizer<double>(options.optimizer, network.num_parameters())) {}

  [[nodiscard]] std::string_view id() const override { return "numerical"; }

  double run(const Input<double>& x, std::span<const Label> labels, double learning_rate,
             Team& team) override {
    const double loss = numerical_gradient_.run(parameters_, x, labels, gradient_, team);
    if (!std::isfinite(loss)) {
      return loss;
    }
    decay_weights(learning_rate, 0);
    optimizer_->step(parameters_, gradient_, learning_rate);
    return loss;
  }

  [[nodiscard]] Optimizer<double>* optimizer() override { return optimizer_.get(); }

 private:
  NetworkNumericalGradient numerical_gradient_;
  std::vector<double> gradient_;
  std::unique_ptr<Optimizer<double>> optimizer_;
};

}  // namespace

std::unique_ptr<TrainingStep<double>> make_numerical_step(const Network<double>& network,
                                                          const Loss<double>& loss,
                                                          const TrainingStepOptions& options) {
  return std::make_unique<NumericalStep>(network, loss, options);
}

}  // namespace gradus

// SPDX-License-Identifier: MIT
#include "sparse_sgd_step.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "gradus/math/matmul.hpp"
#include "gradus/optim/sgd.hpp"
#include "math/sparse_products.hpp"
#include "nn/later_layers.hpp"
#include "training_step_base.hpp"

namespace gradus {
namespace {

// So small that a thread is soon done with a part, so large that adding up what the parts give is
// little beside it.
constexpr std::size_t max_rows_of_part = 64;
// With more parameters behind the first layer, adding up would cost more than it gains, and their
// products are large enough to be shared themselves.
constexpr std::size_t max_parameters_of_parts = 8192;

/// The first layer holds nearly all the weights, and a weight whose input is 0 in the whole batch
/// has gradient 0: so its gradient is never written down, only subtracted where it is not 0. The
/// first weights stay in panels from one iteration to the next, each on the thread that changes it.
///
/// What lies behind the first layer is too little to share by layers. It is shared by rows: a
/// thread takes some of the batch forward to the loss and back, and what they give is added up in
/// their order. The rows are cut by sizes alone, so that the sum does not depend on the threads.
template <Real T>
class SparseSgdStep final : public StepBase<T> {
 public:
  SparseSgdStep(const Network<T>& network, const Loss<T>& loss, const TrainingStepOptions& options)
      : StepBase<T>(network, loss, options),
        workspace_(network, options.batch_size),
        later_(network, workspace_) {
    const std::size_t num_behind = network.num_parameters() - first_bias().offset;
    const std::size_t num_parts = num_behind <= max_parameters_of_parts
                                      ? num_blocks_of(max_rows_of_part, options.batch_size)
                                      : 1;
    for (std::size_t i = 0; i < num_parts; ++i) {
      parts_.push_back(std::make_unique<Part>(num_behind));
    }
  }

  [[nodiscard]] std::string_view id() const override { return "sparse_sgd"; }

  T run(const Input<T>& x, const Targets<T>& targets, T learning_rate, Team& team) override {
    const auto& batch = std::get<SparseBatch<T>>(x);
    if (weights_are_in_ == Place::parameters) {
      pack_into<T>(first_weights(), panels_, team);
    }
    sparse_affine_into<T>(batch, panels_, first_bias().of(all_parameters()), first_output_, &lists_,
                          team);
    later_.begin(batch.num_rows());
    const T loss = run_parts(targets, team);
    if (!std::isfinite(loss)) {
      return loss;
    }
    sparse_transposed_product_into<T>(-learning_rate, lists_, *batch.byte_values,
                                      workspace_.d_pre_activation(0),
                                      this->kept_weight(learning_rate), panels_, team);
    weights_are_in_ = Place::panels;
    this->decay_weights(learning_rate, 1);
    sgd_.step(all_parameters().subspan(first_bias().offset), parts_.front()->gradient,
              learning_rate);
    return loss;
  }

  [[nodiscard]] std::span<const T> parameters() override {
    if (weights_are_in_ == Place::panels) {
      Team alone;
      unpack_into<T>(panels_, 0, first_weights(), alone);
      weights_are_in_ = Place::both;
    }
    return this->parameters_;
  }

  void set_parameters(std::span<const T> parameters) override {
    StepBase<T>::set_parameters(parameters);
    weights_are_in_ = Place::parameters;
  }

 private:
  /// What some rows of the batch give.
  struct Part {
    explicit Part(std::size_t num_parameters) : gradient(num_parameters) {}

    T loss = 0;               // their share of the batch's
    std::vector<T> gradient;  // with respect to the first bias and all parameters behind it
    Team alone;
  };

  /// From the first layer's output to the loss and back.
  /// @returns  the loss of the batch
  T run_parts(const Targets<T>& targets, Team& team) {
    const std::size_t num_rows = gradus::num_rows(targets);
    // A batch may be smaller than the largest.
    const std::size_t num_parts =
        std::min(num_blocks_of(max_rows_of_part, num_rows), parts_.size());
    if (num_parts <= 1) {
      run_part(*parts_.front(), {0, num_rows}, targets, team);
      return parts_.front()->loss;
    }
    team.for_each_block(num_parts, [&](std::size_t i) {
      const std::size_t begin = num_rows * i / num_parts;
      const std::size_t end = num_rows * (i + 1) / num_parts;
      run_part(*parts_[i], {begin, end - begin}, targets, parts_[i]->alone);
    });
    return add_parts(num_parts);
  }

  void run_part(Part& part, RowRange rows, const Targets<T>& targets, Team& team) {
    const std::size_t num_biases = first_bias().size();
    const auto parameters = all_parameters().subspan(first_bias().offset + num_biases);
    const std::span<T> gradient(part.gradient);
    unpack_into<T>(first_output_, rows.first, later_.input(rows), team);
    const T share = static_cast<T>(rows.count) / static_cast<T>(num_rows(targets));

    later_.forward(parameters, rows, team);
    const MatrixView<T> d_scores = later_.d_scores(rows);
    part.loss =
        share * this->loss_.value_and_gradient(later_.scores(rows),
                                               rows_of(targets, rows.first, rows.count), d_scores);
    for (T& d : d_scores.elements()) {
      d *= share;
    }
    later_.backward(parameters, rows, {gradient.subspan(num_biases)}, team);
    sum_rows_into<T>(later_.d_input(rows), gradient.first(num_biases));
  }

  /// Adds losses and gradients up, the gradients in that of the first part.
  T add_parts(std::size_t num_parts) {
    T loss = parts_.front()->loss;
    for (std::size_t i = 1; i < num_parts; ++i) {
      loss += parts_[i]->loss;
      for (std::size_t j = 0; j < parts_[i]->gradient.size(); ++j) {
        parts_.front()->gradient[j] += parts_[i]->gradient[j];
      }
    }
    return loss;
  }

  [[nodiscard]] std::span<T> all_parameters() { return this->parameters_; }
  [[nodiscard]] MatrixView<T> first_weights() {
    return this->network_.weights(0).matrix_of(all_parameters());
  }
  [[nodiscard]] const ParameterBlock& first_bias() const { return this->network_.bias(0); }

  enum class Place { parameters, panels, both };

  Workspace<T> workspace_;
  LaterLayers<T> later_;
  std::vector<std::unique_ptr<Part>> parts_;
  ColumnPanels<T> panels_;  // of the first weights
  ColumnPanels<T> first_output_;
  ColumnLists lists_;
  Place weights_are_in_ = Place::parameters;
  Sgd<T> sgd_;
};

}  // namespace

template <Real T>
std::unique_ptr<TrainingStep<T>> make_sparse_sgd_step(const Network<T>& network,
                                                      const Loss<T>& loss,
                                                      const TrainingStepOptions& options) {
  return std::make_unique<SparseSgdStep<T>>(network, loss, options);
}

template std::unique_ptr<TrainingStep<float>> make_sparse_sgd_step<float>(
    const Network<float>&, const Loss<float>&, const TrainingStepOptions&);
template std::unique_ptr<TrainingStep<double>> make_sparse_sgd_step<double>(
    const Network<double>&, const Loss<double>&, const TrainingStepOptions&);

}  // namespace gradus

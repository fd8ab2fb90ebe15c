// SPDX-License-Identifier: MIT
#include "gradus/train/trainer.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

#include "gradus/core/counted.hpp"
#include "gradus/core/error.hpp"
#include "gradus/core/numbers_below.hpp"
#include "gradus/core/random.hpp"
#include "gradus/math/finite.hpp"
#include "gradus/train/checkpoint.hpp"
#include "gradus/train/diagnosis.hpp"
#include "gradus/train/model.hpp"

namespace gradus {
namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Adds the time until its end of scope to a sum.
class Stopwatch {
 public:
  explicit Stopwatch(double& seconds) : seconds_(seconds) {}
  ~Stopwatch() { seconds_ += seconds_since(start_); }
  Stopwatch(const Stopwatch&) = delete;
  Stopwatch& operator=(const Stopwatch&) = delete;

 private:
  double& seconds_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// Training samples that are not held out.
std::size_t num_training_samples(const TrainingOptions& options, const Dataset& dataset) {
  return dataset.train.num_samples() - options.num_validation;
}

/// Checked options with everything filled in that was left to the trainer and does not depend on
/// which samples are held out.
TrainingOptions completed(TrainingOptions options, const Dataset& dataset) {
  check_training(options, dataset);
  const std::uint64_t per_epoch =
      iterations_per_epoch(num_training_samples(options, dataset), options.batch_size);
  if (options.num_epochs) {
    options.num_iterations = *options.num_epochs * per_epoch;
  }
  options.schedule.num_iterations = options.num_iterations;
  if (!options.evaluate_every) {
    constexpr std::uint64_t most_records = 50;
    options.evaluate_every = per_epoch * (1 + options.num_iterations / (most_records * per_epoch));
  } else if (*options.evaluate_every == TrainingOptions::every_epoch) {
    options.evaluate_every = per_epoch;
  }
  if (options.loss.empty()) {
    options.loss = losses<float>(dataset.task()).begin()->id;
  }
  return options;
}

}  // namespace

template <Real T>
Trainer<T>::Trainer(const Dataset& dataset, TrainingOptions options, Team& team)
    : dataset_(dataset),
      options_(completed(std::move(options), dataset)),
      team_(team),
      schedule_(options_.schedule),
      network_(options_.network),
      loss_(losses<T>(dataset.task()).find(options_.loss).make()),
      per_epoch_(
          iterations_per_epoch(num_training_samples(options_, dataset), options_.batch_size)) {
  hold_out_validation_samples();
  if (!options_.standardize) {
    options_.standardize = should_standardize(dataset, training_indices_);
  }
  if (!options_.first_layer) {
    options_.first_layer = choose_input_form(dataset.train, *options_.standardize);
  }
  const InputForm form = *options_.first_layer;
  const InputScaling scaling = scaling_of(dataset.train, training_indices_, *options_.standardize);
  const Standardization targets = target_columns_of(dataset.train, training_indices_);
  train_source_ = std::make_unique<InputSource<T>>(dataset.train, scaling, form, targets);
  test_source_ = std::make_unique<InputSource<T>>(dataset.test, scaling, form, targets);
  test_indices_ = numbers_below<std::uint32_t>(dataset.test.num_samples());
  batches_ = std::make_unique<Batches>(BatchOptions{.num_samples = training_indices_.size(),
                                                    .batch_size = options_.batch_size,
                                                    .sampling = options_.sampling,
                                                    .seed = options_.seed});
  step_ = make_training_step<T>(network_, *loss_,
                                {.optimizer = options_.optimizer,
                                 .weight_decay = options_.weight_decay,
                                 .batch_size = options_.batch_size,
                                 .input_form = form,
                                 .gradient = options_.gradient});
  std::vector<T> first_parameters(network_.num_parameters());
  initialize<T>(network_, options_.initializer, options_.seed, first_parameters);
  step_->set_parameters(first_parameters);
}

template <Real T>
Trainer<T>::~Trainer() = default;

template <Real T>
std::span<const T> Trainer<T>::parameters() const {
  return step_->parameters();
}

template <Real T>
std::string_view Trainer<T>::step_id() const {
  return step_->id();
}

template <Real T>
void Trainer<T>::hold_out_validation_samples() {
  const std::size_t num_samples = dataset_.train.num_samples();
  const auto order = random_order(num_samples, options_.seed, Stream::validation, 0);
  const auto cut = order.begin() + static_cast<std::ptrdiff_t>(options_.num_validation);
  validation_indices_.assign(order.begin(), cut);
  training_indices_.assign(cut, order.end());
  // In the data's order, so that without validation sample i is image i.
  std::sort(training_indices_.begin(), training_indices_.end());
}

template <Real T>
T Trainer<T>::run_iteration(std::uint64_t iteration) {
  const auto batch = batches_->at(iteration);
  batch_indices_.resize(batch.size());
  std::transform(batch.begin(), batch.end(), batch_indices_.begin(),
                 [this](std::uint32_t i) { return training_indices_[i]; });
  return step_->run(train_source_->rows(batch_indices_), train_source_->targets(batch_indices_),
                    static_cast<T>(schedule_.learning_rate(iteration)), team_);
}

template <Real T>
Evaluation Trainer<T>::evaluate_on(InputSource<T>& source, std::span<const std::uint32_t> indices) {
  return evaluate<T>(network_, parameters(), *loss_, source, indices, team_);
}

template <Real T>
bool Trainer<T>::is_record_due(std::uint64_t iteration) const {
  return *options_.evaluate_every > 0 && iteration % *options_.evaluate_every == 0;
}

template <Real T>
ScoreRecord Trainer<T>::measure(std::uint64_t iteration) {
  ScoreRecord record{
      .iteration = iteration,
      .epoch = static_cast<double>(iteration) / static_cast<double>(per_epoch_),
      .train_score = evaluate_on(*train_source_, training_indices_).score(),
      .test_score = evaluate_on(*test_source_, test_indices_).score(),
      .validation_score = {},
      .validation_loss = {},
  };
  if (!validation_indices_.empty()) {
    const Evaluation validation = evaluate_on(*train_source_, validation_indices_);
    record.validation_score = validation.score();
    record.validation_loss = validation.loss;
  }
  return record;
}

template <Real T>
bool Trainer<T>::has_stopped_improving(const ScoreRecord& record) {
  if (options_.early_stop == 0) {
    return false;
  }
  if (!best_validation_loss_ || *record.validation_loss < *best_validation_loss_) {
    best_validation_loss_ = record.validation_loss;
    best_parameters_.assign(parameters().begin(), parameters().end());
    num_records_without_improvement_ = 0;
    return false;
  }
  return ++num_records_without_improvement_ >= options_.early_stop;
}

/// Measures now, tells the observer, and says whether to stop early.
template <Real T>
bool Trainer<T>::record(const TrainingObserver& observer, double& evaluation_seconds) {
  const Stopwatch stopwatch(evaluation_seconds);
  const ScoreRecord now = measure(iteration_);
  last_recorded_iteration_ = iteration_;
  if (observer.on_record) {
    observer.on_record(now);
  }
  return has_stopped_improving(now);
}

template <Real T>
StopReason Trainer<T>::iterate(const TrainingObserver& observer, double& evaluation_seconds) {
  while (iteration_ < options_.num_iterations) {
    const bool is_stopping = observer.should_stop && observer.should_stop();
    if (observer.on_safe_point) {
      observer.on_safe_point(iteration_, is_stopping);
    }
    if (is_stopping) {
      return StopReason::interrupted;
    }
    if (is_record_due(iteration_) && record(observer, evaluation_seconds)) {
      return StopReason::early_stop;
    }
    const double loss = static_cast<double>(run_iteration(iteration_));
    if (observer.on_iteration) {
      observer.on_iteration(iteration_, loss);
    }
    diagnosis_->note_loss(iteration_, loss);
    ++iteration_;
    if (!std::isfinite(loss)) {
      return StopReason::diverged;
    }
  }
  return StopReason::finished;
}

template <Real T>
TrainingResult Trainer<T>::run(const TrainingObserver& observer) {
  if (has_run_) {
    throw StateError("Trainer.run: called again; a trainer runs once");
  }
  has_run_ = true;
  diagnosis_ = std::make_unique<RunDiagnosis<T>>(
      typename RunDiagnosis<T>::Subject{dataset_, network_, *loss_, *train_source_,
                                        training_indices_, per_epoch_, *step_, team_},
      observer.on_finding);
  const auto start = std::chrono::steady_clock::now();
  double evaluation_seconds = 0;
  TrainingResult result;
  result.stop_reason = iterate(observer, evaluation_seconds);
  result.num_iterations = iteration_;
  const bool is_loss_lost = result.stop_reason == StopReason::diverged;
  if (!is_loss_lost) {
    // What was reached since the last record counts too, before the best is chosen.
    if (*options_.evaluate_every > 0 && last_recorded_iteration_ != iteration_) {
      record(observer, evaluation_seconds);
    }
    if (!best_parameters_.empty()) {
      step_->set_parameters(best_parameters_);
    }
    const Stopwatch stopwatch(evaluation_seconds);
    result.train = evaluate_on(*train_source_, training_indices_);
    result.test = evaluate_on(*test_source_, test_indices_);
    if (!validation_indices_.empty()) {
      result.validation = evaluate_on(*train_source_, validation_indices_);
    }
    if (!std::isfinite(result.train.loss) || !are_finite<T>(parameters())) {
      result.stop_reason = StopReason::diverged;
      result.train = result.test = Evaluation{};
      result.validation.reset();
    } else {
      diagnosis_->conclude(iteration_, result.train, result.test);
    }
  }
  if (result.stop_reason == StopReason::diverged) {
    // A batch whose loss was lost made no update; else the last update did the harm.
    result.divergence = find_divergence<T>(
        network_, parameters(), *loss_, *train_source_,
        is_loss_lost ? std::span<const std::uint32_t>(batch_indices_) : training_indices_,
        is_loss_lost ? iteration_ - 1 : iteration_, team_);
    // Each step multiplies the weights by 1 - learning rate * decay: below -1 they grow.
    const bool decays_too_much = options_.schedule.learning_rate * options_.weight_decay > 2;
    if (result.divergence && decays_too_much &&
        result.divergence->cause == DivergenceCause::learning_rate) {
      result.divergence->cause = DivergenceCause::weight_decay;
    }
  }
  result.findings = diagnosis_->findings();
  result.seconds = seconds_since(start);
  result.train_seconds = result.seconds - evaluation_seconds;
  return result;
}

template <Real T>
Checkpoint<T> Trainer<T>::checkpoint() const {
  Checkpoint<T> checkpoint{.iteration = iteration_,
                           .parameters = {parameters().begin(), parameters().end()},
                           .memory = {},
                           .last_recorded_iteration = last_recorded_iteration_,
                           .best_parameters = best_parameters_,
                           .best_validation_loss = best_validation_loss_,
                           .num_records_without_improvement = num_records_without_improvement_};
  if (Optimizer<T>* const optimizer = step_->optimizer()) {
    for (const OptimizerMemory<T>& memory : optimizer->memory()) {
      checkpoint.memory.push_back(
          {std::string(memory.name), {memory.values.begin(), memory.values.end()}});
    }
  }
  return checkpoint;
}

template <Real T>
void Trainer<T>::resume(const Checkpoint<T>& checkpoint) {
  if (has_run_) {
    throw StateError("Trainer.resume: called after run()");
  }
  Optimizer<T>* const optimizer = step_->optimizer();
  const std::vector<OptimizerMemory<T>> memory =
      optimizer == nullptr ? std::vector<OptimizerMemory<T>>() : optimizer->memory();
  const std::size_t count = network_.num_parameters();
  const bool fits =
      checkpoint.parameters.size() == count && checkpoint.memory.size() == memory.size() &&
      (checkpoint.best_parameters.empty() || checkpoint.best_parameters.size() == count) &&
      std::equal(memory.begin(), memory.end(), checkpoint.memory.begin(),
                 [](const OptimizerMemory<T>& own, const auto& saved) {
                   return own.name == saved.name && own.values.size() == saved.values.size();
                 });
  if (!fits || checkpoint.iteration > options_.num_iterations) {
    throw ShapeError("Trainer.resume: the checkpoint is of a run with other options");
  }
  step_->set_parameters(checkpoint.parameters);
  for (std::size_t i = 0; i < memory.size(); ++i) {
    std::copy(checkpoint.memory[i].values.begin(), checkpoint.memory[i].values.end(),
              memory[i].values.begin());
  }
  if (optimizer != nullptr) {
    optimizer->resume_after(checkpoint.iteration);
  }
  iteration_ = checkpoint.iteration;
  last_recorded_iteration_ = checkpoint.last_recorded_iteration;
  best_parameters_ = checkpoint.best_parameters;
  best_validation_loss_ = checkpoint.best_validation_loss;
  num_records_without_improvement_ = checkpoint.num_records_without_improvement;
}

template <Real T>
Model<T> Trainer<T>::model() const {
  return {.network = options_.network,
          .loss = options_.loss,
          .scaling = scaling(),
          .sample_shape = dataset_.sample_shape,
          .pictures = dataset_.pictures,
          .parameters = {parameters().begin(), parameters().end()},
          .class_names = dataset_.class_names,
          .layout = dataset_.layout,
          .targets = train_source_->target_columns(),
          .target_names = dataset_.target_names()};
}

template class Trainer<float>;
template class Trainer<double>;

}  // namespace gradus

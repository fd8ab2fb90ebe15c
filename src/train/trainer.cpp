// SPDX-License-Identifier: MIT
#include "gradus/train/trainer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>
#include <utility>

#include "gradus/core/error.hpp"
#include "gradus/core/random.hpp"

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

std::vector<std::uint32_t> all_indices(std::size_t count) {
  std::vector<std::uint32_t> indices(count);
  std::iota(indices.begin(), indices.end(), 0U);
  return indices;
}

void check_fit(const NetworkOptions& network, const Dataset& dataset) {
  if (network.layer_sizes.front() != dataset.train.num_features) {
    throw ShapeError(fmt::format("layers: the first is {}, but {} has {} features for each sample",
                                 network.layer_sizes.front(), dataset.name,
                                 dataset.train.num_features));
  }
  if (network.layer_sizes.back() < dataset.num_classes || network.layer_sizes.back() < 2) {
    throw ShapeError(fmt::format("layers: the last is {}, but {} has {} classes",
                                 network.layer_sizes.back(), dataset.name, dataset.num_classes));
  }
  if (dataset.test.num_samples() == 0) {
    throw ShapeError(fmt::format("{} has no test samples", dataset.name));
  }
}

}  // namespace

double input_scale(const Samples& samples) {
  const bool are_pixels = std::any_of(samples.bytes.begin(), samples.bytes.end(),
                                      [](std::uint8_t byte) { return byte > 1; });
  return are_pixels ? 1.0 / 255 : 1.0;
}

template <Real T>
Trainer<T>::Trainer(const Dataset& dataset, TrainingOptions options, Team& team)
    : dataset_(dataset),
      options_(std::move(options)),
      team_(team),
      network_(options_.network),
      loss_(losses<T>().find(options_.loss).make()),
      parameters_(network_.num_parameters()) {
  check_fit(options_.network, dataset);
  const InputForm form = options_.first_layer.value_or(choose_input_form(dataset.train));
  options_.first_layer = form;
  const double scale = input_scale(dataset.train);
  train_source_ = std::make_unique<InputSource<T>>(dataset.train, scale, form);
  test_source_ = std::make_unique<InputSource<T>>(dataset.test, scale, form);
  test_indices_ = all_indices(dataset.test.num_samples());
  hold_out_validation_samples();
  resolve_duration();
  batches_ = std::make_unique<Batches>(BatchOptions{.num_samples = training_indices_.size(),
                                                    .batch_size = options_.batch_size,
                                                    .sampling = options_.sampling,
                                                    .seed = options_.seed});
  step_ = make_training_step<T>(network_, *loss_,
                                {.optimizer = options_.optimizer,
                                 .weight_decay = options_.weight_decay,
                                 .batch_size = options_.batch_size,
                                 .input_form = form});
  initialize<T>(network_, options_.initializer, options_.seed, parameters_);
}

template <Real T>
void Trainer<T>::hold_out_validation_samples() {
  const std::size_t num_samples = dataset_.train.num_samples();
  if (options_.num_validation >= num_samples) {
    throw ValueError(fmt::format("validation is {}, expected fewer than the {} training samples",
                                 options_.num_validation, num_samples));
  }
  if (options_.early_stop > 0 && options_.num_validation == 0) {
    throw ValueError(
        "early stopping needs validation samples: hold some out, for example --validation 5000");
  }
  if (options_.early_stop > 0 && options_.evaluate_every == 0) {
    throw ValueError("early stopping needs evaluations; they are switched off");
  }
  const auto order = random_order(num_samples, options_.seed, Stream::validation, 0);
  const auto cut = order.begin() + static_cast<std::ptrdiff_t>(options_.num_validation);
  validation_indices_.assign(order.begin(), cut);
  training_indices_.assign(cut, order.end());
  // In the data's order, so that without validation sample i is image i.
  std::sort(training_indices_.begin(), training_indices_.end());
}

template <Real T>
void Trainer<T>::resolve_duration() {
  if (options_.batch_size == 0) {
    throw ValueError("batch size is 0, expected at least 1");
  }
  per_epoch_ = iterations_per_epoch(training_indices_.size(), options_.batch_size);
  if (options_.num_epochs) {
    const auto product = checked_product(static_cast<std::size_t>(*options_.num_epochs),
                                         static_cast<std::size_t>(per_epoch_));
    if (!product) {
      throw ValueError(fmt::format("{} epochs are too many", *options_.num_epochs));
    }
    options_.num_iterations = *product;
  }
  options_.evaluate_every = options_.evaluate_every.value_or(per_epoch_);
  options_.schedule.num_iterations = options_.num_iterations;
  check_schedule(options_.schedule);
}

template <Real T>
T Trainer<T>::run_iteration(std::uint64_t iteration) {
  const auto batch = batches_->at(iteration);
  batch_indices_.resize(batch.size());
  std::transform(batch.begin(), batch.end(), batch_indices_.begin(),
                 [this](std::uint32_t i) { return training_indices_[i]; });
  return step_->run(parameters_, train_source_->rows(batch_indices_),
                    train_source_->labels(batch_indices_),
                    static_cast<T>(learning_rate_at(options_.schedule, iteration)), team_);
}

template <Real T>
Evaluation Trainer<T>::evaluate_on(InputSource<T>& source, std::span<const std::uint32_t> indices) {
  return evaluate<T>(network_, parameters_, *loss_, source, indices, team_);
}

template <Real T>
bool Trainer<T>::is_record_due(std::uint64_t iteration) const {
  return *options_.evaluate_every > 0 && iteration % *options_.evaluate_every == 0;
}

template <Real T>
AccuracyRecord Trainer<T>::record(std::uint64_t iteration) {
  AccuracyRecord record{
      .iteration = iteration,
      .epoch = static_cast<double>(iteration) / static_cast<double>(per_epoch_),
      .train_accuracy = evaluate_on(*train_source_, training_indices_).accuracy(),
      .test_accuracy = evaluate_on(*test_source_, test_indices_).accuracy(),
      .validation_accuracy = {},
      .validation_loss = {},
  };
  if (!validation_indices_.empty()) {
    const Evaluation validation = evaluate_on(*train_source_, validation_indices_);
    record.validation_accuracy = validation.accuracy();
    record.validation_loss = validation.loss;
  }
  return record;
}

template <Real T>
bool Trainer<T>::has_stopped_improving(const AccuracyRecord& record) {
  if (options_.early_stop == 0) {
    return false;
  }
  if (!best_validation_loss_ || *record.validation_loss < *best_validation_loss_) {
    best_validation_loss_ = record.validation_loss;
    best_parameters_ = parameters_;
    num_records_without_improvement_ = 0;
    return false;
  }
  return ++num_records_without_improvement_ >= options_.early_stop;
}

template <Real T>
TrainingResult Trainer<T>::run(const TrainingObserver& observer) {
  const auto start = std::chrono::steady_clock::now();
  double evaluation_seconds = 0;
  TrainingResult result;
  const auto record_now = [&](std::uint64_t iteration) {
    const Stopwatch stopwatch(evaluation_seconds);
    const AccuracyRecord now = record(iteration);
    if (observer.on_record) {
      observer.on_record(now);
    }
    return has_stopped_improving(now);
  };

  std::uint64_t iteration = 0;
  for (; iteration < options_.num_iterations; ++iteration) {
    if (is_record_due(iteration) && record_now(iteration)) {
      result.stop_reason = StopReason::early_stop;
      break;
    }
    if (observer.should_stop && observer.should_stop()) {
      result.stop_reason = StopReason::interrupted;
      break;
    }
    const double loss = static_cast<double>(run_iteration(iteration));
    if (observer.on_iteration) {
      observer.on_iteration(iteration, loss);
    }
    if (!std::isfinite(loss)) {
      result.stop_reason = StopReason::diverged;
      break;
    }
  }
  result.num_iterations = iteration;
  if (result.stop_reason == StopReason::finished && *options_.evaluate_every > 0) {
    record_now(iteration);
  }
  if (!best_parameters_.empty() && result.stop_reason != StopReason::diverged) {
    parameters_ = best_parameters_;
  }
  {
    const Stopwatch stopwatch(evaluation_seconds);
    result.train = evaluate_on(*train_source_, training_indices_);
    result.test = evaluate_on(*test_source_, test_indices_);
    if (!validation_indices_.empty()) {
      result.validation = evaluate_on(*train_source_, validation_indices_);
    }
  }
  if (!std::isfinite(result.train.loss)) {
    result.stop_reason = StopReason::diverged;
  }
  result.seconds = seconds_since(start);
  result.train_seconds = result.seconds - evaluation_seconds;
  return result;
}

template class Trainer<float>;
template class Trainer<double>;

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gradus/core/parallel.hpp"
#include "gradus/core/real.hpp"
#include "gradus/data/batches.hpp"
#include "gradus/data/dataset.hpp"
#include "gradus/data/input_source.hpp"
#include "gradus/loss/loss.hpp"
#include "gradus/nn/initialize.hpp"
#include "gradus/nn/network.hpp"
#include "gradus/optim/optimizer.hpp"
#include "gradus/optim/schedule.hpp"
#include "gradus/train/divergence.hpp"
#include "gradus/train/finding.hpp"
#include "gradus/train/history.hpp"
#include "gradus/train/metrics.hpp"
#include "gradus/train/training_step.hpp"

namespace gradus {

template <Real T>
struct Checkpoint;  // to use one, include train/checkpoint.hpp
template <Real T>
struct Model;  // and train/model.hpp
template <Real T>
class RunDiagnosis;

/// Everything a training run depends on besides the data. The defaults are the textbook's run.
struct TrainingOptions {
  NetworkOptions network;
  InitializerOptions initializer;
  std::string loss;  // of losses(task); empty: the first of them
  OptimizerOptions optimizer;
  ScheduleOptions schedule;  // its num_iterations is filled in by the trainer
  double weight_decay = 0;
  GradientMethod gradient = GradientMethod::backprop;  // numerical needs a Trainer<double>
  std::size_t batch_size = 100;
  std::uint64_t num_iterations = 10000;
  std::optional<std::uint64_t> num_epochs;  // instead of num_iterations
  Sampling sampling = Sampling::replacement;
  std::size_t num_validation = 0;  // training samples held out
  std::size_t early_stop = 0;      // stop after so many records without a lower validation loss
  // In iterations; 0 never, every_epoch. None: every epoch, or every few when that made more than
  // 50 records.
  std::optional<std::uint64_t> evaluate_every;
  std::optional<InputForm> first_layer;  // none: chosen from the data's density
  std::optional<bool> standardize;       // the inputs; none: as should_standardize() says
  std::uint64_t seed = 1;

  static constexpr auto every_epoch = std::numeric_limits<std::uint64_t>::max();
};

/// Checks that options make sense for this data set, before any memory is taken.
/// @throws ValueError, ShapeError
void check_training(const TrainingOptions& options, const Dataset& dataset);

/// What a trainer reports while it runs. Functions left empty are not called.
struct TrainingObserver {
  /// After each update. @param loss  of the batch, before the update
  std::function<void(std::uint64_t iteration, double loss)> on_iteration = {};
  std::function<void(const ScoreRecord&)> on_record = {};
  /// When something is found that a user should know: each id at most once.
  std::function<void(const Finding&)> on_finding = {};
  /// Asked before each iteration: true ends the run there.
  std::function<bool()> should_stop = {};
  /// Before each iteration, and before what is measured there: the moment to take a checkpoint.
  /// @param is_stopping  should_stop() was true: the last call
  std::function<void(std::uint64_t iteration, bool is_stopping)> on_safe_point = {};
};

struct TrainingResult {
  StopReason stop_reason = StopReason::finished;
  std::uint64_t num_iterations = 0;  // updates made
  // Of the final parameters: on all training samples but those held out, on all test samples, and
  // on those held out, if any. When the run diverged there is nothing to measure: no samples.
  Evaluation train;
  Evaluation test;
  std::optional<Evaluation> validation;
  std::optional<Divergence> divergence;  // when it diverged: where the numbers stopped being finite
  std::vector<Finding> findings;         // of this run(): after resume() those of the last part
  double seconds = 0;                    // of run(), with evaluations
  double train_seconds = 0;              // without them
};

/// Trains one network on one data set.
///
/// A run is a pure function of (options, data): the bits of the parameters do not depend on the
/// number of threads.
///
///   Trainer<float> trainer(dataset, {.seed = 2}, team);
///   const TrainingResult result = trainer.run();
template <Real T>
class Trainer {
 public:
  /// @param dataset  must outlive the trainer; its test samples are only ever evaluated on
  /// @param team     must outlive the trainer
  /// @throws ValueError, ShapeError  options that do not fit together, or not the data
  Trainer(const Dataset& dataset, TrainingOptions options, Team& team);
  Trainer(const Dataset&& temporary, TrainingOptions options, Team& team) = delete;
  ~Trainer();
  Trainer(const Trainer&) = delete;  // its parts refer to each other
  Trainer& operator=(const Trainer&) = delete;

  /// Trains. Call once.
  /// @throws StateError  called again
  TrainingResult run(const TrainingObserver& observer = {});

  [[nodiscard]] const Network<T>& network() const noexcept { return network_; }
  /// (P) Valid until the run goes on.
  [[nodiscard]] std::span<const T> parameters() const;

  /// Where the run is, to go on from later: see TrainingObserver::on_safe_point.
  [[nodiscard]] Checkpoint<T> checkpoint() const;

  /// Goes on from a checkpoint instead of the first weights; the rest of the run is then the same
  /// to the bit as if it had never stopped. The options and the data must be the same; only sizes
  /// are checked here.
  /// @throws StateError  after run()
  /// @throws ShapeError  another number of parameters, another optimizer, or beyond the last
  ///                     iteration; nothing is changed then
  void resume(const Checkpoint<T>& checkpoint);

  /// The network with its parameters and all that is needed to use or save it.
  [[nodiscard]] Model<T> model() const;

  /// The options, with everything filled in that was left to the trainer.
  [[nodiscard]] const TrainingOptions& options() const noexcept { return options_; }
  /// In iterations.
  [[nodiscard]] std::uint64_t epoch_length() const noexcept { return per_epoch_; }
  [[nodiscard]] std::string_view step_id() const;
  /// What the features go through. Means and deviations are those of the training samples that are
  /// not held out for validation: nothing that a run is judged by is known to it.
  [[nodiscard]] const InputScaling& scaling() const { return train_source_->scaling(); }

 private:
  void hold_out_validation_samples();
  T run_iteration(std::uint64_t iteration);
  [[nodiscard]] bool is_record_due(std::uint64_t iteration) const;
  [[nodiscard]] ScoreRecord measure(std::uint64_t iteration);
  StopReason iterate(const TrainingObserver& observer, double& evaluation_seconds);
  bool record(const TrainingObserver& observer, double& evaluation_seconds);
  [[nodiscard]] Evaluation evaluate_on(InputSource<T>& source,
                                       std::span<const std::uint32_t> indices);
  bool has_stopped_improving(const ScoreRecord& record);

  const Dataset& dataset_;
  TrainingOptions options_;
  Team& team_;
  Schedule schedule_;
  Network<T> network_;
  std::unique_ptr<const Loss<T>> loss_;
  std::uint64_t per_epoch_;
  std::unique_ptr<InputSource<T>> train_source_;
  std::unique_ptr<InputSource<T>> test_source_;
  std::vector<std::uint32_t> training_indices_;    // all training samples that are not held out
  std::vector<std::uint32_t> validation_indices_;  // those that are
  std::vector<std::uint32_t> test_indices_;
  std::unique_ptr<Batches> batches_;
  std::vector<std::uint32_t> batch_indices_;
  std::unique_ptr<TrainingStep<T>> step_;
  std::unique_ptr<RunDiagnosis<T>> diagnosis_;

  std::uint64_t iteration_ = 0;  // updates made
  std::optional<std::uint64_t> last_recorded_iteration_;
  bool has_run_ = false;
  std::vector<T> best_parameters_;  // at the lowest validation loss so far
  std::optional<double> best_validation_loss_;
  std::size_t num_records_without_improvement_ = 0;
};

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "gradus/core/label.hpp"
#include "gradus/core/parallel.hpp"
#include "gradus/data/dataset.hpp"
#include "gradus/data/input_source.hpp"
#include "gradus/loss/loss.hpp"
#include "gradus/nn/network.hpp"
#include "gradus/train/data_diagnosis.hpp"
#include "gradus/train/finding.hpp"
#include "gradus/train/layer_health.hpp"
#include "gradus/train/metrics.hpp"
#include "gradus/train/training_step.hpp"

namespace gradus {

/// The mean loss of the best answer that never looks at the inputs. Of classes the share of each,
/// as its probability: for cross entropy that is the entropy of the labels, ln C when all classes
/// are equally frequent. Of numbers their mean, or their median where that is better: the best
/// there is for squares and for sizes, and within a percent or so of it for huber.
/// @param targets  at least one row; labels below num_outputs
template <Real T>
[[nodiscard]] double blind_guess_loss(const Loss<T>& loss, const Targets<T>& targets,
                                      std::size_t num_outputs);

/// Watches the loss of each batch go by.
///
///   loss_exploding   the mean of 20 iterations is above 10 times what the run began with, or 10
///                    times a blind guess, if that is more. No network that has learned anything is
///                    that wrong: nearly all of its answers would have to be sure and wrong.
///   loss_not_moving  a stretch of two epochs, 1,000 iterations at least, has gone by and the mean
///                    of its last fifth is still 98 % of a blind guess or more; but not while it
///                    comes down from far above one.
class LossWatch {
 public:
  /// @param guess         blind_guess_loss()
  /// @param epoch_length  in iterations
  LossWatch(double guess, std::uint64_t epoch_length);

  /// @param loss  of the batch of this iteration, finite
  /// @returns     what this loss made clear; each kind once
  std::optional<Finding> add(std::uint64_t iteration, double loss);

  /// Whether a mean loss shows a run that stands still.
  [[nodiscard]] bool is_still(double mean) const;

 private:
  std::optional<Finding> look_for_explosion(std::uint64_t iteration, double loss);
  std::optional<Finding> look_for_standstill(std::uint64_t iteration, double loss);

  double guess_;
  std::uint64_t stretch_;
  std::optional<double> reference_;  // the first loss, or the guess if that is more
  double sum_of_few_ = 0;
  std::uint64_t num_of_few_ = 0;
  double sum_of_tail_ = 0;
  std::uint64_t num_of_tail_ = 0;
  bool has_exploded_ = false;
  bool has_stood_still_ = false;
};

/// "one_class": of the samples of all other classes, fewer than 1 in 100 were given another answer
/// than this class. A class that is simply frequent does not count, nor do a few odd samples.
/// @param iteration  goes into the finding
[[nodiscard]] std::optional<Finding> find_one_class(const Evaluation& evaluation,
                                                    std::uint64_t iteration);

/// "no_better_than_mean": of numbers, R2 of the test samples is below 0, of enough of them.
/// @param iteration  goes into the finding
[[nodiscard]] std::optional<Finding> find_no_better_than_mean(const Fit& train, const Fit& test,
                                                              std::uint64_t iteration);

/// How predictions and labels agree.
[[nodiscard]] Agreement agreement_of(const Evaluation& evaluation);

/// "dead_units" and "saturated_units": of the worst layer, when more than two thirds of its units
/// are dead, or more than half of its outputs saturated. Half of the relu units over one feature
/// that is never negative are dead at the start, by their weight's sign.
[[nodiscard]] std::vector<Finding> find_sick_layers(std::span<const LayerHealth> layers,
                                                    std::uint64_t iteration);

/// Looks for findings in a run while it is trained. It only looks: no number of the training
/// depends on it.
///
/// Cost  two additions an iteration, and at the end 1,000 samples through the network. Only a run
///       that learned nothing pays more: see nearest_neighbour_agreement().
template <Real T>
class RunDiagnosis {
 public:
  struct Subject {  // all must outlive the diagnosis
    const Dataset& dataset;
    const Network<T>& network;
    const Loss<T>& loss;
    InputSource<T>& train_source;
    std::span<const std::uint32_t> training_indices;
    std::uint64_t epoch_length;
    TrainingStep<T>& step;  // has the parameters; asking for them costs a copy
    Team& team;
  };

  /// @param tell  called with each finding when it is made; may be empty
  RunDiagnosis(const Subject& subject, std::function<void(const Finding&)> tell);

  /// @param loss  of this iteration's batch
  void note_loss(std::uint64_t iteration, double loss);

  /// At the end of a run that did not diverge.
  /// @param train  on the training samples
  /// @param test   on the test samples
  void conclude(std::uint64_t num_iterations, const Evaluation& train, const Evaluation& test);

  /// Everything found so far, each id once.
  [[nodiscard]] const std::vector<Finding>& findings() const noexcept { return findings_; }

 private:
  [[nodiscard]] bool has(std::string_view id) const;
  void add(Finding finding);
  void look_at_layers(std::uint64_t iteration);
  void look_at_labels(std::uint64_t iteration, const Evaluation& test);

  Subject subject_;
  std::function<void(const Finding&)> tell_;
  double guess_;
  LossWatch watch_;
  std::vector<Finding> findings_;
};

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>

#include "gradus/data/dataset.hpp"
#include "gradus/lab/figure.hpp"
#include "gradus/lab/run_figures.hpp"
#include "gradus/train/model.hpp"
#include "gradus/train/trainer.hpp"

namespace gradus {

/// A training run and all that was seen on the way.
struct WatchedTraining {
  RunCurves curves;  // the losses of all batches, before their updates
  TrainingResult result;
  Model<float> model;

  /// The mean loss of the batches of iterations [first, end); not a number when there are none.
  [[nodiscard]] double mean_loss(std::size_t first, std::size_t end) const;
};

/// Trains on one thread.
/// @throws ValueError  options that do not fit together, or not the data
[[nodiscard]] WatchedTraining train_and_watch(const Dataset& dataset,
                                              const TrainingOptions& options);

/// Iterations over which losses of batches are averaged to be looked at.
inline constexpr std::size_t loss_window = 20;

/// The loss of each batch, at most 1,000 of them, spread evenly.
[[nodiscard]] Series loss_series(std::string label, const WatchedTraining& training);

/// The mean of `loss_window` losses, over the middle of their iterations; at most 1,000 points.
[[nodiscard]] Series mean_loss_series(std::string label, const WatchedTraining& training);

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>

#include "gradus/runs/checkpoint_files.hpp"
#include "gradus/runs/run_folder.hpp"
#include "gradus/train/trainer.hpp"

namespace gradus {

/// Says when a run takes a checkpoint: every epoch and every ten seconds, and at the end. Epochs
/// too short for what a checkpoint costs share one.
template <Real T>
class CheckpointClock {
 public:
  /// All of them must outlive the clock.
  CheckpointClock(const Trainer<T>& trainer, RunFolder& folder, CheckpointWriter& writer)
      : trainer_(trainer), folder_(folder), writer_(writer) {}

  /// To be called as TrainingObserver::on_safe_point. Hands a checkpoint to the writer when it is
  /// time, unless the parameters are no longer finite.
  /// @throws FileError  the rows of the tables could not be written
  void tick(std::uint64_t iteration, bool is_stopping);

 private:
  using Clock = std::chrono::steady_clock;

  const Trainer<T>& trainer_;
  RunFolder& folder_;
  CheckpointWriter& writer_;
  Clock::time_point last_ = Clock::now();
  Clock::duration cost_{0};  // of the last one, to the training
};

}  // namespace gradus

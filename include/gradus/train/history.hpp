// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace gradus {

/// What is measured now and then while training: on all test samples, and on all training samples
/// but those held out for validation. A score is what Evaluation::score() says: the accuracy of
/// classes, R2 of numbers.
struct ScoreRecord {
  std::uint64_t iteration = 0;  // updates made so far
  double epoch = 0;             // iteration / iterations per epoch
  double train_score = 0;
  double test_score = 0;
  std::optional<double> validation_score;  // with samples held out for it
  std::optional<double> validation_loss;
};

/// Why training ended. An outcome, not an error.
enum class StopReason {
  finished,    // all iterations done
  early_stop,  // the validation loss had stopped falling; the best parameters were kept
  diverged,    // the loss became infinite or not a number
  interrupted  // asked to stop
};

[[nodiscard]] constexpr std::string_view to_string(StopReason reason) {
  switch (reason) {
    case StopReason::finished:
      return "finished";
    case StopReason::early_stop:
      return "early_stop";
    case StopReason::diverged:
      return "diverged";
    case StopReason::interrupted:
      return "interrupted";
  }
  return "unknown";
}

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "gradus/core/registry.hpp"

namespace gradus {

/// How the learning rate changes while training.
struct ScheduleOptions {
  std::string id = "constant";
  double learning_rate = 0.1;        // the full rate, above 0
  std::uint64_t num_iterations = 1;  // of the whole run, at least 1
  std::uint64_t warmup = 0;          // iterations in which the rate rises from 0 to full
  std::uint64_t step_every = 0;      // of "step": iterations between drops; 0 is a third of the run
  double step_factor = 0.1;          // of "step": what each drop multiplies the rate with
  double final_factor = 0.01;        // of "exponential" and "cosine": rate at the end / full rate
};

/// factor(options, t) is the factor of the full rate at iteration t, without warm-up.
struct ScheduleEntry {
  std::string_view id;
  std::string_view summary;
  double (*factor)(const ScheduleOptions& options, double t);
};

/// With n = num_iterations and f = final_factor:
///
///   constant     1
///   step         step_factor ^ floor(t / step_every)
///   exponential  f ^ (t / n)
///   cosine       f + (1 - f) (1 + cos(pi t / n)) / 2    Loshchilov, Hutter, "SGDR" (2017), eq. 5
[[nodiscard]] const Registry<ScheduleEntry>& schedules();

/// The learning rates of a run.
class Schedule {
 public:
  /// @throws ValueError  unknown id
  explicit Schedule(ScheduleOptions options);

  /// The learning rate of an iteration, counted from 0 and below num_iterations. During warm-up the
  /// scheduled rate is multiplied with (t + 1) / warmup, so that the first step is not lost.
  [[nodiscard]] double learning_rate(std::uint64_t iteration) const;

 private:
  ScheduleOptions options_;
  const ScheduleEntry& entry_;
};

/// @throws ValueError  unknown id, or a number outside its range
void check_schedule(const ScheduleOptions& options);

}  // namespace gradus

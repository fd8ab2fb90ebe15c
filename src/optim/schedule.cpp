// SPDX-License-Identifier: MIT
#include "gradus/optim/schedule.hpp"

#include <fmt/core.h>

#include <array>
#include <cmath>
#include <utility>

#include "gradus/core/error.hpp"

namespace gradus {
namespace {

constexpr double pi = 3.14159265358979323846;

double constant(const ScheduleOptions&, double) {
  return 1;
}

double step(const ScheduleOptions& options, double t) {
  const double every = options.step_every > 0 ? static_cast<double>(options.step_every)
                                              : static_cast<double>(options.num_iterations) / 3;
  return std::pow(options.step_factor, std::floor(t / every));
}

double exponential(const ScheduleOptions& options, double t) {
  return std::pow(options.final_factor, t / static_cast<double>(options.num_iterations));
}

double cosine(const ScheduleOptions& options, double t) {
  const double wave = (1 + std::cos(pi * t / static_cast<double>(options.num_iterations))) / 2;
  return options.final_factor + (1 - options.final_factor) * wave;
}

}  // namespace

const Registry<ScheduleEntry>& schedules() {
  static constexpr std::array<ScheduleEntry, 4> entries{{
      {"constant", "the same rate throughout", constant},
      {"step", "drops at intervals, by default to a tenth after each third of the run", step},
      {"exponential", "falls evenly to a share of itself, by default 0.01", exponential},
      {"cosine", "half a cosine wave down to a share of itself, by default 0.01", cosine},
  }};
  static constexpr Registry<ScheduleEntry> registry("schedule", entries);
  return registry;
}

Schedule::Schedule(ScheduleOptions options)
    : options_(std::move(options)), entry_(schedules().find(options_.id)) {
}

double Schedule::learning_rate(std::uint64_t iteration) const {
  const double scheduled =
      options_.learning_rate * entry_.factor(options_, static_cast<double>(iteration));
  return iteration < options_.warmup
             ? scheduled * static_cast<double>(iteration + 1) / static_cast<double>(options_.warmup)
             : scheduled;
}

void check_schedule(const ScheduleOptions& options) {
  static_cast<void>(schedules().find(options.id));
  const auto check = [](const char* name, double value) {
    if (!(value > 0) || !std::isfinite(value)) {
      throw ValueError(fmt::format("{} is {}, expected a number above 0", name, value));
    }
  };
  check("learning rate", options.learning_rate);
  check("the schedule's step factor", options.step_factor);
  check("the schedule's final factor", options.final_factor);
  check("number of iterations", static_cast<double>(options.num_iterations));
}

}  // namespace gradus

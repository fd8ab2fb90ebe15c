// SPDX-License-Identifier: MIT
#include "gradus/optim/schedule.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "gradus/core/error.hpp"
#include "tolerances.hpp"
#include "unit/formats/thrown.hpp"

namespace gradus {
namespace {

void expect_rate(const ScheduleOptions& options, std::uint64_t iteration, double expected) {
  EXPECT_NEAR(Schedule(options).learning_rate(iteration), expected, tolerance::schedule * expected)
      << options.id << " at " << iteration;
}

TEST(ConstantSchedule, NeverChanges) {
  const ScheduleOptions options{.learning_rate = 0.3, .num_iterations = 100};
  EXPECT_EQ(Schedule(options).learning_rate(0), 0.3);
  EXPECT_EQ(Schedule(options).learning_rate(50), 0.3);
  EXPECT_EQ(Schedule(options).learning_rate(99), 0.3);
}

TEST(StepSchedule, DropsAtEveryInterval) {
  const ScheduleOptions options{.id = "step",
                                .learning_rate = 0.2,
                                .num_iterations = 1000,
                                .step_every = 100,
                                .step_factor = 0.5};
  expect_rate(options, 0, 0.2);
  expect_rate(options, 99, 0.2);
  expect_rate(options, 100, 0.1);
  expect_rate(options, 199, 0.1);
  expect_rate(options, 200, 0.05);
  expect_rate(options, 999, 0.2 / 512);
}

TEST(StepSchedule, DropsTwiceInARunByDefault) {
  const ScheduleOptions options{.id = "step", .learning_rate = 1, .num_iterations = 300};
  expect_rate(options, 99, 1);
  expect_rate(options, 100, 0.1);
  expect_rate(options, 199, 0.1);
  expect_rate(options, 200, 0.01);
  expect_rate(options, 299, 0.01);
}

TEST(StepSchedule, AThirdOfTheRunNeedNotBeWhole) {
  const ScheduleOptions options{.id = "step", .learning_rate = 1, .num_iterations = 100};
  expect_rate(options, 33, 1);
  expect_rate(options, 34, 0.1);
  expect_rate(options, 66, 0.1);
  expect_rate(options, 67, 0.01);
}

TEST(ExponentialSchedule, FallsByTheSameShareEachTime) {
  const ScheduleOptions options{
      .id = "exponential", .learning_rate = 0.5, .num_iterations = 100, .final_factor = 0.0625};
  expect_rate(options, 0, 0.5);
  expect_rate(options, 25, 0.25);
  expect_rate(options, 50, 0.125);
  expect_rate(options, 75, 0.0625);
  expect_rate(options, 100, 0.03125);
}

TEST(CosineSchedule, IsHalfAWave) {
  const ScheduleOptions options{
      .id = "cosine", .learning_rate = 2, .num_iterations = 120, .final_factor = 0.1};
  expect_rate(options, 0, 2);
  expect_rate(options, 30, 2 * (0.1 + 0.9 * (1 + std::sqrt(0.5)) / 2));
  expect_rate(options, 40, 2 * (0.1 + 0.9 * 0.75));
  expect_rate(options, 60, 2 * (0.1 + 0.9 * 0.5));
  expect_rate(options, 80, 2 * (0.1 + 0.9 * 0.25));
  expect_rate(options, 120, 2 * 0.1);
}

TEST(EverySchedule, StartsAtTheFullRateAndNeverRises) {
  for (const ScheduleEntry& entry : schedules()) {
    const ScheduleOptions options{
        .id = std::string(entry.id), .learning_rate = 0.25, .num_iterations = 50};
    SCOPED_TRACE(options.id);
    EXPECT_EQ(Schedule(options).learning_rate(0), 0.25);
    for (std::uint64_t iteration = 1; iteration < 50; ++iteration) {
      EXPECT_LE(Schedule(options).learning_rate(iteration),
                Schedule(options).learning_rate(iteration - 1));
      EXPECT_GT(Schedule(options).learning_rate(iteration), 0);
    }
  }
}

TEST(EverySchedule, EndsWhereItsFinalFactorSays) {
  for (const char* id : {"exponential", "cosine"}) {
    expect_rate({.id = id, .learning_rate = 1, .num_iterations = 10, .final_factor = 0.2}, 10, 0.2);
  }
}

TEST(EverySchedule, RisesInEqualStepsDuringWarmUp) {
  for (const ScheduleEntry& entry : schedules()) {
    const ScheduleOptions plain{
        .id = std::string(entry.id), .learning_rate = 0.8, .num_iterations = 100};
    ScheduleOptions options = plain;
    options.warmup = 4;
    expect_rate(options, 0, Schedule(plain).learning_rate(0) * 0.25);
    expect_rate(options, 1, Schedule(plain).learning_rate(1) * 0.5);
    expect_rate(options, 2, Schedule(plain).learning_rate(2) * 0.75);
    for (const std::uint64_t iteration : {3U, 4U, 5U, 50U, 99U}) {
      EXPECT_EQ(Schedule(options).learning_rate(iteration),
                Schedule(plain).learning_rate(iteration))
          << options.id << " at " << iteration;
    }
  }
}

TEST(CheckSchedule, TakesTheDefaultOptionsOfEveryKind) {
  for (const ScheduleEntry& entry : schedules()) {
    EXPECT_NO_THROW(check_schedule({.id = std::string(entry.id)})) << entry.id;
  }
}

TEST(CheckSchedule, AnUnknownNameIsRefusedWithTheKnownOnes) {
  const std::string expected =
      "unknown schedule \"linear\"; there are constant, step, exponential, cosine";
  EXPECT_EQ(thrown<ValueError>([] { check_schedule({.id = "linear"}); }), expected);
  EXPECT_EQ(thrown<ValueError>([] { static_cast<void>(Schedule({.id = "linear"})); }), expected);
}

TEST(CheckSchedule, ARateThatIsNoNumberAboveZeroIsRefused) {
  const auto refusal = [](double rate) {
    return thrown<ValueError>([&] { check_schedule({.learning_rate = rate}); });
  };
  EXPECT_EQ(refusal(0), "learning rate is 0, expected a number above 0");
  EXPECT_EQ(refusal(-0.1), "learning rate is -0.1, expected a number above 0");
  EXPECT_EQ(refusal(std::nan("")), "learning rate is nan, expected a number above 0");
  EXPECT_EQ(refusal(std::numeric_limits<double>::infinity()),
            "learning rate is inf, expected a number above 0");
}

TEST(CheckSchedule, AFactorThatIsNotAboveZeroIsRefused) {
  EXPECT_EQ(thrown<ValueError>([] { check_schedule({.id = "step", .step_factor = 0}); }),
            "the schedule's step factor is 0, expected a number above 0");
  EXPECT_EQ(thrown<ValueError>([] { check_schedule({.id = "cosine", .final_factor = -1}); }),
            "the schedule's final factor is -1, expected a number above 0");
}

TEST(CheckSchedule, ARunWithoutIterationsIsRefused) {
  EXPECT_EQ(thrown<ValueError>([] { check_schedule({.num_iterations = 0}); }),
            "number of iterations is 0, expected a number above 0");
}

}  // namespace
}  // namespace gradus

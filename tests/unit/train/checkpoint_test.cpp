// SPDX-License-Identifier: MIT
#include "gradus/train/checkpoint.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/data/digits.hpp"
#include "gradus/formats/safetensors.hpp"
#include "gradus/train/trainer.hpp"
#include "support.hpp"

namespace gradus {
namespace {

template <Real T>
Checkpoint<T> example() {
  return {
      .iteration = 4711,
      .parameters = random_numbers<T>(7, 1),
      .memory = {{"mean", random_numbers<T>(7, 2)}, {"mean_of_squares", random_numbers<T>(7, 3)}},
      .last_recorded_iteration = 4200,
      .best_parameters = random_numbers<T>(7, 4),
      .best_validation_loss = 0.1 + 0.2,
      .num_records_without_improvement = 3};
}

template <Real T>
void expect_same(const Checkpoint<T>& a, const Checkpoint<T>& b) {
  EXPECT_EQ(a.iteration, b.iteration);
  EXPECT_EQ(a.parameters, b.parameters);
  ASSERT_EQ(a.memory.size(), b.memory.size());
  for (std::size_t i = 0; i < a.memory.size(); ++i) {
    EXPECT_EQ(a.memory[i].name, b.memory[i].name);
    EXPECT_EQ(a.memory[i].values, b.memory[i].values);
  }
  EXPECT_EQ(a.last_recorded_iteration, b.last_recorded_iteration);
  EXPECT_EQ(a.best_parameters, b.best_parameters);
  EXPECT_EQ(a.best_validation_loss, b.best_validation_loss);
  EXPECT_EQ(a.num_records_without_improvement, b.num_records_without_improvement);
}

template <class T>
class CheckpointFile : public ::testing::Test {};
TYPED_TEST_SUITE(CheckpointFile, RealTypes, RealNames);

TYPED_TEST(CheckpointFile, ReadsBackToTheBit) {
  const auto checkpoint = example<TypeParam>();
  expect_same(parse_checkpoint<TypeParam>("file", serialize_checkpoint(checkpoint)), checkpoint);
  Checkpoint<TypeParam> plain;
  plain.parameters = random_numbers<TypeParam>(3, 1);
  expect_same(parse_checkpoint<TypeParam>("file", serialize_checkpoint(plain)), plain);
}

TYPED_TEST(CheckpointFile, ADamagedByteIsNoticedWhereverItIs) {
  const auto bytes = serialize_checkpoint(example<TypeParam>());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    for (const unsigned flipped : {0x01U, 0x80U}) {
      auto damaged = bytes;
      damaged[i] = static_cast<std::uint8_t>(damaged[i] ^ flipped);
      EXPECT_THROW(static_cast<void>(parse_checkpoint<TypeParam>("file", damaged)), DataError)
          << "byte " << i;
    }
  }
}

TYPED_TEST(CheckpointFile, ACutFileIsNoticed) {
  const auto bytes = serialize_checkpoint(example<TypeParam>());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const std::vector<std::uint8_t> cut(bytes.begin(),
                                        bytes.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_THROW(static_cast<void>(parse_checkpoint<TypeParam>("file", cut)), DataError);
  }
}

TEST(Checkpoint, OfAnotherPrecisionIsRefused) {
  const auto bytes = serialize_checkpoint(example<float>());
  EXPECT_THROW(static_cast<void>(parse_checkpoint<double>("file", bytes)), DataError);
}

TEST(Checkpoint, AModelIsNone) {
  const std::vector<float> numbers{1, 2};
  const std::vector<NamedTensor> tensors{
      {.name = "W1", .shape = {2}, .elements = std::span<const float>(numbers)}};
  EXPECT_THROW(static_cast<void>(parse_checkpoint<float>("file", serialize_safetensors(tensors))),
               DataError);
}

/// Trains with a checkpoint taken before iteration `at`; then once more from it.
TEST(TrainerResume, GoesOnToTheSameBitsFromAnyIteration) {
  Team team;
  const Dataset digits = make_digits({.num_train = 300, .num_test = 50}, team);
  for (const auto& optimizer : optimizers<float>()) {
    TrainingOptions options;
    options.network.layer_sizes = {784, 5, 10};
    options.optimizer.id = optimizer.id;
    options.batch_size = 20;
    options.num_iterations = 40;
    options.num_validation = 40;
    options.early_stop = 2;
    options.evaluate_every = 5;
    options.schedule.learning_rate = 0.01;
    for (const std::uint64_t at : {0U, 1U, 5U, 17U, 39U}) {
      Trainer<float> whole(digits, options, team);
      Checkpoint<float> checkpoint;
      whole.run({.on_safe_point = [&](std::uint64_t iteration, bool) {
        if (iteration == at) {
          checkpoint = whole.checkpoint();
        }
      }});
      if (checkpoint.parameters.empty()) {
        continue;  // it had stopped early before
      }
      Trainer<float> resumed(digits, options, team);
      resumed.resume(checkpoint);
      std::uint64_t first = UINT64_MAX;
      resumed.run({.on_iteration = [&](std::uint64_t i, double) { first = std::min(first, i); }});
      EXPECT_EQ(copy_of(resumed.parameters()), copy_of(whole.parameters()))
          << optimizer.id << " from " << at;
      EXPECT_TRUE(first == at || first == UINT64_MAX);
    }
  }
}

TEST(TrainerResume, RefusesACheckpointOfAnotherRun) {
  Team team;
  const Dataset digits = make_digits({.num_train = 100, .num_test = 50}, team);
  TrainingOptions options;
  options.network.layer_sizes = {784, 5, 10};
  options.optimizer.id = "adam";
  options.batch_size = 20;
  options.num_iterations = 10;
  Trainer<float> trainer(digits, options, team);
  const Checkpoint<float> own = trainer.checkpoint();
  Checkpoint<float> smaller = own;
  smaller.parameters.pop_back();
  Checkpoint<float> forgetful = own;
  forgetful.memory.clear();
  Checkpoint<float> later = own;
  later.iteration = 11;
  for (const Checkpoint<float>& other : {smaller, forgetful, later}) {
    EXPECT_THROW(trainer.resume(other), ShapeError);
  }
  trainer.run();
  EXPECT_THROW(trainer.resume(own), StateError);
}

}  // namespace
}  // namespace gradus

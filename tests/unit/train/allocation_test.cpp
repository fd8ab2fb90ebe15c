// SPDX-License-Identifier: MIT
// An iteration of training takes no memory: a program of its own, whose operator new counts.
#include <gtest/gtest.h>

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>
#include <string>
#include <vector>

#include "gradus/data/batches.hpp"
#include "gradus/data/digits.hpp"
#include "gradus/nn/initialize.hpp"
#include "gradus/train/training_step.hpp"

namespace {

std::atomic<std::size_t> num_allocations = 0;

void* allocate(std::size_t size, std::size_t alignment) {
  ++num_allocations;
  void* memory = std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
  if (memory == nullptr) {
    throw std::bad_alloc();
  }
  return memory;
}

}  // namespace

// Not inline: g++ warns of a mismatch where it sees one of a pair and not the other.
[[gnu::noinline]] void* operator new(std::size_t size) {
  return allocate(size, alignof(std::max_align_t));
}
[[gnu::noinline]] void* operator new(std::size_t size, std::align_val_t alignment) {
  return allocate(size, static_cast<std::size_t>(alignment));
}
[[gnu::noinline]] void operator delete(void* memory) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::size_t /*size*/) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::align_val_t /*alignment*/) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::size_t /*size*/,
                                       std::align_val_t /*alignment*/) noexcept {
  std::free(memory);
}

namespace gradus {
namespace {

// After ten others, whose kernels take the memory they work in.
constexpr std::uint64_t num_iterations = 50;

/// How often memory is taken in so many iterations.
template <Real T>
std::size_t allocations(InputForm form, const std::vector<std::size_t>& layer_sizes,
                        const std::string& optimizer, std::size_t num_threads) {
  Team team(num_threads, num_threads);
  const Dataset digits = make_digits({.seed = 1, .num_train = 600, .num_test = 0}, team);
  const Network<T> network({.layer_sizes = layer_sizes});
  const auto loss = losses<T>(Task::classification).find("cross_entropy").make();
  const auto step = make_training_step<T>(
      network, *loss, {.optimizer = {.id = optimizer}, .batch_size = 50, .input_form = form});
  std::vector<T> parameters(network.num_parameters());
  initialize<T>(network, {}, 1, parameters);
  step->set_parameters(parameters);
  InputSource<T> source(digits.train, 1.0 / 255, form);
  Batches batches({.num_samples = digits.train.num_samples(), .batch_size = 50, .seed = 1});
  std::size_t before = 0;
  for (std::uint64_t i = 0; i < 10 + num_iterations; ++i) {
    if (i == 10) {
      before = num_allocations;
    }
    const auto indices = batches.at(i);
    step->run(source.rows(indices), source.labels(indices), static_cast<T>(0.1), team);
  }
  return num_allocations - before;
}

TEST(Allocation, IsCounted) {
  const std::size_t before = num_allocations;
  void* const memory = ::operator new(1000);  // by name: a new expression may be left out
  EXPECT_EQ(num_allocations, before + 1);
  ::operator delete(memory);
}

TEST(Allocation, NoIterationOfTrainingTakesMemory) {
  for (const auto& layer_sizes : {std::vector<std::size_t>{784, 50, 10}, {784, 200, 100, 10}}) {
    for (const InputForm form : {InputForm::dense, InputForm::sparse}) {
      for (const auto& optimizer : optimizers<float>()) {
        const std::string id(optimizer.id);
        SCOPED_TRACE(id + ", " + std::to_string(layer_sizes.size()) +
                     (form == InputForm::dense ? " sizes, dense" : " sizes, sparse"));
        EXPECT_EQ(allocations<float>(form, layer_sizes, id, 1), 0);
        EXPECT_EQ(allocations<double>(form, layer_sizes, id, 1), 0);
        // A second thread takes memory for each kernel when it first gets a block of it; on a busy
        // machine that may be late, but it is once.
        EXPECT_LT(allocations<float>(form, layer_sizes, id, 2), num_iterations / 2);
      }
    }
  }
}

}  // namespace
}  // namespace gradus

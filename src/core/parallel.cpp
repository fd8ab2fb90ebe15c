// SPDX-License-Identifier: MIT
#include "gradus/core/parallel.hpp"

#include <atomic>
#include <cstdint>
#include <exception>
#include <new>
#include <system_error>
#include <thread>
#include <vector>

namespace gradus {

// One loop at a time. Starting a loop raises `generation`; each helper then takes blocks until none
// is left and reports by lowering `num_helping`. A new loop starts only at num_helping == 0, so no
// helper can see a half-changed loop.
struct Team::State {
  std::vector<std::thread> helpers;
  std::atomic<std::uint32_t> generation{0};
  std::atomic<std::size_t> num_helping{0};
  std::atomic<std::size_t> next_block{0};
  std::atomic<bool> is_closing{false};
  std::atomic<bool> has_failed{false};
  std::exception_ptr failure;  // written by the one thread that set has_failed

  std::size_t num_blocks = 0;
  BlockFunction function = nullptr;
  void* context = nullptr;

  void take_blocks() noexcept {
    for (;;) {
      const std::size_t block = next_block.fetch_add(1, std::memory_order_relaxed);
      if (block >= num_blocks) {
        return;
      }
      try {
        function(context, block);
      } catch (...) {
        if (!has_failed.exchange(true)) {
          failure = std::current_exception();
        }
      }
    }
  }

  void help() noexcept {
    std::uint32_t seen = 0;
    for (;;) {
      generation.wait(seen, std::memory_order_acquire);
      ++seen;
      if (is_closing.load(std::memory_order_acquire)) {
        return;
      }
      take_blocks();
      if (num_helping.fetch_sub(1, std::memory_order_acq_rel) == 1) {
        num_helping.notify_one();
      }
    }
  }

  void start_generation() {
    generation.fetch_add(1, std::memory_order_release);
    generation.notify_all();
  }
};

Team::Team(std::size_t num_threads) : state_(std::make_unique<State>()) {
  // More threads change nothing but the speed, so those the system does not give are done without.
  try {
    for (std::size_t i = 1; i < num_threads; ++i) {
      state_->helpers.emplace_back([state = state_.get()] { state->help(); });
    }
  } catch (const std::system_error&) {
  } catch (const std::bad_alloc&) {
  }
}

Team::~Team() {
  state_->is_closing.store(true, std::memory_order_release);
  state_->start_generation();
  for (std::thread& helper : state_->helpers) {
    helper.join();
  }
}

std::size_t Team::num_threads() const noexcept {
  return state_->helpers.size() + 1;
}

void Team::run(std::size_t num_blocks, BlockFunction function, void* context) {
  State& state = *state_;
  if (num_blocks <= 1) {
    if (num_blocks == 1) {
      function(context, 0);
    }
    return;
  }
  state.num_blocks = num_blocks;
  state.function = function;
  state.context = context;
  state.failure = nullptr;
  state.has_failed.store(false, std::memory_order_relaxed);
  state.next_block.store(0, std::memory_order_relaxed);
  state.num_helping.store(state.helpers.size(), std::memory_order_relaxed);
  state.start_generation();
  state.take_blocks();
  for (std::size_t left = state.num_helping.load(std::memory_order_acquire); left != 0;
       left = state.num_helping.load(std::memory_order_acquire)) {
    state.num_helping.wait(left, std::memory_order_acquire);
  }
  if (state.has_failed.load(std::memory_order_acquire)) {
    std::rethrow_exception(state.failure);
  }
}

}  // namespace gradus

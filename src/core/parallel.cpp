// SPDX-License-Identifier: MIT
#include "gradus/core/parallel.hpp"

#include <hwy/cache_control.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <exception>
#include <limits>
#include <new>
#include <stdexcept>
#include <system_error>
#include <thread>
#include <vector>

namespace gradus {
namespace {

/// Looks for some fifty microseconds whether a condition is true.
template <class Condition>
void spin_until(Condition condition) noexcept {
  constexpr int num_looks = 4000;
  for (int look = 0; look < num_looks && !condition(); ++look) {
    hwy::Pause();
  }
}

}  // namespace

// One loop at a time. Starting it writes its `ticket`: which loop it is, and how many of its blocks
// nobody has taken. A thread takes a block by lowering that number. The loop has ended when all
// blocks are done, which needs only the threads that took one: a helper that sleeps, or that the
// system has given no processor, is not waited for. It cannot mistake a later loop for this one,
// because what a loop does is only read after a block of it was taken, and a loop with a block that
// is not done does not end.
//
// Between two loops of training there are a few microseconds, and waking a thread takes as long. So
// a helper that has nothing to do looks for work a while before it sleeps.
struct Team::State {
  std::vector<std::thread> helpers;
  std::atomic<std::uint64_t> ticket{0};  // number of the loop, then 32 bits of blocks left
  std::atomic<std::uint32_t> num_done{0};
  std::atomic<std::uint32_t> num_sleeping{0};
  std::atomic<std::uint32_t> num_calls{0};  // to wake up
  std::atomic<bool> is_closing{false};
  std::atomic<bool> has_failed{false};
  std::exception_ptr failure;  // written by the one thread that set has_failed

  std::uint32_t num_blocks = 0;
  BlockFunction function = nullptr;
  void* context = nullptr;

  static std::uint32_t blocks_left(std::uint64_t ticket) {
    return static_cast<std::uint32_t>(ticket);
  }

  void take_blocks() noexcept {
    std::uint64_t seen = ticket.load(std::memory_order_acquire);
    while (blocks_left(seen) > 0) {
      if (!ticket.compare_exchange_weak(seen, seen - 1, std::memory_order_acq_rel)) {
        continue;
      }
      do_block(num_blocks - blocks_left(seen));
      seen = ticket.load(std::memory_order_acquire);
    }
  }

  void do_block(std::size_t block) noexcept {
    const std::uint32_t last = num_blocks - 1;
    try {
      function(context, block);
    } catch (...) {
      if (!has_failed.exchange(true)) {
        failure = std::current_exception();
      }
    }
    if (num_done.fetch_add(1, std::memory_order_acq_rel) == last) {
      num_done.notify_one();
    }
  }

  [[nodiscard]] bool is_needed() const noexcept {
    return blocks_left(ticket.load()) > 0 || is_closing.load();
  }

  void help(bool may_spin) noexcept {
    while (!is_closing.load(std::memory_order_acquire)) {
      take_blocks();
      if (may_spin) {
        spin_until([this] { return is_needed(); });
      }
      if (!is_needed()) {
        sleep();
      }
    }
  }

  void sleep() noexcept {
    const std::uint32_t seen = num_calls.load();
    num_sleeping.fetch_add(1);
    if (!is_needed()) {  // again: whoever starts a loop after this sees that one sleeps
      num_calls.wait(seen);
    }
    num_sleeping.fetch_sub(1);
  }

  void wake_helpers() noexcept {
    if (num_sleeping.load() > 0) {
      num_calls.fetch_add(1);
      num_calls.notify_all();
    }
  }

  void start(std::uint32_t count) noexcept {
    const std::uint64_t loop = (ticket.load(std::memory_order_relaxed) >> 32) + 1;
    ticket.store(loop << 32 | count);
    wake_helpers();
  }

  void wait_for_all() noexcept {
    spin_until([this] { return num_done.load(std::memory_order_acquire) == num_blocks; });
    for (std::uint32_t done = num_done.load(std::memory_order_acquire); done != num_blocks;
         done = num_done.load(std::memory_order_acquire)) {
      num_done.wait(done, std::memory_order_acquire);
    }
  }
};

Team::Team(std::size_t num_threads) : state_(std::make_unique<State>()) {
  // Threads that have no processor of their own must not keep others from theirs.
  const std::size_t num_processors = std::max(1U, std::thread::hardware_concurrency());
  // More threads change nothing but the speed, so those the system does not give are done without.
  try {
    for (std::size_t i = 1; i < num_threads; ++i) {
      state_->helpers.emplace_back(
          [state = state_.get(), may_spin = i < num_processors] { state->help(may_spin); });
    }
  } catch (const std::system_error&) {
  } catch (const std::bad_alloc&) {
  }
}

Team::~Team() {
  state_->is_closing.store(true);
  state_->wake_helpers();
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
  if (num_blocks > std::numeric_limits<std::uint32_t>::max()) {
    throw std::length_error("Team: more blocks than 32 bits can count");
  }
  state.num_blocks = static_cast<std::uint32_t>(num_blocks);
  state.function = function;
  state.context = context;
  state.failure = nullptr;
  state.has_failed.store(false, std::memory_order_relaxed);
  state.num_done.store(0, std::memory_order_relaxed);
  state.start(state.num_blocks);
  state.take_blocks();
  state.wait_for_all();
  if (state.has_failed.load(std::memory_order_acquire)) {
    std::rethrow_exception(state.failure);
  }
}

}  // namespace gradus

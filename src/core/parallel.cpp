// SPDX-License-Identifier: MIT
#include "gradus/core/parallel.hpp"

#include <hwy/cache_control.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstdint>
#include <exception>
#include <new>
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

// One loop at a time. Its blocks are cut into at most 64 runs of neighbours, and `open_runs` has a
// bit for each that nobody has taken. A thread takes a run by clearing its bit, and begins with its
// own: so it gets the same part of every loop over the same data, which is then in its cache. Who
// is done with his own helps the others.
//
// The loop has ended when all runs are done, which needs only the threads that took one: a helper
// that sleeps, or that the system has given no processor, is not waited for. It cannot mistake a
// later loop for this one, because what a loop does is only read after a run of it was taken, and a
// loop with a run that is not done does not end.
//
// Between two loops of training there are a few microseconds, and waking a thread takes as long. So
// a helper that has nothing to do looks for work a while before it sleeps.
struct Team::State {
  static constexpr std::size_t max_runs = 64;

  std::vector<std::thread> helpers;
  std::atomic<std::size_t> num_threads{1};  // the calling one included
  std::atomic<std::uint64_t> open_runs{0};
  std::atomic<std::size_t> num_runs{0};
  std::atomic<std::size_t> num_done{0};
  std::atomic<std::uint32_t> num_sleeping{0};
  std::atomic<std::uint32_t> num_calls{0};  // to wake up
  std::atomic<bool> is_closing{false};
  std::atomic<bool> has_failed{false};
  std::exception_ptr failure;  // written by the one thread that set has_failed

  std::size_t num_blocks = 0;
  BlockFunction function = nullptr;
  void* context = nullptr;

  /// The first open run from this thread's own on.
  [[nodiscard]] std::size_t choose(std::uint64_t open, std::size_t thread) const noexcept {
    const std::size_t own = num_runs.load(std::memory_order_relaxed) * thread /
                            num_threads.load(std::memory_order_relaxed);
    const std::uint64_t from_own = open >> own << own;
    return static_cast<std::size_t>(std::countr_zero(from_own != 0 ? from_own : open));
  }

  void take_runs(std::size_t thread) noexcept {
    std::uint64_t open = open_runs.load(std::memory_order_acquire);
    while (open != 0) {
      const std::size_t run = choose(open, thread);
      const std::uint64_t others = open & ~(std::uint64_t{1} << run);
      if (open_runs.compare_exchange_weak(open, others, std::memory_order_acq_rel)) {
        do_run(run);
        open = open_runs.load(std::memory_order_acquire);
      }
    }
  }

  void do_run(std::size_t run) noexcept {
    const std::size_t count = num_runs.load(std::memory_order_relaxed);
    const std::size_t last_block = num_blocks * (run + 1) / count;
    for (std::size_t block = num_blocks * run / count; block < last_block; ++block) {
      try {
        function(context, block);
      } catch (...) {
        if (!has_failed.exchange(true)) {
          failure = std::current_exception();
        }
      }
    }
    if (num_done.fetch_add(1, std::memory_order_acq_rel) == count - 1) {
      num_done.notify_one();
    }
  }

  [[nodiscard]] bool is_needed() const noexcept {
    return open_runs.load() != 0 || is_closing.load();
  }

  void help(std::size_t thread) noexcept {
    while (!is_closing.load(std::memory_order_acquire)) {
      take_runs(thread);
      spin_until([this] { return is_needed(); });
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

  void start() noexcept {
    const std::size_t count = num_runs.load(std::memory_order_relaxed);
    open_runs.store(~std::uint64_t{0} >> (max_runs - count));
    wake_helpers();
  }

  void wait_for_all() noexcept {
    const std::size_t count = num_runs.load(std::memory_order_relaxed);
    spin_until([&] { return num_done.load(std::memory_order_acquire) == count; });
    for (std::size_t done = num_done.load(std::memory_order_acquire); done != count;
         done = num_done.load(std::memory_order_acquire)) {
      num_done.wait(done, std::memory_order_acquire);
    }
  }
};

std::size_t available_processors() noexcept {
  return std::max(1U, std::thread::hardware_concurrency());
}

std::size_t default_num_threads() noexcept {
  return std::min<std::size_t>(available_processors(), 4);
}

Team::Team(std::size_t num_threads, std::size_t num_processors)
    : state_(std::make_unique<State>()) {
  const std::size_t num_wanted = std::min(num_threads, num_processors);
  try {
    while (state_->helpers.size() + 1 < num_wanted) {
      const std::size_t thread = state_->helpers.size() + 1;
      state_->helpers.emplace_back([state = state_.get(), thread] { state->help(thread); });
    }
  } catch (const std::system_error&) {  // fewer change nothing but the speed
  } catch (const std::bad_alloc&) {
  }
  state_->num_threads.store(state_->helpers.size() + 1);
}

Team::~Team() {
  state_->is_closing.store(true);
  state_->wake_helpers();
  for (std::thread& helper : state_->helpers) {
    helper.join();
  }
}

std::size_t Team::num_threads() const noexcept {
  return state_->num_threads.load(std::memory_order_relaxed);
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
  state.num_runs.store(std::min(num_blocks, State::max_runs), std::memory_order_relaxed);
  state.function = function;
  state.context = context;
  state.failure = nullptr;
  state.has_failed.store(false, std::memory_order_relaxed);
  state.num_done.store(0, std::memory_order_relaxed);
  state.start();
  state.take_runs(0);
  state.wait_for_all();
  if (state.has_failed.load(std::memory_order_acquire)) {
    std::rethrow_exception(state.failure);
  }
}

}  // namespace gradus

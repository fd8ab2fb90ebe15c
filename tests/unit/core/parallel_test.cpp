// SPDX-License-Identifier: MIT
#include "gradus/core/parallel.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <numeric>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "unit/formats/thrown.hpp"

namespace gradus {
namespace {

/// Calls check(team) for teams of one, two and three.
void for_every_team(const std::function<void(Team&)>& check) {
  for (const std::size_t num_threads : {1U, 2U, 3U}) {
    SCOPED_TRACE(std::to_string(num_threads) + " threads");
    Team team(num_threads, num_threads);
    check(team);
  }
}

TEST(Team, CountsTheCallingThread) {
  EXPECT_EQ(Team(1).num_threads(), 1U);
  EXPECT_EQ(Team(3, 3).num_threads(), 3U);
}

TEST(Team, IsNotLargerThanItsProcessors) {
  EXPECT_EQ(Team(3, 2).num_threads(), 2U);
  EXPECT_EQ(Team(2, 0).num_threads(), 1U);
  EXPECT_LE(Team(10000).num_threads(), available_processors());
}

TEST(Team, IsOneThreadByDefault) {
  EXPECT_EQ(Team().num_threads(), 1U);
}

TEST(Team, OfNoThreadsIsOne) {
  EXPECT_EQ(Team(0).num_threads(), 1U);
}

TEST(Team, DoesEachBlockOnce) {
  for_every_team([](Team& team) {
    for (const std::size_t num_blocks : {1U, 2U, 3U, 4U, 7U, 63U, 64U, 65U, 1000U}) {
      std::vector<std::atomic<int>> counts(num_blocks);
      team.for_each_block(num_blocks, [&](std::size_t block) { ++counts.at(block); });
      for (std::size_t block = 0; block < num_blocks; ++block) {
        EXPECT_EQ(counts[block], 1) << "block " << block << " of " << num_blocks;
      }
    }
  });
}

TEST(Team, DoesNothingWithoutBlocks) {
  for_every_team([](Team& team) {
    std::atomic<int> count = 0;
    team.for_each_block(0, [&](std::size_t) { ++count; });
    EXPECT_EQ(count, 0);
  });
}

TEST(Team, HasDoneAllBlocksWhenALoopReturnsAlsoWithManySmallLoops) {
  for_every_team([](Team& team) {
    for (std::size_t loop = 0; loop < 3000; ++loop) {
      std::vector<std::size_t> written(3);  // not atomic: a block writes its own place only
      team.for_each_block(3, [&](std::size_t block) { written[block] = loop + block; });
      ASSERT_EQ(written, (std::vector<std::size_t>{loop, loop + 1, loop + 2})) << "loop " << loop;
    }
  });
}

TEST(Team, SeesInALoopWhatTheLoopBeforeHasWritten) {
  for_every_team([](Team& team) {
    std::vector<int> numbers(64, 1);
    for (int loop = 0; loop < 6; ++loop) {  // each adds neighbours that other threads wrote
      std::vector<int> sums(numbers.size());
      team.for_each_block(numbers.size(), [&](std::size_t block) {
        sums[block] = numbers[block] + numbers[(block + 1) % numbers.size()];
      });
      numbers = sums;
    }
    EXPECT_EQ(numbers, std::vector<int>(64, 64));
  });
}

// Two blocks that each wait for the other end only when two threads work on them.
TEST(Team, OfTwoWorksOnTwoBlocksAtOnce) {
  constexpr std::chrono::seconds longer_than_any_start_of_a_thread{60};
  std::mutex mutex;
  std::condition_variable arrival;
  int num_arrived = 0;
  int num_met = 0;
  Team team(2, 2);
  team.for_each_block(2, [&](std::size_t) {
    std::unique_lock lock(mutex);
    ++num_arrived;
    arrival.notify_all();
    num_met +=
        arrival.wait_for(lock, longer_than_any_start_of_a_thread, [&] { return num_arrived == 2; })
            ? 1
            : 0;
  });
  EXPECT_EQ(num_met, 2);
}

// The two threads meet; then the calling one is done, and the other has a while to go.
TEST(Team, WaitsForBlocksThatOtherThreadsAreStillDoing) {
  const std::thread::id caller = std::this_thread::get_id();
  Team team(2, 2);
  for (int loop = 0; loop < 10; ++loop) {
    std::atomic<int> num_arrived = 0;
    std::atomic<bool> other_is_done = false;
    team.for_each_block(2, [&](std::size_t) {
      ++num_arrived;
      while (num_arrived < 2) {
        std::this_thread::yield();
      }
      if (std::this_thread::get_id() != caller) {
        std::atomic<int> work = 0;
        while (++work < 1'000'000) {
        }
        other_is_done = true;
      }
    });
    EXPECT_TRUE(other_is_done) << "loop " << loop;
  }
}

TEST(Team, PassesOnAnExceptionWhicheverBlockThrows) {
  for_every_team([](Team& team) {
    for (const std::size_t bad : {0U, 3U, 9U}) {
      const auto loop = [&] {
        team.for_each_block(10, [&](std::size_t block) {
          if (block == bad) {
            throw std::out_of_range("block " + std::to_string(block));
          }
        });
      };
      EXPECT_EQ(thrown<std::out_of_range>(loop), "block " + std::to_string(bad));
    }
  });
}

TEST(Team, PassesOnOneExceptionWhenEveryBlockThrows) {
  for_every_team([](Team& team) {
    EXPECT_EQ(thrown<std::runtime_error>([&] {
                team.for_each_block(10, [](std::size_t) { throw std::runtime_error("bad block"); });
              }),
              "bad block");
  });
}

TEST(Team, PassesOnAnExceptionOfALoopWithOneBlock) {
  for_every_team([](Team& team) {
    EXPECT_EQ(thrown<std::runtime_error>([&] {
                team.for_each_block(1, [](std::size_t) { throw std::runtime_error("bad block"); });
              }),
              "bad block");
  });
}

// On 1 and on n threads: a failed loop leaves the same behind.
TEST(Team, DoesTheOtherBlocksWhenOneThrows) {
  for_every_team([](Team& team) {
    std::vector<std::atomic<int>> counts(10);
    const auto loop = [&] {
      team.for_each_block(counts.size(), [&](std::size_t block) {
        ++counts[block];
        if (block == 4) {
          throw std::runtime_error("bad block");
        }
      });
    };
    EXPECT_EQ(thrown<std::runtime_error>(loop), "bad block");
    EXPECT_EQ(std::accumulate(counts.begin(), counts.end(), 0), 10);
  });
}

TEST(Team, WorksOnAfterAnException) {
  for_every_team([](Team& team) {
    const auto failing = [&] {
      team.for_each_block(5, [](std::size_t) { throw std::runtime_error("bad block"); });
    };
    EXPECT_EQ(thrown<std::runtime_error>(failing), "bad block");
    std::atomic<std::size_t> sum = 0;
    team.for_each_block(5, [&](std::size_t block) { sum += block; });
    EXPECT_EQ(sum, 10U);
  });
}

TEST(Team, TakesABodyThatCannotBeCopied) {
  for_every_team([](Team& team) {
    struct Body {
      std::atomic<int> count{0};
      void operator()(std::size_t) { ++count; }
    };
    Body body;
    team.for_each_block(6, body);
    EXPECT_EQ(body.count, 6);
  });
}

TEST(NumBlocksOf, CountsAPartlyFilledBlock) {
  EXPECT_EQ(num_blocks_of(16, 0), 0U);
  EXPECT_EQ(num_blocks_of(16, 1), 1U);
  EXPECT_EQ(num_blocks_of(16, 16), 1U);
  EXPECT_EQ(num_blocks_of(16, 17), 2U);
  EXPECT_EQ(num_blocks_of(1, 5), 5U);
}

}  // namespace
}  // namespace gradus

// SPDX-License-Identifier: MIT
#include "gradus/data/batches.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/core/numbers_below.hpp"
#include "support.hpp"
#include "tolerances.hpp"
#include "unit/formats/thrown.hpp"

namespace gradus {
namespace {

using Indices = std::vector<std::uint32_t>;

constexpr BatchOptions mnist_draws{.num_samples = 60'000, .batch_size = 100};

BatchOptions shuffled(std::size_t num_samples, std::size_t batch_size, std::uint64_t seed = 1) {
  return {.num_samples = num_samples,
          .batch_size = batch_size,
          .sampling = Sampling::shuffle,
          .seed = seed};
}

/// What a fresh object gives at an iteration.
Indices batch_at(const BatchOptions& options, std::uint64_t iteration) {
  return copy_of(Batches(options).at(iteration));
}

/// The whole epoch's batches, one after another.
Indices epoch_of(const BatchOptions& options, std::uint64_t epoch) {
  Batches batches(options);
  Indices indices;
  const std::uint64_t length = iterations_per_epoch(options.num_samples, options.batch_size);
  for (std::uint64_t i = 0; i < length; ++i) {
    const auto batch = batches.at(epoch * length + i);
    indices.insert(indices.end(), batch.begin(), batch.end());
  }
  return indices;
}

Indices sorted(Indices indices) {
  std::sort(indices.begin(), indices.end());
  return indices;
}

TEST(IterationsPerEpoch, CountTheShortLastBatch) {
  EXPECT_EQ(iterations_per_epoch(60'000, 100), 600U);
  EXPECT_EQ(iterations_per_epoch(60'000, 128), 469U);
  EXPECT_EQ(iterations_per_epoch(10, 10), 1U);
  EXPECT_EQ(iterations_per_epoch(11, 10), 2U);
}

TEST(ReplacementBatches, HaveTheSizeThatWasAskedFor) {
  Batches batches(mnist_draws);
  EXPECT_EQ(batches.at(0).size(), 100U);
  EXPECT_EQ(batches.at(599).size(), 100U);
}

TEST(ReplacementBatches, DrawSamplesThatAreThere) {
  Batches batches({.num_samples = 7, .batch_size = 5});
  std::set<std::uint32_t> seen;
  for (std::uint64_t iteration = 0; iteration < 100; ++iteration) {
    const auto batch = batches.at(iteration);
    seen.insert(batch.begin(), batch.end());
  }
  EXPECT_EQ(Indices(seen.begin(), seen.end()), numbers_below<std::uint32_t>(7));
}

TEST(ReplacementBatches, AreFixedBySeedAndIteration) {
  EXPECT_EQ(batch_at(mnist_draws, 4711), batch_at(mnist_draws, 4711));
  EXPECT_NE(batch_at(mnist_draws, 4711), batch_at(mnist_draws, 4712));
  BatchOptions other_seed = mnist_draws;
  other_seed.seed = 2;
  EXPECT_NE(batch_at(mnist_draws, 4711), batch_at(other_seed, 4711));
}

// What a seed means must not change: this batch and the order below were computed apart from this
// library.
TEST(ReplacementBatches, TheFirstOneOfSeedOneIsFixed) {
  EXPECT_EQ(batch_at({.num_samples = 10, .batch_size = 10}, 0),
            (Indices{0, 1, 2, 0, 0, 6, 2, 9, 2, 5}));
}

TEST(ReplacementBatches, DoNotDependOnTheOrderOfCalls) {
  Batches forwards(mnist_draws);
  std::map<std::uint64_t, Indices> expected;
  for (std::uint64_t iteration = 0; iteration < 20; ++iteration) {
    expected[iteration] = copy_of(forwards.at(iteration));
  }
  Batches backwards(mnist_draws);
  for (std::uint64_t iteration = 20; iteration-- > 0;) {
    EXPECT_EQ(copy_of(backwards.at(iteration)), expected[iteration]) << "iteration " << iteration;
  }
}

// 100 of 60,000 hold a sample twice with probability 0.0792.
TEST(ReplacementBatches, HoldASampleTwiceAsOftenAsChanceSays) {
  constexpr double num_batches = 2000;
  constexpr double probability = 0.0792;
  Batches batches(mnist_draws);
  double num_with_repeats = 0;
  for (std::uint64_t iteration = 0; iteration < 2000; ++iteration) {
    const auto batch = batches.at(iteration);
    num_with_repeats += std::set(batch.begin(), batch.end()).size() < batch.size() ? 1 : 0;
  }
  const double deviation = std::sqrt(num_batches * probability * (1 - probability));
  EXPECT_NEAR(num_with_repeats, num_batches * probability, tolerance::deviations * deviation);
}

// After 60,000 draws the share of samples that were never met is 1/e. The number of those met
// varies by sqrt(N (1/e - 2/e^2)).
TEST(ReplacementBatches, MeetOnly63PercentOfTheSamplesInAnEpoch) {
  const Indices drawn = epoch_of(mnist_draws, 0);
  EXPECT_EQ(drawn.size(), 60'000U);
  const double share = static_cast<double>(std::set(drawn.begin(), drawn.end()).size()) / 60'000;
  const double deviation = std::sqrt((std::exp(-1.0) - 2 * std::exp(-2.0)) / 60'000);
  EXPECT_NEAR(share, 1 - std::exp(-1.0), tolerance::deviations * deviation);
}

TEST(ShuffledBatches, HoldEachSampleOnceInAnEpoch) {
  for (const std::uint64_t epoch : {0U, 1U, 17U}) {
    EXPECT_EQ(sorted(epoch_of(shuffled(1000, 10), epoch)), numbers_below<std::uint32_t>(1000))
        << epoch;
    EXPECT_EQ(sorted(epoch_of(shuffled(1003, 10), epoch)), numbers_below<std::uint32_t>(1003))
        << epoch;
  }
}

TEST(ShuffledBatches, HaveWhatIsLeftInTheLastOneOfAnEpoch) {
  Batches batches(shuffled(23, 10));
  for (std::uint64_t epoch = 0; epoch < 3; ++epoch) {
    EXPECT_EQ(batches.at(3 * epoch).size(), 10U);
    EXPECT_EQ(batches.at(3 * epoch + 1).size(), 10U);
    EXPECT_EQ(batches.at(3 * epoch + 2).size(), 3U);
  }
}

TEST(ShuffledBatches, AreAllFullWhenTheSizeDividesTheNumberOfSamples) {
  Batches batches(shuffled(20, 10));
  EXPECT_EQ(batches.at(1).size(), 10U);
  EXPECT_EQ(batches.at(2).size(), 10U);
}

TEST(ShuffledBatches, MayBeTheWholeSetAtOnce) {
  EXPECT_EQ(sorted(batch_at(shuffled(12, 12), 5)), numbers_below<std::uint32_t>(12));
}

TEST(ShuffledBatches, HaveAnotherOrderInEveryEpochAndForEverySeed) {
  const Indices order = epoch_of(shuffled(100, 10), 0);
  EXPECT_NE(order, numbers_below<std::uint32_t>(100));
  EXPECT_NE(order, epoch_of(shuffled(100, 10), 1));
  EXPECT_NE(order, epoch_of(shuffled(100, 10, 2), 0));
}

TEST(ShuffledBatches, DoNotShuffleTheBatchesButTheSamples) {
  const Indices first = sorted(batch_at(shuffled(100, 10), 0));
  for (std::uint64_t iteration = 10; iteration < 20; ++iteration) {  // the second epoch
    EXPECT_NE(sorted(batch_at(shuffled(100, 10), iteration)), first) << "iteration " << iteration;
  }
}

TEST(ShuffledBatches, DoNotDependOnTheOrderOfCalls) {
  Batches batches(shuffled(53, 10));
  for (const std::uint64_t iteration : {17U, 0U, 5U, 6U, 4711U, 1U, 17U}) {
    EXPECT_EQ(copy_of(batches.at(iteration)), batch_at(shuffled(53, 10), iteration))
        << "iteration " << iteration;
  }
}

TEST(ShuffledBatches, GiveTheSameOrderWhateverTheBatchSize) {
  EXPECT_EQ(epoch_of(shuffled(50, 7), 2), epoch_of(shuffled(50, 50), 2));
}

TEST(RandomOrder, HoldsEachNumberOnce) {
  EXPECT_EQ(sorted(random_order(500, 1, Stream::shuffling, 0)), numbers_below<std::uint32_t>(500));
  EXPECT_EQ(random_order(1, 1, Stream::shuffling, 0), Indices{0});
  EXPECT_EQ(random_order(0, 1, Stream::shuffling, 0), Indices{});
}

TEST(RandomOrder, TheFirstOneOfSeedOneIsFixed) {
  EXPECT_EQ(random_order(10, 1, Stream::shuffling, 0), (Indices{6, 7, 0, 4, 5, 9, 8, 2, 3, 1}));
}

TEST(RandomOrder, DependsOnSeedStreamAndPosition) {
  const Indices order = random_order(50, 1, Stream::shuffling, 0);
  EXPECT_EQ(random_order(50, 1, Stream::shuffling, 0), order);
  EXPECT_NE(random_order(50, 2, Stream::shuffling, 0), order);
  EXPECT_NE(random_order(50, 1, Stream::validation, 0), order);
  EXPECT_NE(random_order(50, 1, Stream::shuffling, 1), order);
}

// A shuffle that swaps with any place instead of one not yet settled prefers some orders by a
// third.
TEST(RandomOrder, MakesEveryOrderOfThreeEquallyOften) {
  constexpr double num_orders = 6;
  constexpr double num_shuffles = 6000;
  std::map<Indices, double> counts;
  for (std::uint64_t position = 0; position < 6000; ++position) {
    ++counts[random_order(3, 1, Stream::shuffling, position)];
  }
  EXPECT_EQ(counts.size(), 6U);
  const double expected = num_shuffles / num_orders;
  const double deviation = std::sqrt(num_shuffles * (1 / num_orders) * (1 - 1 / num_orders));
  for (const auto& [order, count] : counts) {
    EXPECT_NEAR(count, expected, tolerance::deviations * deviation)
        << order[0] << order[1] << order[2];
  }
}

TEST(BatchesErrors, NoSamplesAreRefused) {
  EXPECT_EQ(thrown<ValueError>([] { Batches({.num_samples = 0, .batch_size = 1}); }),
            "Batches: got 0 samples, expected 1 to 4294967295");
}

TEST(BatchesErrors, MoreSamplesThanNumbersOf32BitsAreRefused) {
  EXPECT_EQ(
      thrown<ValueError>([] { Batches({.num_samples = std::size_t{1} << 32, .batch_size = 1}); }),
      "Batches: got 4294967296 samples, expected 1 to 4294967295");
}

TEST(BatchesErrors, ABatchSizeOfZeroIsRefused) {
  EXPECT_EQ(thrown<ValueError>([] { Batches({.num_samples = 50, .batch_size = 0}); }),
            "batch size is 0, expected 1 to the number of training samples, 50");
}

TEST(BatchesErrors, ABatchLargerThanTheSetIsRefused) {
  EXPECT_EQ(thrown<ValueError>([] { Batches({.num_samples = 50, .batch_size = 51}); }),
            "batch size is 51, expected 1 to the number of training samples, 50");
  EXPECT_EQ(thrown<ValueError>([] { Batches({.num_samples = 50, .batch_size = 50}); }),
            "nothing was thrown");
}

TEST(Samplings, AreFoundByName) {
  EXPECT_EQ(samplings().find("replacement").sampling, Sampling::replacement);
  EXPECT_EQ(samplings().find("shuffle").sampling, Sampling::shuffle);
  EXPECT_EQ(thrown<ValueError>([] { static_cast<void>(samplings().find("random")); }),
            "unknown sampling \"random\"; there are replacement, shuffle");
}

}  // namespace
}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "gradus/core/random.hpp"
#include "gradus/core/registry.hpp"

namespace gradus {

/// How the samples of a mini-batch are picked.
enum class Sampling {
  replacement,  // each at random from all: an "epoch" of draws meets only 63 % of the samples
  shuffle,      // a new order every epoch: each sample exactly once in it
};

struct SamplingEntry {
  std::string_view id;
  std::string_view summary;
  Sampling sampling;
};

[[nodiscard]] const Registry<SamplingEntry>& samplings();

struct BatchOptions {
  std::size_t num_samples = 0;  // N, at least 1
  std::size_t batch_size = 0;   // B, 1 ... N
  Sampling sampling = Sampling::replacement;
  std::uint64_t seed = 1;
};

/// Iterations in which N samples are seen once: N / B, rounded up. B must not be 0.
[[nodiscard]] std::size_t iterations_per_epoch(std::size_t num_samples, std::size_t batch_size);

/// Which samples make up the mini-batch of an iteration.
///
/// A pure function of the options and the iteration: a run that continues at iteration 4711 draws
/// what it would have drawn.
class Batches {
 public:
  /// @throws ValueError  no samples, or a batch size outside 1 ... N
  explicit Batches(const BatchOptions& options);

  /// Sample numbers in [0, N). Valid until the next call.
  /// With shuffle the last batch of an epoch has what is left: fewer than B unless B divides N.
  /// Cost  with shuffle, N steps at the first call of an epoch; else B.
  [[nodiscard]] std::span<const std::uint32_t> at(std::uint64_t iteration);

 private:
  void draw(std::uint64_t iteration);
  void shuffle(std::uint64_t epoch);

  BatchOptions options_;
  std::vector<std::uint32_t> indices_;  // replacement: this batch; shuffle: the whole epoch's order
  std::optional<std::uint64_t> shuffled_epoch_;
};

/// The numbers 0 ... N-1 in random order: a pure function of (N, seed, stream, position).
/// Source  Fisher and Yates' shuffle in Durstenfeld's form.
[[nodiscard]] std::vector<std::uint32_t> random_order(std::size_t num_samples, std::uint64_t seed,
                                                      Stream stream, std::uint64_t position);

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>

namespace gradus {

/// What random numbers are for. Each purpose has numbers of its own, so that asking for more of one
/// kind never shifts another. The values are part of what a seed means: never renumber.
enum class Stream : std::uint32_t {
  initialization = 0,
  sampling = 1,
  shuffling = 2,
  validation = 3,
  digits = 4,
  test_split = 5,
  gradient_check = 6,
  plane = 7,
};

/// One block of the counter-based generator Philox4x32-10: a pure function of counter and key.
///
/// Source  Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011).
/// Tested  against its published vectors and the authors' own implementation.
[[nodiscard]] std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter,
                                                  std::array<std::uint32_t, 2> key) noexcept;

/// Random numbers at one place of one stream: what iteration 4711 draws depends on
/// (seed, stream, 4711) alone, so nothing has to be saved to continue a run.
///
/// The same numbers on every machine and standard library: only integer arithmetic, + - * / and
/// sqrt are used. Not for secrets. One object must not be used from two threads at once.
class Random {
 public:
  /// @param position  which place of the stream: an iteration, an epoch, an image
  Random(std::uint64_t seed, Stream stream, std::uint64_t position = 0) noexcept;

  /// 32 random bits.
  std::uint32_t bits() noexcept;

  /// Uniform in [0, 1), a multiple of 2^-53.
  double uniform() noexcept;

  /// Uniform between low and high; rounding may reach high itself.
  double uniform(double low, double high) noexcept { return low + (high - low) * uniform(); }

  /// Uniform in {0, ..., bound - 1}, without bias. The bound is at least 1.
  /// Source  Lemire, "Fast random integer generation in an interval" (2019).
  std::uint32_t below(std::uint32_t bound) noexcept;

  /// Normal with mean 0 and standard deviation 1, by Marsaglia's polar method.
  double normal() noexcept;

 private:
  std::array<std::uint32_t, 4> counter_;
  std::array<std::uint32_t, 2> key_;
  std::array<std::uint32_t, 4> block_{};
  std::uint32_t num_used_ = 4;  // numbers of block_ already handed out
  double spare_normal_ = 0;     // the polar method makes two at a time
  bool has_spare_normal_ = false;
};

}  // namespace gradus

// SPDX-License-Identifier: MIT
#include "gradus/core/random.hpp"

#include <cmath>

namespace gradus {
namespace {

constexpr int num_rounds = 10;

/// Natural logarithm of x in (0, 1], from + - * / alone, so that it has the same bits on every
/// machine. x = m * 2^e with m in [sqrt(1/2), sqrt(2)), then ln m = 2 atanh((m - 1) / (m + 1)).
double portable_log(double x) noexcept {
  constexpr double ln_2 = 0.69314718055994530942;
  constexpr double sqrt_half = 0.70710678118654752440;
  int exponent = 0;
  double m = std::frexp(x, &exponent);  // exact
  if (m < sqrt_half) {
    m *= 2;
    --exponent;
  }
  const double z = (m - 1) / (m + 1);  // |z| <= 0.172, so 12 terms reach 2^-53
  const double z2 = z * z;
  double sum = 0;
  for (int k = 23; k >= 1; k -= 2) {
    sum = sum * z2 + 1.0 / k;
  }
  return 2 * z * sum + exponent * ln_2;
}

}  // namespace

std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter,
                                    std::array<std::uint32_t, 2> key) noexcept {
  for (int round = 0; round < num_rounds; ++round) {
    const std::uint64_t product_0 = std::uint64_t{0xD2511F53} * counter[0];
    const std::uint64_t product_1 = std::uint64_t{0xCD9E8D57} * counter[2];
    counter = {static_cast<std::uint32_t>(product_1 >> 32) ^ counter[1] ^ key[0],
               static_cast<std::uint32_t>(product_1),
               static_cast<std::uint32_t>(product_0 >> 32) ^ counter[3] ^ key[1],
               static_cast<std::uint32_t>(product_0)};
    key[0] += 0x9E3779B9;  // golden ratio
    key[1] += 0xBB67AE85;  // sqrt(3) - 1
  }
  return counter;
}

Random::Random(std::uint64_t seed, Stream stream, std::uint64_t position) noexcept
    // The first word counts the blocks drawn here; the others are the place they are drawn at.
    : counter_{0, static_cast<std::uint32_t>(position), static_cast<std::uint32_t>(position >> 32),
               static_cast<std::uint32_t>(stream)},
      key_{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)} {
}

std::uint32_t Random::bits() noexcept {
  if (num_used_ == 4) {
    block_ = philox(counter_, key_);
    ++counter_[0];
    num_used_ = 0;
  }
  return block_[num_used_++];
}

double Random::uniform() noexcept {
  const std::uint64_t high = bits();
  const std::uint64_t low = bits();
  return static_cast<double>((high << 21) ^ (low >> 11)) * 0x1p-53;
}

std::uint32_t Random::below(std::uint32_t bound) noexcept {
  std::uint64_t product = std::uint64_t{bits()} * bound;
  if (static_cast<std::uint32_t>(product) < bound) {
    const std::uint32_t smallest_fair = (0U - bound) % bound;
    while (static_cast<std::uint32_t>(product) < smallest_fair) {
      product = std::uint64_t{bits()} * bound;
    }
  }
  return static_cast<std::uint32_t>(product >> 32);
}

double Random::normal() noexcept {
  if (has_spare_normal_) {
    has_spare_normal_ = false;
    return spare_normal_;
  }
  double x = 0;
  double y = 0;
  double radius_squared = 0;
  do {
    x = uniform(-1, 1);
    y = uniform(-1, 1);
    radius_squared = x * x + y * y;
  } while (radius_squared >= 1 || radius_squared == 0);
  const double factor = std::sqrt(-2 * portable_log(radius_squared) / radius_squared);
  spare_normal_ = y * factor;
  has_spare_normal_ = true;
  return x * factor;
}

}  // namespace gradus

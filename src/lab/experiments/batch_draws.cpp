// SPDX-License-Identifier: MIT
#include "batch_draws.hpp"

#include <algorithm>
#include <cmath>

namespace gradus {
namespace {

constexpr std::size_t max_duplicate_draws = 1'000'000;
constexpr std::size_t min_duplicate_batches = 10;
constexpr std::size_t max_duplicate_batches = 10'000;

std::vector<double> cover(const BatchOptions& options, std::size_t num_iterations) {
  Batches batches(options);
  std::vector<bool> is_met(options.num_samples, false);
  std::size_t num_met = 0;
  std::vector<double> coverage{0};
  for (std::uint64_t i = 0; i < num_iterations; ++i) {
    for (const std::uint32_t sample : batches.at(i)) {
      if (!is_met[sample]) {
        is_met[sample] = true;
        ++num_met;
      }
    }
    coverage.push_back(static_cast<double>(num_met) / static_cast<double>(options.num_samples));
  }
  return coverage;
}

}  // namespace

double duplicate_chance(std::size_t n, std::size_t k) {
  double log_all_different = 0;
  for (std::size_t i = 0; i < k; ++i) {
    log_all_different += std::log1p(-static_cast<double>(i) / static_cast<double>(n));
  }
  return -std::expm1(log_all_different);
}

Duplicates draw_duplicates(std::size_t n, std::size_t k, std::uint64_t seed) {
  Batches batches({.num_samples = n, .batch_size = k, .seed = seed});
  Duplicates found{.num_batches = std::clamp(max_duplicate_draws / k, min_duplicate_batches,
                                             max_duplicate_batches)};
  std::vector<std::uint64_t> last_batch(n, 0);  // that had this sample; batches count from 1
  for (std::uint64_t batch = 1; batch <= found.num_batches; ++batch) {
    bool has_duplicate = false;
    for (const std::uint32_t sample : batches.at(batch - 1)) {
      has_duplicate = has_duplicate || last_batch[sample] == batch;
      last_batch[sample] = batch;
    }
    if (has_duplicate) {
      ++found.num_with;
    }
  }
  return found;
}

double Coverage::expected(std::size_t iteration) const {
  const double num_draws = static_cast<double>(iteration * batch_size);
  return -std::expm1(num_draws * std::log1p(-1 / static_cast<double>(num_samples)));
}

Coverage draw_coverage(BatchOptions options) {
  Coverage coverage{.num_samples = options.num_samples,
                    .batch_size = options.batch_size,
                    .per_epoch = iterations_per_epoch(options.num_samples, options.batch_size),
                    .replacement = {},
                    .shuffle = {}};
  const std::size_t num_iterations = num_covered_epochs * coverage.per_epoch;
  options.sampling = Sampling::replacement;
  coverage.replacement = cover(options, num_iterations);
  options.sampling = Sampling::shuffle;
  coverage.shuffle = cover(options, num_iterations);
  return coverage;
}

}  // namespace gradus

// SPDX-License-Identifier: MIT
#include "gradus/data/batches.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "gradus/core/error.hpp"
#include "gradus/core/numbers_below.hpp"

namespace gradus {
const Registry<SamplingEntry>& samplings() {
  static constexpr std::array<SamplingEntry, 2> entries{{
      {"replacement", "each sample drawn at random from all (the textbook's way)",
       Sampling::replacement},
      {"shuffle", "a new order every epoch, each sample once in it", Sampling::shuffle},
  }};
  static constexpr Registry<SamplingEntry> registry("sampling", entries);
  return registry;
}

std::size_t iterations_per_epoch(std::size_t num_samples, std::size_t batch_size) {
  return (num_samples + batch_size - 1) / batch_size;
}

std::vector<std::uint32_t> random_order(std::size_t num_samples, std::uint64_t seed, Stream stream,
                                        std::uint64_t position) {
  std::vector<std::uint32_t> order = numbers_below<std::uint32_t>(num_samples);
  Random random(seed, stream, position);
  for (std::size_t left = order.size(); left > 1; --left) {
    std::swap(order[left - 1], order[random.below(static_cast<std::uint32_t>(left))]);
  }
  return order;
}

Batches::Batches(const BatchOptions& options) : options_(options) {
  if (options.num_samples == 0 || options.num_samples > std::numeric_limits<std::uint32_t>::max()) {
    throw ValueError(
        fmt::format("Batches: got {} samples, expected 1 to 4294967295", options.num_samples));
  }
  if (options.batch_size == 0 || options.batch_size > options.num_samples) {
    throw ValueError(
        fmt::format("batch size is {}, expected 1 to the number of training samples, {}",
                    options.batch_size, options.num_samples));
  }
}

std::span<const std::uint32_t> Batches::at(std::uint64_t iteration) {
  if (options_.sampling == Sampling::replacement) {
    draw(iteration);
    return indices_;
  }
  const std::uint64_t per_epoch = iterations_per_epoch(options_.num_samples, options_.batch_size);
  shuffle(iteration / per_epoch);
  const std::size_t start = static_cast<std::size_t>(iteration % per_epoch) * options_.batch_size;
  const std::size_t size = std::min(options_.batch_size, options_.num_samples - start);
  return std::span(indices_).subspan(start, size);
}

void Batches::draw(std::uint64_t iteration) {
  Random random(options_.seed, Stream::sampling, iteration);
  indices_.resize(options_.batch_size);
  for (std::uint32_t& index : indices_) {
    index = random.below(static_cast<std::uint32_t>(options_.num_samples));
  }
}

void Batches::shuffle(std::uint64_t epoch) {
  if (epoch == shuffled_epoch_) {
    return;
  }
  indices_ = random_order(options_.num_samples, options_.seed, Stream::shuffling, epoch);
  shuffled_epoch_ = epoch;
}

}  // namespace gradus

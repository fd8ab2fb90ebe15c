// SPDX-License-Identifier: MIT
#include "gradus/data/dataset.hpp"

#include <fmt/format.h>

#include "gradus/core/error.hpp"

namespace gradus {

void check_samples(const Samples& samples) {
  const std::size_t expected = samples.num_samples() * samples.num_features;
  if (samples.bytes.size() + samples.values.size() != expected ||
      (!samples.bytes.empty() && !samples.values.empty())) {
    throw ShapeError(fmt::format(
        "Samples: got {} bytes and {} numbers, expected {} of one kind: {} samples of {} features",
        samples.bytes.size(), samples.values.size(), expected, samples.num_samples(),
        samples.num_features));
  }
}

}  // namespace gradus

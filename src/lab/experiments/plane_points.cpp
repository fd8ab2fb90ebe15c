// SPDX-License-Identifier: MIT
#include "plane_points.hpp"

#include <algorithm>
#include <utility>

namespace gradus {
namespace {

constexpr std::uint64_t seeds_apart = 1'000'000'000'000;  // of training points and others

/// Whatever a data set keeps for tests is left out, so more are made than wanted.
Samples first_samples(PlaneOptions options, std::size_t count) {
  options.num_samples = std::max(min_plane_samples, 2 * count);
  Samples samples = make_plane_data(options).train;
  samples.values.resize(count * samples.num_features);
  samples.labels.resize(std::min(count, samples.labels.size()));
  samples.targets.resize(count * samples.num_targets);
  return samples;
}

}  // namespace

std::vector<std::string_view> two_class_kinds() {
  std::vector<std::string_view> ids;
  for (const PlaneKind& kind : plane_kinds()) {
    if (kind.num_classes == 2) {
      ids.push_back(kind.id);
    }
  }
  return ids;
}

Dataset plane_points(const PlaneOptions& options, std::size_t num_test) {
  Dataset points = make_plane_data(options);
  points.train = first_samples(options, options.num_samples);
  PlaneOptions others = options;
  others.seed += seeds_apart;
  points.test = first_samples(std::move(others), num_test);
  return points;
}

}  // namespace gradus

// SPDX-License-Identifier: MIT
#include "gradus/train/miss.hpp"

#include <algorithm>
#include <cmath>

#include "gradus/core/error.hpp"

namespace gradus {

template <Real T>
std::vector<Miss> find_misses(Regressor<T>& regressor, const Samples& samples) {
  check_samples(samples);
  if (samples.num_targets != regressor.num_targets()) {
    throw ShapeError("find_misses: the samples have another number of targets");
  }
  std::vector<Miss> misses;
  for (std::size_t i = 0; i < samples.num_samples(); ++i) {
    const std::vector<double> values = regressor.values(samples, i);
    for (std::size_t k = 0; k < values.size(); ++k) {
      const double truth = samples.targets[i * samples.num_targets + k];
      misses.push_back({i, k, truth, values[k],
                        std::abs(values[k] - truth) / regressor.model().targets.deviations[k]});
    }
  }
  std::stable_sort(misses.begin(), misses.end(),
                   [](const Miss& a, const Miss& b) { return a.deviations > b.deviations; });
  return misses;
}

template std::vector<Miss> find_misses<float>(Regressor<float>&, const Samples&);
template std::vector<Miss> find_misses<double>(Regressor<double>&, const Samples&);

}  // namespace gradus

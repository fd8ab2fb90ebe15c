// SPDX-License-Identifier: MIT
#include "gradus/train/misreading.hpp"

#include <algorithm>
#include <cstdint>
#include <span>

#include "gradus/train/metrics.hpp"

namespace gradus {

template <Real T>
std::vector<Misreading> find_misreadings(Classifier<T>& classifier, const Samples& samples) {
  check_samples(samples);
  std::vector<Misreading> found;
  for (std::size_t i = 0; i < samples.num_samples(); ++i) {
    const std::vector<T> probabilities = classifier.probabilities(samples, i);
    const Label guess = predicted_class<T>(probabilities);
    if (guess != samples.labels[i]) {
      found.push_back({i, samples.labels[i], guess, static_cast<double>(probabilities[guess])});
    }
  }
  std::stable_sort(found.begin(), found.end(), [](const Misreading& a, const Misreading& b) {
    return a.probability > b.probability;
  });
  return found;
}

template std::vector<Misreading> find_misreadings<float>(Classifier<float>&, const Samples&);
template std::vector<Misreading> find_misreadings<double>(Classifier<double>&, const Samples&);

}  // namespace gradus

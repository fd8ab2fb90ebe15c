// SPDX-License-Identifier: MIT
#include "gradus/data/dataset.hpp"

#include <fmt/core.h>

#include "gradus/core/counted.hpp"
#include "gradus/core/error.hpp"

namespace gradus {

void check_samples(const Samples& samples) {
  const std::size_t expected = samples.num_samples() * samples.num_features;
  if (samples.bytes.size() + samples.values.size() != expected ||
      (!samples.bytes.empty() && !samples.values.empty())) {
    throw ShapeError(fmt::format(
        "Samples: got {} and {}, expected {} of one kind: {} of {}",
        counted(samples.bytes.size(), "byte"), counted(samples.values.size(), "number"), expected,
        counted(samples.num_samples(), "sample"), counted(samples.num_features, "feature")));
  }
  const bool has_targets = samples.num_targets > 0;
  if (samples.targets.size() != samples.num_samples() * samples.num_targets ||
      (has_targets && !samples.labels.empty())) {
    throw ShapeError(fmt::format("Samples: got {} and {} for {}, expected one of the two",
                                 counted(samples.labels.size(), "label"),
                                 counted(samples.targets.size(), "target"),
                                 counted(samples.num_samples(), "sample")));
  }
}

std::vector<std::string> Dataset::target_names() const {
  std::vector<std::string> names;
  for (const AnswerColumn& column : layout.answers) {
    if (task() == Task::regression && !column.name.empty()) {
      names.push_back(column.name);
    }
  }
  return names.size() == layout.answers.size() ? names : std::vector<std::string>();
}

}  // namespace gradus

// SPDX-License-Identifier: MIT
#include "gradus/train/finding.hpp"

#include <algorithm>
#include <string>

#include "gradus/core/error.hpp"

namespace gradus {

double Finding::number(std::string_view quantity) const {
  const auto found = std::find_if(numbers.begin(), numbers.end(), [quantity](const auto& number) {
    return number.first == quantity;
  });
  if (found == numbers.end()) {
    throw ValueError("Finding: " + std::string(id) + " has no number " + std::string(quantity));
  }
  return found->second;
}

std::span<const FindingKind> finding_kinds() {
  static const std::vector<FindingKind> kinds{
      {"row_numbers", {"number"}},
      {"rounded_numbers", {"number"}},
      {"spare_outputs", {"outputs", "classes"}},
      {"input_scale", {"feature", "typical", "largest"}},
      {"test_in_training", {"copies", "test_samples"}},
      {"loss_exploding", {"loss", "reference"}},
      {"loss_not_moving", {"loss", "guess"}},
      {"dead_units", {"layer", "dead", "units", "samples"}},
      {"saturated_units", {"layer", "share", "samples"}},
      {"one_class", {"class", "share", "accuracy"}},
      {"labels_unrelated", {"agreement", "chance", "samples"}},
      {"no_better_than_mean", {"r2", "train_r2"}},
      {"far_from_training", {"share", "feature", "deviations"}},
  };
  return kinds;
}

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace gradus {

/// Something a run should not keep to itself, as facts. The sentences belong to the faces.
///
///   id                numbers
///   input_scale       feature, typical, largest
///   test_in_training  copies, test_samples
///   loss_exploding    loss, reference
///   loss_not_moving   loss, guess
///   dead_units        layer, dead, units, samples
///   saturated_units   layer, share, samples
///   one_class         class, share, accuracy
///   labels_unrelated  agreement, chance, samples
///
/// docs/reliability.md tells what they mean, and why each threshold is where it is.
struct Finding {
  std::string_view id;
  std::uint64_t iteration = 0;                               // updates made when it was seen
  std::vector<std::pair<std::string_view, double>> numbers;  // what was seen, by name

  /// @throws ValueError  this finding has no such number
  [[nodiscard]] double number(std::string_view name) const;
};

}  // namespace gradus

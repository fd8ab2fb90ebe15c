// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gradus {

/// Something that a user should know about a run, as facts; texts/finding_text.hpp has the
/// sentences.
///
///   id                numbers
///   row_numbers       number
///   rounded_numbers   number
///   spare_outputs     outputs, classes
///   input_scale       feature, typical, largest
///   test_in_training  copies, test_samples
///   loss_exploding    loss, reference
///   loss_not_moving   loss, guess
///   dead_units        layer, dead, units, samples
///   saturated_units   layer, share, samples
///   one_class         class, share, accuracy
///   labels_unrelated  agreement, chance, samples
///   no_better_than_mean  r2, train_r2
///   far_from_training  share, feature, deviations
///
/// docs/reliability.md explains what they mean, and why each threshold is where it is.
struct Finding {
  std::string_view id;
  std::uint64_t iteration = 0;                               // updates made when it was seen
  std::vector<std::pair<std::string_view, double>> numbers;  // what was seen, by name
  std::string name = {};  // of the column or class it is about, where it has one

  /// @throws ValueError  this finding has no such number
  [[nodiscard]] double number(std::string_view quantity) const;
};

/// A kind of finding, as in the table above.
struct FindingKind {
  std::string_view id;
  std::vector<std::string_view> numbers;
};

[[nodiscard]] std::span<const FindingKind> finding_kinds();

}  // namespace gradus

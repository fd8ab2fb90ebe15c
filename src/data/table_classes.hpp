// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "gradus/core/label.hpp"
#include "gradus/data/csv_dataset.hpp"
#include "table_reader.hpp"

namespace gradus {

/// The labels of some rows as classes.
struct RowClasses {
  std::vector<Label> labels;
  std::size_t num_classes = 0;
  std::vector<std::string> names;  // empty when the classes are written 0, 1, ..., C - 1
};

/// Finds out which classes there are.
/// @throws DataError  one class only, more than can be classes, or a label far from all others
[[nodiscard]] RowClasses find_classes(const TableReader& reader,
                                      std::span<const std::uint32_t> rows);

/// The labels as classes that are known.
/// @throws DataError  a label that is none of them
[[nodiscard]] std::vector<Label> known_labels(const TableReader& reader,
                                              std::span<const std::uint32_t> rows,
                                              const TableKnowledge& knowledge);

}  // namespace gradus

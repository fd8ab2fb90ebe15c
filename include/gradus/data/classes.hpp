// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gradus/core/label.hpp"

namespace gradus {

/// Which classes there are when labels are written as whole numbers. Files count them from 0 or
/// from 1, with gaps, or write -1 and 1; networks need 0, 1, ..., C - 1.
struct Classes {
  std::vector<std::int64_t> numbers;  // (C) as they are written, each once, ascending

  /// Written as 0, 1, ..., C - 1, so that a class needs no other name than its number.
  [[nodiscard]] bool are_plain() const;

  /// What each class is called: its number as written. Empty when they are plain.
  [[nodiscard]] std::vector<std::string> names() const;

  /// None of a number that no class is written as.
  [[nodiscard]] std::optional<Label> find(std::int64_t number) const;
};

/// What class c is called: its name, or its number when it has none.
[[nodiscard]] std::string class_name(std::span<const std::string> names, std::size_t c);

/// @param written  the labels of all training samples
/// Cost  sorts them
[[nodiscard]] Classes classes_of(std::span<const std::int64_t> written);

/// A label that is more likely damaged than a class of its own: twice as far from 0 as any other or
/// farther, and five times rarer than they are in the mean. One 255 among 0 to 9 is such a label.
/// @returns  the index of the first; none when there is none
[[nodiscard]] std::optional<std::size_t> find_stray_label(std::span<const std::int64_t> written);

}  // namespace gradus

// SPDX-License-Identifier: MIT
#include "gradus/core/nearest_names.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>
#include <vector>

#include "gradus/core/numbers_below.hpp"

namespace gradus {
namespace {

/// How many letters must be put in, taken out, replaced or swapped with the next to get from a to
/// b.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> above = numbers_below<std::size_t>(b.size() + 1);
  std::vector<std::size_t> row = above;
  std::vector<std::size_t> two_above;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    two_above = std::exchange(above, row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({replaced, above[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], two_above[j - 2] + 1);
      }
    }
  }
  return row.back();
}

/// The beginning of a name is as good as one wrong letter.
std::size_t distance(std::string_view typed, std::string_view name) {
  const bool begins_so = !typed.empty() && name.starts_with(typed);
  return begins_so ? 1 : edit_distance(typed, name);
}

}  // namespace

std::string joined_with_or(std::span<const std::string_view> names) {
  std::string joined;
  for (const std::string_view name : names) {
    joined.append(joined.empty() ? "" : " or ").append(name);
  }
  return joined;
}

std::string near_names(std::string_view name, std::span<const std::string_view> names) {
  // One letter in four: a word of its own is not near to anything, nor is a letter.
  const std::size_t farthest = name.size() < 2 ? 0 : std::max<std::size_t>(1, name.size() / 4);
  std::vector<std::string_view> near;
  std::copy_if(names.begin(), names.end(), std::back_inserter(near),
               [&](std::string_view candidate) { return distance(name, candidate) <= farthest; });
  return joined_with_or(near);
}

std::string names_to_choose(std::string_view name, std::span<const std::string_view> names) {
  if (const std::string near = near_names(name, names); !near.empty()) {
    return "did you mean " + near + "?";
  }
  std::string list = "there are";
  for (std::size_t i = 0; i < names.size(); ++i) {
    list.append(i == 0 ? " " : ", ").append(names[i]);
  }
  return list;
}

std::string nearest_names(std::string_view name, std::span<const std::string_view> names) {
  std::size_t least = std::string_view::npos;
  for (const std::string_view candidate : names) {
    least = std::min(least, distance(name, candidate));
  }
  if (least > std::max<std::size_t>(1, name.size() / 2)) {
    return joined_with_or(names);
  }
  std::vector<std::string_view> nearest;
  std::copy_if(names.begin(), names.end(), std::back_inserter(nearest),
               [&](std::string_view candidate) { return distance(name, candidate) == least; });
  return joined_with_or(nearest);
}

}  // namespace gradus

// SPDX-License-Identifier: MIT
#include "gradus/train/finding.hpp"

#include <algorithm>
#include <string>

#include "gradus/core/error.hpp"

namespace gradus {

double Finding::number(std::string_view name) const {
  const auto found = std::find_if(numbers.begin(), numbers.end(),
                                  [name](const auto& number) { return number.first == name; });
  if (found == numbers.end()) {
    throw ValueError("Finding: " + std::string(id) + " has no number " + std::string(name));
  }
  return found->second;
}

}  // namespace gradus

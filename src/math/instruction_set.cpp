// SPDX-License-Identifier: MIT
#include "gradus/math/instruction_set.hpp"

#include <fmt/format.h>
#include <hwy/highway.h>
#include <hwy/targets.h>

#include <algorithm>
#include <cctype>
#include <cstdint>

#include "gradus/core/error.hpp"

namespace gradus {
namespace {

bool is_same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) {
    return std::tolower(x) == std::tolower(y);
  });
}

}  // namespace

// Highway gives each instruction set a bit, the better ones the lower bits.
std::vector<std::string> instruction_sets() {
  std::vector<std::string> names;
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    names.emplace_back(hwy::TargetName(target));
  }
  return names;
}

void limit_instruction_set(std::string_view name) {
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    if (is_same_name(name, hwy::TargetName(target))) {
      hwy::DisableTargets(target - 1);
      hwy::GetChosenTarget().Update(hwy::SupportedTargets());
      return;
    }
  }
  throw ValueError(fmt::format("instruction set: got \"{}\", this machine has {}", name,
                               fmt::join(instruction_sets(), ", ")));
}

}  // namespace gradus

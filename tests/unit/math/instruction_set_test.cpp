// SPDX-License-Identifier: MIT
#include "gradus/math/instruction_set.hpp"

#include <gtest/gtest.h>
#include <hwy/targets.h>

#include <algorithm>
#include <cctype>
#include <string>
#include <vector>

#include "gradus/core/error.hpp"

namespace gradus {
namespace {

std::string in_small_letters(std::string name) {
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return name;
}

TEST(InstructionSet, CanBeLimitedToAnyThatTheMachineHas) {
  const std::vector<std::string> all = instruction_sets();
  ASSERT_FALSE(all.empty());
  for (auto name = all.begin(); name != all.end(); ++name) {
    limit_instruction_set(in_small_letters(*name));
    EXPECT_EQ(instruction_sets(), std::vector<std::string>(name, all.end()));
  }
  hwy::DisableTargets(0);
  limit_instruction_set(all.front());
  EXPECT_EQ(instruction_sets(), all);
}

TEST(InstructionSet, ThatTheMachineDoesNotHaveIsRefused) {
  const auto all = instruction_sets();
  EXPECT_THROW(limit_instruction_set("abacus"), ValueError);
  EXPECT_EQ(instruction_sets(), all);
}

}  // namespace
}  // namespace gradus

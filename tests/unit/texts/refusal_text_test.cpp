// SPDX-License-Identifier: MIT
#include "gradus/texts/refusal_text.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "unit/texts/expect_all_used.hpp"

namespace gradus {
namespace {

const std::vector<std::pair<Refusal, std::string>> refusals{
    {Refusal::not_defined, "the function is not a finite number here"},
    {Refusal::not_defined_beside, "the function is not a finite number on both sides of here"},
    {Refusal::formula_leaves_domain,
     "the formula reaches to where the function is not a finite number"},
    {Refusal::not_smooth, "the function is not smooth around here: no two steps agree"},
    {Refusal::kink, "the function has a kink here: its slopes to the left and right differ"},
    {Refusal::not_differentiable,
     "the function is not differentiable here, or rounding hides on which side of a kink it is"},
    {Refusal::too_fast,
     "the function changes faster than steps of doubles can see: other methods say otherwise"},
};

TEST(RefusalText, HasASentenceForEach) {
  for (const auto& [refusal, sentence] : refusals) {
    EXPECT_EQ(reason_text(Language::english, refusal), sentence);
  }
}

TEST(RefusalText, HasNoTextTooMany) {
  for (const Language language : {Language::english, Language::korean}) {
    std::vector<std::string> sentences;
    for (const auto& [refusal, unused] : refusals) {
      sentences.push_back(reason_text(language, refusal));
    }
    expect_all_used(language, "refusal", sentences);
  }
}

}  // namespace
}  // namespace gradus

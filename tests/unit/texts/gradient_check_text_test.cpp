// SPDX-License-Identifier: MIT
#include "gradus/texts/gradient_check_text.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "unit/texts/expect_all_used.hpp"

namespace gradus {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
const BlockReason at_kink{.kind = BlockReasonKind::refusal, .refusal = Refusal::kink};

GradientReport report_of(const CheckReason& reason, std::vector<BlockCheck> blocks = {}) {
  GradientReport report;
  report.reason = reason;
  report.resolution = 1e-4;
  report.blocks = std::move(blocks);
  return report;
}

const std::vector<std::pair<GradientReport, std::string>> reports{
    {report_of({.kind = CheckReasonKind::agreement}, {{.name = "W1", .verdict = Verdict::right}}),
     "an error of 0.03 % of any block's gradient would have been seen"},
    {report_of({.kind = CheckReasonKind::agreement},
               {{.name = "W1", .verdict = Verdict::right, .reason_at_point = at_kink},
                {.name = "b1", .verdict = Verdict::right},
                {.name = "W2", .verdict = Verdict::right, .reason_at_point = at_kink}}),
     "an error of 0.03 % of any block's gradient would have been seen (W1, W2 at points close by: "
     "the point itself allows no verdict)"},
    {report_of({.kind = CheckReasonKind::disagreement},
               {{.name = "W1", .verdict = Verdict::wrong},
                {.name = "b1", .verdict = Verdict::cannot_tell},
                {.name = "W2", .verdict = Verdict::wrong}}),
     "the claimed gradient and the numerical derivatives disagree in W1, W2"},
    {report_of({.kind = CheckReasonKind::open_blocks},
               {{.name = "W1", .verdict = Verdict::right},
                {.name = "b1", .verdict = Verdict::cannot_tell}}),
     "no verdict for b1"},
    {report_of({.kind = CheckReasonKind::few_values}),
     "the function takes only a few values, like an accuracy: its slope is 0 or does not exist"},
    {report_of({.kind = CheckReasonKind::constant, .value = 4}),
     "the function ignores its argument: it is 4 at every point tried"},
    {report_of({.kind = CheckReasonKind::value_not_finite, .value = nan}),
     "the function is nan at this point"},
    {report_of({.kind = CheckReasonKind::value_not_deterministic, .value = 1, .value_again = 2.5}),
     "the function is not deterministic: it returned 1 and then 2.5 for the same point"},
    {report_of({.kind = CheckReasonKind::gradient_not_finite,
                .not_finite = {.name = "x", .element = 2, .claimed = nan}}),
     "the claimed gradient of x has nan at element 2"},
    {report_of({.kind = CheckReasonKind::gradient_not_deterministic}),
     "the claimed gradient is not deterministic: two calls at the same point differ"},
};

const std::vector<std::pair<BlockCheck, std::string>> blocks{
    {{.reason = {.kind = BlockReasonKind::agreement}, .num_directions = 3},
     "3 random directions agree"},
    {{.reason = {.kind = BlockReasonKind::disagreement,
                 .gap = 0.02,
                 .tolerance = 1e-6,
                 .claimed_norm = 2}},
     "a directional derivative is off by 0.01 of the gradient's norm, 2e+04 tolerances"},
    {{.reason = {.kind = BlockReasonKind::disagreement,
                 .gap = 0.02,
                 .tolerance = 1e-6,
                 .claimed_norm = 0}},
     "a directional derivative is off by 0.02, 2e+04 tolerances"},
    {{.reason = {.kind = BlockReasonKind::chance}},
     "a directional derivative disagrees, but not again with other steps"},
    {{.reason = at_kink}, "the function has a kink here: its slopes to the left and right differ"},
    {{.reason = {.kind = BlockReasonKind::noise, .tolerance = 0.5, .claimed_norm = 10}},
     "values of the function are too noisy: an error below 0.15 of the gradient's norm would not "
     "be seen"},
    {{.reason = {.kind = BlockReasonKind::agreement},
      .num_directions = 3,
      .reason_at_point = at_kink},
     "at a point close by 3 random directions agree; at the point itself: the function has a kink "
     "here: its slopes to the left and right differ"},
};

TEST(GradientCheckText, SaysWhyAGradientGotItsVerdict) {
  for (const auto& [report, sentence] : reports) {
    EXPECT_EQ(reason_text(Language::english, report), sentence);
  }
}

TEST(GradientCheckText, SaysWhyABlockGotItsVerdict) {
  for (const auto& [check, sentence] : blocks) {
    EXPECT_EQ(reason_text(Language::english, check), sentence);
  }
}

TEST(GradientCheckText, HasNoTextTooMany) {
  for (const Language language : {Language::english, Language::korean}) {
    std::vector<std::string> sentences;
    for (const auto& [report, unused] : reports) {
      sentences.push_back(reason_text(language, report));
    }
    for (const auto& [check, unused] : blocks) {
      sentences.push_back(reason_text(language, check));
    }
    expect_all_used(language, "gradient_check", sentences);
  }
}

}  // namespace
}  // namespace gradus

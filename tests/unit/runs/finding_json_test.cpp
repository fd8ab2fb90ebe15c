// SPDX-License-Identifier: MIT
#include "gradus/runs/finding_json.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace gradus {
namespace {

/// What a run.json with one member changed, or added, is read as.
template <class Read>
auto read_with(const Json& whole, const std::string& name, const Json& value, const Read& read) {
  Json changed = whole;
  changed[name] = value;
  return read(changed);
}

TEST(FindingJson, IsReadBackAsItWasWritten) {
  for (const FindingKind& kind : finding_kinds()) {
    Finding finding{kind.id, 1000, {}};
    for (const std::string_view name : kind.numbers) {
      finding.numbers.emplace_back(name, 3);
    }
    const auto read = finding_in(to_json(finding));
    ASSERT_TRUE(read) << kind.id;
    EXPECT_EQ(read->id, finding.id);
    EXPECT_EQ(read->iteration, finding.iteration);
    EXPECT_EQ(read->numbers, finding.numbers) << kind.id;
  }
}

TEST(FindingJson, HasWholeNumbersAsSuch) {
  const Finding finding{
      "dead_units", 1000, {{"layer", 1}, {"dead", 40}, {"units", 50}, {"samples", 1000}}};
  EXPECT_EQ(
      to_json(finding).to_text(),
      R"({"id":"dead_units","iteration":1000,"layer":1,"dead":40,"units":50,"samples":1000})");
}

TEST(FindingJson, OfAnotherVersionOrDamagedIsNotRead) {
  const Json whole =
      to_json(Finding{"saturated_units", 7, {{"layer", 1}, {"share", 0.75}, {"samples", 1000}}});
  const auto is_read = [&](const std::string& name, const Json& value) {
    return read_with(whole, name, value, finding_in).has_value();
  };
  EXPECT_TRUE(is_read("seen", "a sentence"));
  EXPECT_TRUE(is_read("more", 3)) << "a number that a later version adds";
  EXPECT_FALSE(is_read("id", "of_a_later_version"));
  EXPECT_FALSE(is_read("id", 3));
  EXPECT_FALSE(is_read("iteration", -1));
  for (const Json& number : {Json(-1), Json(1.5), Json(1e300), Json("1"), Json()}) {
    EXPECT_FALSE(is_read("layer", number)) << number.to_text();
  }
  EXPECT_TRUE(is_read("share", 1e300));
  EXPECT_FALSE(is_read("share", Json()));
  EXPECT_FALSE(finding_in(Json(3)));
  EXPECT_FALSE(finding_in(Json::object()));
}

TEST(DivergenceJson, IsReadBackAsItWasWritten) {
  for (const char* where : {"input", "W1", "b12", "hidden layer 3", "scores", "loss"}) {
    for (const DivergenceCause cause :
         {DivergenceCause::start, DivergenceCause::input_scale, DivergenceCause::weight_decay,
          DivergenceCause::learning_rate}) {
      const auto read = divergence_in(to_json(Divergence{.where = where,
                                                         .num_not_finite = 2,
                                                         .num_numbers = 30,
                                                         .largest_input = 1.5,
                                                         .largest_parameter = 1e300,
                                                         .cause = cause}));
      ASSERT_TRUE(read) << where;
      EXPECT_EQ(read->where, where);
      EXPECT_EQ(read->num_not_finite, 2U);
      EXPECT_EQ(read->num_numbers, 30U);
      EXPECT_EQ(read->largest_input, 1.5);
      EXPECT_EQ(read->largest_parameter, 1e300);
      EXPECT_EQ(read->cause, cause);
    }
  }
}

TEST(DivergenceJson, OfAnotherVersionOrDamagedIsNotRead) {
  const Json whole = to_json(Divergence{.where = "W1", .num_not_finite = 2, .num_numbers = 30});
  const auto is_read = [&](const std::string& name, const Json& value) {
    return read_with(whole, name, value, divergence_in).has_value();
  };
  EXPECT_TRUE(is_read("try", "a sentence"));
  for (const char* where : {"", "W", "Wx", "b-1", "hidden layer ", "hidden layer one", "nowhere"}) {
    EXPECT_FALSE(is_read("where", where)) << where;
  }
  EXPECT_FALSE(is_read("cause", "of_a_later_version"));
  EXPECT_FALSE(is_read("numbers", -1));
  EXPECT_FALSE(is_read("not_finite", 0.5));
  EXPECT_FALSE(is_read("largest_input", Json()));
  EXPECT_FALSE(divergence_in(Json::array()));
}

}  // namespace
}  // namespace gradus

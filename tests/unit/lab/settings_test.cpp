// SPDX-License-Identifier: MIT
#include "gradus/lab/settings.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "gradus/core/error.hpp"
#include "unit/formats/thrown.hpp"

namespace gradus {
namespace {

constexpr std::array<std::string_view, 1> tries{"1"};
std::vector<std::string_view> colours() {
  return {"red", "blue"};
}

constexpr std::array five{
    Parameter{.id = "count",
              .kind = ParameterKind::integer,
              .initial = "3",
              .tries = tries,
              .minimum = 1,
              .maximum = 9},
    Parameter{.id = "rate", .kind = ParameterKind::real, .initial = "0.5", .tries = tries},
    Parameter{.id = "colour", .kind = ParameterKind::choice, .initial = "red", .choices = colours},
    Parameter{.id = "point",
              .kind = ParameterKind::numbers,
              .initial = "3,4",
              .tries = tries,
              .min_count = 2,
              .max_count = 2},
    Parameter{.id = "f", .kind = ParameterKind::function, .initial = "x^2", .tries = tries},
};

Settings given(std::vector<std::string> changes) {
  return {"toy", five, changes};
}

std::string complaint(const std::string& setting) {
  return thrown<ValueError>([&] { static_cast<void>(given({setting})); });
}

TEST(Settings, HaveTheirDefaults) {
  const Settings settings = given({});
  EXPECT_EQ(settings.integer("count"), 3U);
  EXPECT_EQ(settings.real("rate"), 0.5);
  EXPECT_EQ(settings.choice("colour"), "red");
  EXPECT_EQ(settings.numbers("point"), (std::vector<double>{3, 4}));
  EXPECT_EQ(settings.function("f").text(), "x^2");
}

TEST(Settings, TakeWhatIsSetAndTheLastOfAName) {
  const Settings settings =
      given({"count=4", "rate=10e-50", "colour=blue", "point= -1/3 , 2pi", "f=sin(x)", "count=5"});
  EXPECT_EQ(settings.integer("count"), 5U);
  EXPECT_EQ(settings.real("rate"), 1e-49);
  EXPECT_EQ(settings.choice("colour"), "blue");
  EXPECT_EQ(settings.numbers("point"), (std::vector<double>{-1.0 / 3, 2 * 3.141592653589793}));
  EXPECT_EQ(settings.text("rate"), "10e-50");
  EXPECT_EQ(settings.function("f").text(), "sin(x)");
}

TEST(Settings, RefuseAValueWithWhereGotAndExpected) {
  EXPECT_EQ(complaint("count=0"), "toy, count: got \"0\", expected a whole number from 1 to 9");
  EXPECT_EQ(complaint("count=2.5"), "toy, count: got \"2.5\", expected a whole number from 1 to 9");
  EXPECT_EQ(complaint("rate=fast"), "toy, rate: got \"fast\", expected a number");
  EXPECT_EQ(complaint("rate=1/0"), "toy, rate: got \"1/0\", expected a number");
  EXPECT_EQ(complaint("rate="), "toy, rate: got \"\", expected a number");
  EXPECT_EQ(complaint("colour=green"), "toy, colour: got \"green\", expected red or blue");
  EXPECT_EQ(complaint("point=1"),
            "toy, point: got \"1\", expected 2 numbers with commas between them, as in 3,4");
  EXPECT_EQ(complaint("point=1,"),
            "toy, point: got \"1,\", expected 2 numbers with commas between them, as in 3,4");
  EXPECT_NE(complaint("f=x+").find("toy, f: "), std::string::npos);
  EXPECT_NE(complaint("f=x0+x1").find("toy, f: "), std::string::npos);
}

TEST(Settings, RefuseAnUnknownNameWithTheNearest) {
  EXPECT_EQ(complaint("rat=1"), "toy: there is no parameter \"rat\"; there is rate");
  EXPECT_EQ(
      complaint("zzzzzz=1"),
      "toy: there is no parameter \"zzzzzz\"; there is count or rate or colour or point or f");
  EXPECT_EQ(complaint("count"), "toy: got \"count\", expected NAME=VALUE, as in count=3");
}

TEST(Settings, AreAskedForByTheirKind) {
  EXPECT_THROW(static_cast<void>(given({}).real("count")), StateError);
  EXPECT_THROW(static_cast<void>(given({}).real("size")), StateError);
}

TEST(Parameter, OfAChoiceIsTriedWithAllItsOthersUnlessSomeAreNamed) {
  Parameter colour{
      .id = "colour", .kind = ParameterKind::choice, .initial = "red", .choices = colours};
  EXPECT_EQ(colour.values_to_try(), (std::vector<std::string_view>{"blue"}));
  colour.tries = tries;
  EXPECT_EQ(colour.values_to_try(), (std::vector<std::string_view>{"1"}));
}

}  // namespace
}  // namespace gradus

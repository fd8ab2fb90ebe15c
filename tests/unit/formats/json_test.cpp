// SPDX-License-Identifier: MIT
#include "gradus/formats/json.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "gradus/core/error.hpp"

namespace gradus {
namespace {

using namespace std::string_view_literals;

TEST(Json, IsWrittenAsItWasRead) {
  for (const std::string text :
       {"null", "true", "false", "0", "-1", "18446744073709551615", "-9223372036854775808", "0.1",
        "1.0", "1e-300", "\"\"", "\"한글\"", R"("a\"\\\n\u0001")", "[]", "{}", "[1,[2,[]],{}]",
        R"({"z":1,"a":{"c":[true,null],"b":"x"},"m":-0.5})"}) {
    const std::optional<Json> json = parse_json(text);
    ASSERT_TRUE(json) << text;
    EXPECT_EQ(json->to_text(), text);
    EXPECT_EQ(parse_json(json->to_text(2)), json) << "with line ends and spaces";
  }
}

TEST(Json, IsIndentedWhenAskedTo) {
  EXPECT_EQ((Json{{"a", Json::list(std::vector{1, 2})}, {"b", Json::object()}}).to_text(2),
            "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {}\n}");
}

TEST(Json, KeepsTheOrderOfMembers) {
  Json json;
  for (const char* name : {"z", "a", "m", "b"}) {
    json[name] = name;
  }
  json["a"] = 2;
  EXPECT_EQ(json.to_text(), R"({"z":"z","a":2,"m":"m","b":"b"})");
  EXPECT_NE(json, *parse_json(R"({"a":2,"z":"z","m":"m","b":"b"})"));
}

TEST(Json, OfEqualWholeNumbersIsEqualWhateverTheirType) {
  const std::vector<Json> threes{3, 3U, std::int64_t{3}, std::uint8_t{3}, *parse_json("3")};
  for (const Json& three : threes) {
    EXPECT_EQ(three, threes.front());
  }
  EXPECT_EQ(Json(-3), Json(std::int64_t{-3}));
  EXPECT_EQ(*parse_json("-3"), Json(-3));
  EXPECT_EQ(*parse_json("-0"), Json(0));
  EXPECT_NE(Json(3), Json(4));
  EXPECT_NE(Json(true), Json(1));
}

TEST(Json, HasEveryNumberToTheLastBit) {
  for (const double number :
       {0.1, 1.0 / 3, 5e-324, std::numeric_limits<double>::max(), -1e22, 123456789.125, 1e-5}) {
    const std::string text = Json(number).to_text();
    EXPECT_EQ(std::strtod(text.c_str(), nullptr), number) << text;
    EXPECT_EQ(parse_json(text)->as_number(), number) << text;
  }
  EXPECT_EQ(Json(UINT64_MAX).to_text(), std::to_string(UINT64_MAX));
  EXPECT_EQ(Json(INT64_MIN).to_text(), std::to_string(INT64_MIN));
}

TEST(Json, AsNumberIsAnyNumberAndNothingElse) {
  EXPECT_EQ(Json(7).as_number(), 7.0);
  EXPECT_EQ(Json(-7).as_number(), -7.0);
  EXPECT_EQ(Json(0.5).as_number(), 0.5);
  for (const Json& other : {Json(), Json(true), Json("7"), Json::array(), Json::object()}) {
    EXPECT_FALSE(other.as_number()) << other.to_text();
  }
}

TEST(Json, OfANumberThatIsNotFiniteIsWrittenAsNull) {
  for (const double number : {std::nan(""), HUGE_VAL, -HUGE_VAL}) {
    EXPECT_EQ(Json::list(std::vector{1.5, number}).to_text(), "[1.5,null]");
  }
}

TEST(Json, ReplacesWhatIsNotUtf8WhenItIsWritten) {
  EXPECT_EQ(Json("a\xFFz").to_text(), "\"a\xEF\xBF\xBDz\"");
  const Json named{{"\xC3", 1}};
  EXPECT_EQ(named.to_text(), "{\"\xEF\xBF\xBD\":1}");
  EXPECT_TRUE(parse_json(Json("\xF0\x28\x8C\x28 \xED\xA0\x80").to_text()));
}

TEST(Json, WritesAZeroByteSoThatItCanBeRead) {
  const Json json("a\0b"sv);
  EXPECT_EQ(json.to_text(), R"("a\u0000b")");
  EXPECT_EQ(*parse_json(json.to_text()), json);
}

TEST(ParseJson, RefusesWhatIsNotJson) {
  for (const std::string_view text :
       {""sv,           " "sv,           "nul"sv,    "01"sv,       "+1"sv,
        ".5"sv,         "1."sv,          "NaN"sv,    "Infinity"sv, "'a'"sv,
        "\"a"sv,        "[1,]"sv,        "[1 2]"sv,  "{a:1}"sv,    "{\"a\"}"sv,
        "{\"a\":1,}"sv, "[1]]"sv,        "1 2"sv,    "// 1"sv,     "[1 /* 2 */]"sv,
        "\"\xFF\""sv,   "\"\\ud800\""sv, "\"\n\""sv, "1e999"sv,    "["sv}) {
    EXPECT_FALSE(parse_json(text)) << text;
  }
}

TEST(ParseJson, RefusesAZeroByteAndWhatItWouldHide) {
  for (const std::string_view text :
       {"1\0"sv, "1\0garbage"sv, "\0"sv, "\"a\0b\""sv, "[1,\0 2]"sv}) {
    EXPECT_FALSE(parse_json(text));
  }
}

TEST(ParseJson, RefusesANameThatIsThereTwiceWhereverItIs) {
  for (const char* text : {R"({"a":1,"a":1})", R"({"a":1,"b":2,"a":3})", R"([{"x":{"a":1,"a":2}}])",
                           R"({"a":1,"\u0061":2})", R"({"":1,"":2})"}) {
    EXPECT_FALSE(parse_json(text)) << text;
  }
  EXPECT_TRUE(parse_json(R"({"a":{"a":1},"b":{"a":1}})"));
}

TEST(ParseJson, RefusesWhatIsTooDeep) {
  const auto nested = [](std::size_t depth, const std::string& open, const std::string& close) {
    std::string text;
    for (std::size_t i = 0; i < depth; ++i) {
      text += open;
    }
    text += "1";
    for (std::size_t i = 0; i < depth; ++i) {
      text += close;
    }
    return text;
  };
  EXPECT_TRUE(parse_json(nested(max_json_depth, "[", "]")));
  EXPECT_FALSE(parse_json(nested(max_json_depth + 1, "[", "]")));
  EXPECT_TRUE(parse_json(nested(max_json_depth, "{\"a\":", "}")));
  EXPECT_FALSE(parse_json(nested(max_json_depth + 1, "{\"a\":", "}")));
  EXPECT_FALSE(parse_json(std::string(1000000, '[')));
}

TEST(ParseJson, RefusesWhatIsTooLarge) {
  std::string text(max_json_bytes, ' ');
  text[0] = '1';
  EXPECT_TRUE(parse_json(text));
  EXPECT_FALSE(parse_json(text + " "));
}

TEST(Json, FindsTheMemberOfAnObject) {
  const Json json{{"a", 1}, {"b", nullptr}};
  ASSERT_NE(json.find("a"), nullptr);
  EXPECT_EQ(*json.find("a"), Json(1));
  ASSERT_NE(json.find("b"), nullptr);
  EXPECT_TRUE(json.find("b")->is_null());
  EXPECT_EQ(json.find("c"), nullptr);
  for (const Json& other : {Json(), Json(1), Json("a"), Json::array()}) {
    EXPECT_EQ(other.find("a"), nullptr);
  }
}

TEST(Json, GrowsFromNullAndRefusesToGrowFromAnythingElse) {
  Json list;
  list.push_back(1);
  list.push_back("a");
  EXPECT_EQ(list.to_text(), R"([1,"a"])");
  Json object;
  object["a"]["b"] = 1;
  EXPECT_EQ(object.to_text(), R"({"a":{"b":1}})");
  EXPECT_THROW(list["a"], StateError);
  EXPECT_THROW(object.push_back(1), StateError);
  EXPECT_THROW(Json("text")["a"], StateError);
  EXPECT_THROW(Json(1).push_back(1), StateError);
}

TEST(Json, IsUpdatedMemberByMember) {
  Json json{{"a", 1}, {"b", Json{{"x", 1}, {"y", 2}}}, {"c", 3}};
  json.update(Json{{"d", 4}, {"b", Json{{"x", 5}}}, {"a", nullptr}});
  EXPECT_EQ(json.to_text(), R"({"a":null,"b":{"x":5},"c":3,"d":4})");
  const Json before = json;
  json.update(Json::object());
  EXPECT_EQ(json, before);
  json.update(json);
  EXPECT_EQ(json, before);
}

TEST(Json, OfAListHasItsElementsInOrder) {
  EXPECT_EQ(Json::list(std::vector<std::string>{"b", "a"}).to_text(), R"(["b","a"])");
  EXPECT_EQ(Json::list(std::vector<double>{}).to_text(), "[]");
  EXPECT_TRUE(Json::array().is_array());
  EXPECT_TRUE(Json::object().is_object());
  EXPECT_TRUE(Json().is_null());
  EXPECT_EQ(Json::list(std::vector{1, 2}).as_array()->size(), 2U);
  EXPECT_EQ(*Json("a").as_string(), "a");
  EXPECT_EQ(Json(1).as_string(), nullptr);
}

}  // namespace
}  // namespace gradus

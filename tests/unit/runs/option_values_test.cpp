// SPDX-License-Identifier: MIT
#include "gradus/runs/option_values.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "gradus/core/error.hpp"
#include "unit/formats/thrown.hpp"

namespace gradus {
namespace {

template <class Parse>
std::string refusal(const Parse& parse) {
  return thrown<ValueError>([&] { static_cast<void>(parse()); });
}

TEST(ParseCount, ReadsWholeNumbersUpToTheLargest) {
  for (const std::string text : {"0", "1", "007", "60000", "18446744073709551615"}) {
    EXPECT_EQ(parse_count(text, 0), std::strtoull(text.c_str(), nullptr, 10));
  }
  EXPECT_EQ(parse_count("5", 5), 5U);
}

TEST(ParseCount, RefusesEverythingElse) {
  for (const std::string text :
       {"", " ", "-1", "+1", "1.0", "1e3", " 1", "1 ", "0x10", "1,000", "one", "-0"}) {
    EXPECT_EQ(refusal([&] { return parse_count(text, 0); }),
              "got \"" + text + "\", expected a whole number of at least 0");
  }
  EXPECT_EQ(refusal([] { return parse_count("4", 5); }),
            "got \"4\", expected a whole number of at least 5");
  EXPECT_EQ(refusal([] { return parse_count("18446744073709551616", 0); }),
            "got \"18446744073709551616\", expected at most 18446744073709551615");
}

TEST(ParseNumber, ReadsWhatTheCLibraryReads) {
  for (const std::string text :
       {"0", "0.1", ".5", "5.", "1e-3", "1E3", "0.30000000000000004", "1e308", "5e-324", "00.10"}) {
    EXPECT_EQ(parse_number(text, Zero::allowed), std::strtod(text.c_str(), nullptr)) << text;
  }
}

TEST(ParseNumber, RefusesWhatIsNegativeOrNotFiniteOrNoNumber) {
  for (const std::string text : {"", "-1", "-1e-300", "inf", "nan", "infinity", "1e309", "+1", " 1",
                                 "1 ", "1,5", "0x1p3", "1e", "ten"}) {
    EXPECT_EQ(refusal([&] { return parse_number(text, Zero::allowed); }),
              "got \"" + text + "\", expected a number of at least 0");
  }
  for (const std::string text : {"0", "0.0", "-0", "-1"}) {
    EXPECT_EQ(refusal([&] { return parse_number(text, Zero::refused); }),
              "got \"" + text + "\", expected a number above 0");
  }
}

TEST(ParseLayers, ReadsSizesBetweenCommas) {
  EXPECT_EQ(parse_layers("784,50,10"), (std::vector<std::size_t>{784, 50, 10}));
  EXPECT_EQ(parse_layers("1,1"), (std::vector<std::size_t>{1, 1}));
  for (const std::string text : {"", ",", "784,,10", "784,0,10", "784,50,", "784, 50", "a,b"}) {
    EXPECT_EQ(
        refusal([&] { return parse_layers(text); }),
        "got \"" + text + "\", expected sizes of layers with commas between them, as in 784,50,10");
  }
  EXPECT_EQ(refusal([] { return parse_layers("784"); }),
            "got \"784\", expected at least two sizes, as in 784,50,10");
}

TEST(ParsePoint, ReadsCoordinatesWithSpacesAndSigns) {
  EXPECT_EQ(parse_point("-3,4"), (std::vector<double>{-3, 4}));
  EXPECT_EQ(parse_point(" +1.5 ,\t-2e3 "), (std::vector<double>{1.5, -2000}));
  EXPECT_EQ(parse_point("7"), std::vector<double>{7});
}

TEST(ParsePoint, SaysWhichNumberIsNone) {
  const std::string rest = ", expected numbers with commas between them, as in -3,4";
  EXPECT_EQ(refusal([] { return parse_point("1, x ,2"); }), "number 2 is \"x\"" + rest);
  EXPECT_EQ(refusal([] { return parse_point(""); }), "number 1 is \"\"" + rest);
  EXPECT_EQ(refusal([] { return parse_point("1,"); }), "number 2 is \"\"" + rest);
  for (const std::string text : {"+-1", "--1", "++1", "inf", "nan", "1e999", "1 2"}) {
    EXPECT_EQ(refusal([&] { return parse_point(text); }), "number 1 is \"" + text + "\"" + rest);
  }
}

TEST(ParseNameWithNumbers, TakesTheNumbersOff) {
  const NameWithNumbers step = parse_name_with_numbers("step:2000:0.5", 2);
  EXPECT_EQ(step.name, "step");
  EXPECT_EQ(step.numbers, (std::vector<double>{2000, 0.5}));
  EXPECT_TRUE(parse_name_with_numbers("he", 0).numbers.empty());
  EXPECT_EQ(refusal([] { return parse_name_with_numbers("he:1", 0); }),
            "got \"he:1\", expected at most 0 numbers after the name");
  EXPECT_EQ(refusal([] { return parse_name_with_numbers("normal:1:2", 1); }),
            "got \"normal:1:2\", expected at most 1 number after the name");
  EXPECT_EQ(refusal([] { return parse_name_with_numbers("normal:", 1); }),
            "got \"\", expected a number of at least 0");
}

TEST(Split, HasOnePartMoreThanSeparatorsAndJoinsToTheSame) {
  for (const std::string text : {"", ",", "a", "a,b", ",a,,b,", "한,글"}) {
    const std::vector<std::string> parts = split(text, ',');
    EXPECT_EQ(parts.size(),
              static_cast<std::size_t>(std::count(text.begin(), text.end(), ',')) + 1);
    std::string joined;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      joined += (i == 0 ? "" : ",") + parts[i];
    }
    EXPECT_EQ(joined, text);
  }
}

}  // namespace
}  // namespace gradus

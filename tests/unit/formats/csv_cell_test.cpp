// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "csv_support.hpp"

namespace gradus {
namespace {

TEST(CsvCell, NumbersAreTheNearestFloats) {
  EXPECT_EQ(number("0"), 0.0F);
  EXPECT_EQ(number("9999999"), 9999999.0F);
  EXPECT_EQ(number("16777217"), 16777216.0F);
  EXPECT_EQ(number("007"), 7.0F);
  EXPECT_EQ(number("0.1"), 0.1F);
  EXPECT_EQ(number("-0.5"), -0.5F);
  EXPECT_EQ(number("+2.5"), 2.5F);
  EXPECT_EQ(number(".5"), 0.5F);
  EXPECT_EQ(number("5."), 5.0F);
  EXPECT_EQ(number("1e3"), 1000.0F);
  EXPECT_EQ(number("-1.25E-2"), -0.0125F);
  EXPECT_EQ(number("1e+2"), 100.0F);
  EXPECT_EQ(number("3.4028235e38"), std::numeric_limits<float>::max());
  EXPECT_EQ(number("1e-45"), std::numeric_limits<float>::denorm_min());
  EXPECT_EQ(number("1" + std::string(60, '0') + "e-60"), 1.0F);
  EXPECT_EQ(number("0." + std::string(60, '0') + "1e61"), 1.0F);
  EXPECT_TRUE(std::signbit(number("-0")));
}

TEST(CsvCell, NumbersTooSmallForAFloatAreZero) {
  for (const std::string& text :
       {std::string("1e-46"), std::string("1e-400"), std::string("123.5e-99999999999999999999"),
        "0." + std::string(400, '0') + "1", "." + std::string(80, '0') + "1e10",
        "0." + std::string(400, '0') + "1e+300", "1" + std::string(100, '0') + "e-300"}) {
    EXPECT_EQ(number(text), 0.0F) << text;
    EXPECT_FALSE(std::signbit(number(text))) << text;
    EXPECT_TRUE(std::signbit(number("-" + text))) << text;
  }
}

TEST(CsvCell, NumbersTooLargeForAFloatAreRefused) {
  for (const std::string& text :
       {std::string("1e39"), std::string("3.4028236e38"), std::string("-1e39"),
        std::string("1e99999999999999999999"), std::string("0.001e400"),
        "1" + std::string(30, '0') + "e10", "9" + std::string(30, '0') + ".5E+10"}) {
    EXPECT_EQ(fault_of(text), "row 1, column 1: \"" + text + "\" is too large for a float");
  }
  EXPECT_NE(fault_of("1" + std::string(400, '0') + "e-100").find("is too large for a float"),
            std::string::npos);
}

TEST(CsvCell, WhatOtherParsersTakeForNumbersIsText) {
  for (const char* text :
       {"0x10", "1e", "1e+", "e5", ".", "+", "-", "--1", "+-1", "1_000", "1 2", "1.2.3", "1f",
        "1e5.0", "nan(1)", "infinite", "one", "1\"", "\xC2\xBD"}) {
    EXPECT_NE(fault_of(std::string("0\n0\n") + text).find(" is not a number"), std::string::npos)
        << text;
  }
}

TEST(CsvCell, TextAmongNumbersIsAFaultWithRowAndColumn) {
  EXPECT_EQ(fault_of("1,2\n3,abc\n5,6\n"), "row 2, column 2: \"abc\" is not a number");
  EXPECT_EQ(fault_of("a,b\r\n1,2\r\n 3x ,4\r\n5,6"), "row 3, column 1: \"3x\" is not a number");
}

TEST(CsvCell, EachColumnOfNumbersHasItsFirstFault) {
  const CsvTable table = parse_csv("x.csv", "1,2,3\n4,x,5\ny,z,6\n7,8,9\n1,2,3\n");
  ASSERT_EQ(table.faults.size(), 2U);
  EXPECT_EQ(table.faults[0].column, 0U);
  EXPECT_EQ(table.faults[0].problem, "row 3, column 1: \"y\" is not a number");
  EXPECT_EQ(table.faults[1].column, 1U);
  EXPECT_EQ(table.faults[1].problem, "row 2, column 2: \"x\" is not a number");
}

TEST(CsvCell, AColumnWithMoreTextThanNumbersIsText) {
  const CsvTable table = parse_csv("x.csv", "1,b\n2,a\n3,7\n4,b\n");
  EXPECT_FALSE(table.columns[0].is_text);
  EXPECT_TRUE(table.columns[1].is_text);
  EXPECT_EQ(table.columns[1].words, (Names{"7", "a", "b"}));
  EXPECT_EQ(table.values, (Values{1, 2, 2, 1, 3, 0, 4, 2}));
  EXPECT_TRUE(table.faults.empty());
}

TEST(CsvCell, WordsAreTakenOutOfTheirQuotes) {
  const CsvTable table =
      parse_csv("x.csv", "label,x\n\"say \"\"hi\"\"\",1\n 6\"\" ,2\n\"a,b\",3\n");
  EXPECT_EQ(table.columns[0].words, (Names{"6\"\"", "a,b", "say \"hi\""}));
}

TEST(CsvCell, MoreThanAThousandWordsAreNotKept) {
  std::string text = "a,b\n";
  for (int i = 0; i < 1000; ++i) {
    text += "w" + std::to_string(i) + ",1\n";
  }
  EXPECT_EQ(parse_csv("x.csv", text).columns[0].words.size(), 1000U);
  EXPECT_FALSE(parse_csv("x.csv", text).columns[0].is_varied);
  const CsvTable table = parse_csv("x.csv", text + "w1000,1\n");
  EXPECT_TRUE(table.columns[0].is_varied);
  EXPECT_TRUE(table.columns[0].words.empty());
  EXPECT_TRUE(std::isnan(table.values[0]));
}

TEST(CsvCell, CellsAreMissingHoweverThatIsWritten) {
  for (const char* word :
       {"", "  ", "?", "NA", "na", "N/A", "nan", "NaN", "NULL", "null", "\"\""}) {
    const CsvTable table = parse_csv("x.csv", std::string("1,2\n3,") + word + "\n5,6\n");
    EXPECT_EQ(table.columns[1].num_missing, 1U) << word;
    EXPECT_EQ(table.columns[1].first_missing_row, 2U) << word;
    EXPECT_EQ(table.columns[0].num_missing, 0U) << word;
    EXPECT_TRUE(std::isnan(table.values[3])) << word;
    EXPECT_TRUE(table.faults.empty()) << word;
  }
}

TEST(CsvCell, InfinityIsAFault) {
  for (const std::string word : {"inf", "+Inf", "-INFINITY"}) {
    EXPECT_EQ(fault_of(word + ",1"), "row 1, column 1: \"" + word + "\" is not a finite number");
  }
}

TEST(CsvCell, ADecimalCommaIsReadWhereItCanBeNothingElse) {
  EXPECT_EQ(parse_csv("x.csv", "a;b\n1,5;2\n-0,25;3\n").values, (Values{1.5F, 2, -0.25F, 3}));
  EXPECT_EQ(parse_csv("x.csv", "a\tb\n1,5\t2\n").values, (Values{1.5F, 2}));
  EXPECT_EQ(fault_of("a,b\n\"1,5\",2\n3,4\n5,6\n"), "row 2, column 1: \"1,5\" is not a number");
  EXPECT_EQ(fault_of("a;b\n1,234,5;2\n3;4\n5;6\n"), "row 2, column 1: \"1,234,5\" is not a number");
  EXPECT_EQ(fault_of("a;b\n1.234,5;2\n3;4\n5;6\n"), "row 2, column 1: \"1.234,5\" is not a number");
}

TEST(CsvCell, DecimalCommasBesideDecimalPointsAreRefused) {
  EXPECT_EQ(parse_error("a;b\n1,5;2\n3;4.5\n"),
            "x.csv: at byte 4: row 2, column 1: \"1,5\" has a decimal comma, but \"4.5\" in row 3, "
            "column 2 a decimal point: write all numbers in one way");
}

TEST(CsvCell, WholeNumbersThatFloatRoundsAreCounted) {
  const CsvTable table = parse_csv(
      "x.csv",
      "16777216,16777217,1700000001,0.1\n-16777217,33554432,18446744073709551617,123456789.5\n");
  EXPECT_EQ(table.columns[0].num_rounded, 1U);
  EXPECT_EQ(table.columns[1].num_rounded, 1U);
  EXPECT_EQ(table.columns[2].num_rounded, 2U);
  EXPECT_EQ(table.columns[3].num_rounded, 0U);
}

TEST(CsvCell, TheMessageShowsALongOrStrangeCellOnOneShortLine) {
  EXPECT_EQ(fault_of("1\n2\na\x01\rb"), "row 3, column 1: \"a\\x01\\rb\" is not a number");
  EXPECT_EQ(fault_of("1\n2\n" + std::string(40, 'x')),
            "row 3, column 1: \"" + std::string(40, 'x') + "\" is not a number");
  EXPECT_EQ(fault_of("1\n2\n" + std::string(1000, 'x')),
            "row 3, column 1: \"" + std::string(40, 'x') + "\"... is not a number");
  EXPECT_EQ(fault_of("1\n2\n" + std::string(39, 'x') + "가"),
            "row 3, column 1: \"" + std::string(39, 'x') + "\"... is not a number");
}

}  // namespace
}  // namespace gradus

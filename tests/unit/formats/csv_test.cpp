// SPDX-License-Identifier: MIT
#include "gradus/formats/csv.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "bytes.hpp"
#include "damage.hpp"
#include "gradus/formats/file.hpp"
#include "temporary_folder.hpp"
#include "thrown.hpp"

namespace gradus {
namespace {

using Names = std::vector<std::string>;
using Values = std::vector<float>;

std::string parse_error(std::string_view text) {
  return data_error([&] { return parse_csv("x.csv", text); });
}

/// The one number of a file with one cell.
float number(std::string_view text) {
  return parse_csv("x.csv", text).values.at(0);
}

TEST(Csv, ReadsRowsOfNumbers) {
  const CsvTable table = parse_csv("x.csv", "1,2,3\n4,5.5,-6\n");
  EXPECT_EQ(table.names, Names{});
  EXPECT_EQ(table.num_rows, 2U);
  EXPECT_EQ(table.num_cols, 3U);
  EXPECT_EQ(table.values, (Values{1, 2, 3, 4, 5.5F, -6}));
}

TEST(Csv, AFirstRowWithTextIsAHeader) {
  const CsvTable table = parse_csv("x.csv", "label,0,1\n7,0,255\n");
  EXPECT_EQ(table.names, (Names{"label", "0", "1"}));
  EXPECT_EQ(table.num_rows, 1U);
  EXPECT_EQ(table.values, (Values{7, 0, 255}));
}

TEST(Csv, AHeaderMayHaveColumnsWithoutAName) {
  EXPECT_EQ(parse_csv("x.csv", ",a,\n1,2,3\n").names, (Names{"", "a", ""}));
}

TEST(Csv, NamesMayHaveSeparatorsQuotesAndNewlinesInQuotes) {
  const CsvTable table =
      parse_csv("x.csv", "\"a,b\",\"say \"\"hi\"\"\",\"\"\"\"\"\",\"2\nlines\"\n1,2,3,4\n");
  EXPECT_EQ(table.names, (Names{"a,b", "say \"hi\"", "\"\"", "2\nlines"}));
  EXPECT_EQ(table.values, (Values{1, 2, 3, 4}));
}

TEST(Csv, ADoubledQuoteOutsideQuotesIsKept) {
  EXPECT_EQ(parse_csv("x.csv", "6\"\" pipe,b\n1,2\n").names, (Names{"6\"\" pipe", "b"}));
}

TEST(Csv, TheFirstLineTellsTheSeparator) {
  const Values expected{1, 2, 3, 4};
  EXPECT_EQ(parse_csv("x.csv", "1,2\n3,4\n").values, expected);
  EXPECT_EQ(parse_csv("x.csv", "1;2\n3;4\n").values, expected);
  EXPECT_EQ(parse_csv("x.csv", "1\t2\n3\t4\n").values, expected);
  EXPECT_EQ(parse_csv("x.csv", "\"a,b\";c\n1;2\n3;4\n").values, expected);
  EXPECT_EQ(parse_csv("x.csv", "\"a;b\tc\",d\n1,2\n3,4\n").values, expected);
  EXPECT_EQ(parse_csv("x.csv", "a;b,c\td\n1\t2\n3\t4\n").values, expected);
  EXPECT_EQ(parse_csv("x.csv", "1\n2\n3\n4").num_cols, 1U);
}

TEST(Csv, ByteOrderMarkCarriageReturnsSpacesAndLastNewlinesDoNotMatter) {
  const Values expected{1, 2, 3, 4};
  for (const char* text : {"1,2\n3,4", "1,2\n3,4\n", "1,2\r\n3,4\r\n",
                           "\xEF\xBB\xBF"
                           "1,2\n3,4\n",
                           "1,2\n3,4\n\n\r\n", " 1 ,   2 \n3,  4  \r\n", "\"1\",2\n3, \"4\" \r\n",
                           "\" 1 \",2\r\n\"3\"  ,4\n"}) {
    const CsvTable table = parse_csv("x.csv", text);
    EXPECT_EQ(table.values, expected) << text;
    EXPECT_EQ(table.num_rows, 2U) << text;
  }
}

TEST(Csv, AByteOrderMarkIsNotPartOfAName) {
  EXPECT_EQ(parse_csv("x.csv",
                      "\xEF\xBB\xBF"
                      "a,b\r\n1,2\r\n")
                .names,
            (Names{"a", "b"}));
}

TEST(Csv, NumbersAreTheNearestFloats) {
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

TEST(Csv, NumbersTooSmallForAFloatAreZero) {
  for (const std::string& text :
       {std::string("1e-46"), std::string("1e-400"), std::string("123.5e-99999999999999999999"),
        "0." + std::string(400, '0') + "1", "." + std::string(80, '0') + "1e10",
        "0." + std::string(400, '0') + "1e+300", "1" + std::string(100, '0') + "e-300"}) {
    EXPECT_EQ(number(text), 0.0F) << text;
    EXPECT_FALSE(std::signbit(number(text))) << text;
    EXPECT_TRUE(std::signbit(number("-" + text))) << text;
  }
}

TEST(Csv, NumbersTooLargeForAFloatAreRefused) {
  for (const std::string& text :
       {std::string("1e39"), std::string("3.4028236e38"), std::string("-1e39"),
        std::string("1e99999999999999999999"), std::string("0.001e400"),
        "1" + std::string(30, '0') + "e10", "9" + std::string(30, '0') + ".5E+10"}) {
    EXPECT_EQ(parse_error(text),
              "x.csv: at byte 0: row 1, column 1: \"" + text + "\" is too large for a float");
  }
  EXPECT_NE(parse_error("1" + std::string(400, '0') + "e-100").find("is too large for a float"),
            std::string::npos);
}

TEST(Csv, WhatOtherParsersTakeForNumbersIsText) {
  for (const char* text :
       {"0x10", "1e", "1e+", "e5", ".", "+", "-", "--1", "+-1", "1_000", "1 2", "1.2.3", "1f",
        "1e5.0", "nan(1)", "infinite", "one", "1\"", "\xC2\xBD"}) {
    EXPECT_NE(parse_error(std::string("0\n") + text).find(" is not a number"), std::string::npos)
        << text;
  }
}

TEST(Csv, TextAmongNumbersIsRefusedWithRowAndColumn) {
  EXPECT_EQ(parse_error("1,2\n3,abc\n"),
            "x.csv: at byte 6: row 2, column 2: \"abc\" is not a number");
  EXPECT_EQ(parse_error("a,b\r\n1,2\r\n 3x ,4\r\n"),
            "x.csv: at byte 11: row 3, column 1: \"3x\" is not a number");
}

TEST(Csv, ADecimalCommaIsNotRead) {
  EXPECT_EQ(parse_error("a;b\n1,5;2\n"),
            "x.csv: at byte 4: row 2, column 1: \"1,5\" is not a number");
}

TEST(Csv, TheMessageShowsALongOrStrangeCellOnOneShortLine) {
  EXPECT_EQ(parse_error("1\na\x01\rb"),
            "x.csv: at byte 2: row 2, column 1: \"a\\x01\\rb\" is not a number");
  EXPECT_EQ(parse_error("1\n" + std::string(40, 'x')),
            "x.csv: at byte 2: row 2, column 1: \"" + std::string(40, 'x') + "\" is not a number");
  EXPECT_EQ(
      parse_error("1\n" + std::string(1000, 'x')),
      "x.csv: at byte 2: row 2, column 1: \"" + std::string(40, 'x') + "\"... is not a number");
  EXPECT_EQ(
      parse_error("1\n" + std::string(39, 'x') + "가"),
      "x.csv: at byte 2: row 2, column 1: \"" + std::string(39, 'x') + "\"... is not a number");
}

TEST(Csv, AnEmptyCellIsRefused) {
  const std::string reason = "expected a number, the cell is empty";
  EXPECT_EQ(parse_error("1,2\n3,\n"), "x.csv: at byte 6: row 2, column 2: " + reason);
  EXPECT_EQ(parse_error("1,2\n\n3,4"), "x.csv: at byte 4: row 2, column 1: " + reason);
  EXPECT_EQ(parse_error("1,2\n\"\",4"), "x.csv: at byte 5: row 2, column 1: " + reason);
  EXPECT_EQ(parse_error("  "), "x.csv: at byte 2: row 1, column 1: " + reason);
}

TEST(Csv, AnEmptyCellDoesNotMakeAHeader) {
  EXPECT_EQ(parse_error("1,,3\n4,5,6"),
            "x.csv: at byte 2: row 1, column 2: expected a number, the cell is empty");
}

TEST(Csv, NanAndInfinityAreRefusedAndDoNotMakeAHeader) {
  for (const std::string word : {"nan", "NaN", "-nan", "inf", "+Inf", "-INFINITY"}) {
    EXPECT_EQ(parse_error(word + ",1"),
              "x.csv: at byte 0: row 1, column 1: \"" + word + "\" is not a finite number");
  }
}

TEST(Csv, RowsOfAnotherLengthAreRefused) {
  EXPECT_EQ(parse_error("1,2,3\n4,5\n"),
            "x.csv: at byte 8: row 2, column 2: the row ends here, expected 3 columns as in row 1");
  EXPECT_EQ(
      parse_error("1,2\n3,4,5\n"),
      "x.csv: at byte 6: row 2, column 2: the row goes on here, expected 2 columns as in row 1");
  EXPECT_EQ(parse_error("a,b\n1\n"),
            "x.csv: at byte 4: row 2, column 1: the row ends here, expected 2 columns as in row 1");
  EXPECT_EQ(
      parse_error("1,2\n3,4,"),
      "x.csv: at byte 6: row 2, column 2: the row goes on here, expected 2 columns as in row 1");
}

TEST(Csv, AFileWithoutCellsIsEmpty) {
  for (const char* text : {"", "\n", "\r\n\r\n", "\xEF\xBB\xBF", "\xEF\xBB\xBF\n"}) {
    EXPECT_EQ(parse_error(text), "x.csv: at byte 0: expected rows of numbers, the file is empty");
  }
}

TEST(Csv, AHeaderAloneIsRefused) {
  EXPECT_EQ(parse_error("a,b\n"),
            "x.csv: at byte 4: expected rows of numbers below the header, found none");
}

TEST(Csv, AQuoteThatIsNeverClosedIsRefused) {
  const std::string reason = "the quote that opens here is never closed";
  EXPECT_EQ(parse_error("1,2\n3,\"4\n5,6\n"), "x.csv: at byte 6: row 2, column 2: " + reason);
  EXPECT_EQ(parse_error("\"a\"\""), "x.csv: at byte 0: row 1, column 1: " + reason);
  EXPECT_EQ(parse_error("\""), "x.csv: at byte 0: row 1, column 1: " + reason);
}

TEST(Csv, TextAfterAClosingQuoteIsRefused) {
  EXPECT_EQ(parse_error("1,\"2\"3\n"),
            "x.csv: at byte 5: row 1, column 2: expected the cell to end after its closing quote");
}

TEST(Csv, ManyRowsOfAFewCellsBelowAWideOneTakeNoMemory) {
  std::string text = "1";
  for (int i = 0; i < 1'000'000; ++i) {
    text += ",1";
  }
  text += std::string(1'000'000, '\n') + "1";
  EXPECT_EQ(parse_error(text),
            "x.csv: at byte 2000002: row 2, column 1: expected a number, the cell is empty");
}

TEST(Csv, ReadsAFile) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "x.csv";
  write_file(path, bytes_of("a,b\n1,2\n3,x\n"));
  EXPECT_EQ(data_error([&] { return read_csv(path); }),
            path.string() + ": at byte 10: row 3, column 2: \"x\" is not a number");
  write_file(path, bytes_of("a,b\n1,2\n3,4\n"));
  EXPECT_EQ(read_csv(path).values, (Values{1, 2, 3, 4}));
}

TEST(Csv, AFileInGzipIsCalledThat) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "x.csv";
  write_file(path, compressed(bytes_of("a,b\n1,2\n")));
  EXPECT_EQ(data_error([&] { return read_csv(path); }),
            path.string() + ": is compressed by gzip: decompress it first");
}

TEST(Csv, ARowTooLongForOneColumnIsCountedInTheSingular) {
  EXPECT_EQ(
      parse_error("1\n2,3\n"),
      "x.csv: at byte 2: row 2, column 1: the row goes on here, expected 1 column as in row 1");
}

TEST(Csv, AMissingFileIsNamed) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "absent.csv";
  EXPECT_EQ(data_error([&] { return read_csv(path); }),
            path.string() + ": cannot read: No such file or directory");
}

TEST(Csv, EveryDamageIsHandled) {
  const auto parse = [](const Bytes& bytes) {
    const CsvTable table = parse_csv("x.csv", std::string(bytes.begin(), bytes.end()));
    EXPECT_EQ(table.values.size(), table.num_rows * table.num_cols);
    EXPECT_TRUE(table.names.empty() || table.names.size() == table.num_cols);
    for (const float value : table.values) {
      EXPECT_TRUE(std::isfinite(value));
    }
  };
  expect_every_damage_is_handled(
      bytes_of("\xEF\xBB\xBF"
               "a,\"b,\"\"c\"\"\",d\r\n1.5e3,\"-0.25\", 7 \r\n1e-50,.5,12345678\r\n"),
      parse);
  expect_every_damage_is_handled(bytes_of("1;2\n3;4\n"), parse);
}

}  // namespace
}  // namespace gradus

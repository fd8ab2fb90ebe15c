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

/// What is wrong with the first cell that is at fault.
std::string fault_of(std::string_view text) {
  return parse_csv("x.csv", text).faults.at(0).problem;
}

Names names_of(const CsvTable& table) {
  Names names;
  for (const CsvColumn& column : table.columns) {
    names.push_back(column.name);
  }
  return names;
}

/// With -1 in place of what is no number.
Values values_of(std::string_view text) {
  Values values = parse_csv("x.csv", text).values;
  for (float& value : values) {
    value = std::isnan(value) ? -1 : value;
  }
  return values;
}

/// The one number of a file with one cell.
float number(std::string_view text) {
  return parse_csv("x.csv", text).values.at(0);
}

TEST(Csv, ReadsRowsOfNumbers) {
  const CsvTable table = parse_csv("x.csv", "1,2,3\n4,5.5,-6\n");
  EXPECT_FALSE(table.has_header);
  EXPECT_EQ(table.first_row, 1U);
  EXPECT_EQ(table.num_rows, 2U);
  EXPECT_EQ(table.num_cols(), 3U);
  EXPECT_EQ(table.values, (Values{1, 2, 3, 4, 5.5F, -6}));
}

TEST(Csv, AFirstRowWithTextIsAHeader) {
  const CsvTable table = parse_csv("x.csv", "label,0,1\n7,0,255\n");
  EXPECT_EQ(names_of(table), (Names{"label", "0", "1"}));
  EXPECT_EQ(table.num_rows, 1U);
  EXPECT_EQ(table.values, (Values{7, 0, 255}));
}

TEST(Csv, AHeaderMayHaveColumnsWithoutAName) {
  EXPECT_EQ(names_of(parse_csv("x.csv", ",a,\n1,2,3\n")), (Names{"", "a", ""}));
}

TEST(Csv, NamesMayHaveSeparatorsQuotesAndNewlinesInQuotes) {
  const CsvTable table =
      parse_csv("x.csv", "\"a,b\",\"say \"\"hi\"\"\",\"\"\"\"\"\",\"2\nlines\"\n1,2,3,4\n");
  EXPECT_EQ(names_of(table), (Names{"a,b", "say \"hi\"", "\"\"", "2\nlines"}));
  EXPECT_EQ(table.values, (Values{1, 2, 3, 4}));
}

TEST(Csv, ADoubledQuoteOutsideQuotesIsKept) {
  EXPECT_EQ(names_of(parse_csv("x.csv", "6\"\" pipe,b\n1,2\n")), (Names{"6\"\" pipe", "b"}));
}

TEST(Csv, TheFirstLineTellsTheSeparator) {
  const Values expected{1, 2, 3, 4};
  EXPECT_EQ(parse_csv("x.csv", "1,2\n3,4\n").values, expected);
  EXPECT_EQ(parse_csv("x.csv", "1;2\n3;4\n").values, expected);
  EXPECT_EQ(parse_csv("x.csv", "1\t2\n3\t4\n").values, expected);
  EXPECT_EQ(parse_csv("x.csv", "\"a,b\";c\n1;2\n3;4\n").values, expected);
  EXPECT_EQ(parse_csv("x.csv", "\"a;b\tc\",d\n1,2\n3,4\n").values, expected);
  EXPECT_EQ(parse_csv("x.csv", "a;b,c\td\n1\t2\n3\t4\n").values, expected);
  EXPECT_EQ(parse_csv("x.csv", "1\n2\n3\n4").num_cols(), 1U);
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
  EXPECT_EQ(names_of(parse_csv("x.csv",
                               "\xEF\xBB\xBF"
                               "a,b\r\n1,2\r\n")),
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
    EXPECT_EQ(fault_of(text), "row 1, column 1: \"" + text + "\" is too large for a float");
  }
  EXPECT_NE(fault_of("1" + std::string(400, '0') + "e-100").find("is too large for a float"),
            std::string::npos);
}

TEST(Csv, WhatOtherParsersTakeForNumbersIsText) {
  for (const char* text :
       {"0x10", "1e", "1e+", "e5", ".", "+", "-", "--1", "+-1", "1_000", "1 2", "1.2.3", "1f",
        "1e5.0", "nan(1)", "infinite", "one", "1\"", "\xC2\xBD"}) {
    EXPECT_NE(fault_of(std::string("0\n0\n") + text).find(" is not a number"), std::string::npos)
        << text;
  }
}

TEST(Csv, TextAmongNumbersIsAFaultWithRowAndColumn) {
  EXPECT_EQ(fault_of("1,2\n3,abc\n5,6\n"), "row 2, column 2: \"abc\" is not a number");
  EXPECT_EQ(fault_of("a,b\r\n1,2\r\n 3x ,4\r\n5,6"), "row 3, column 1: \"3x\" is not a number");
}

TEST(Csv, EachColumnOfNumbersHasItsFirstFault) {
  const CsvTable table = parse_csv("x.csv", "1,2,3\n4,x,5\ny,z,6\n7,8,9\n1,2,3\n");
  ASSERT_EQ(table.faults.size(), 2U);
  EXPECT_EQ(table.faults[0].column, 0U);
  EXPECT_EQ(table.faults[0].problem, "row 3, column 1: \"y\" is not a number");
  EXPECT_EQ(table.faults[1].column, 1U);
  EXPECT_EQ(table.faults[1].problem, "row 2, column 2: \"x\" is not a number");
}

TEST(Csv, AColumnWithMoreTextThanNumbersIsText) {
  const CsvTable table = parse_csv("x.csv", "1,b\n2,a\n3,7\n4,b\n");
  EXPECT_FALSE(table.columns[0].is_text);
  EXPECT_TRUE(table.columns[1].is_text);
  EXPECT_EQ(table.columns[1].words, (Names{"7", "a", "b"}));
  EXPECT_EQ(table.values, (Values{1, 2, 2, 1, 3, 0, 4, 2}));
  EXPECT_TRUE(table.faults.empty());
}

TEST(Csv, WordsAreTakenOutOfTheirQuotes) {
  const CsvTable table =
      parse_csv("x.csv", "label,x\n\"say \"\"hi\"\"\",1\n 6\"\" ,2\n\"a,b\",3\n");
  EXPECT_EQ(table.columns[0].words, (Names{"6\"\"", "a,b", "say \"hi\""}));
}

TEST(Csv, MoreThanAThousandWordsAreNotKept) {
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

TEST(Csv, CellsAreMissingHoweverThatIsWritten) {
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

TEST(Csv, InfinityIsAFault) {
  for (const std::string word : {"inf", "+Inf", "-INFINITY"}) {
    EXPECT_EQ(fault_of(word + ",1"), "row 1, column 1: \"" + word + "\" is not a finite number");
  }
}

TEST(Csv, ADecimalCommaIsReadWhereItCanBeNothingElse) {
  EXPECT_EQ(parse_csv("x.csv", "a;b\n1,5;2\n-0,25;3\n").values, (Values{1.5F, 2, -0.25F, 3}));
  EXPECT_EQ(parse_csv("x.csv", "a\tb\n1,5\t2\n").values, (Values{1.5F, 2}));
  EXPECT_EQ(fault_of("a,b\n\"1,5\",2\n3,4\n5,6\n"), "row 2, column 1: \"1,5\" is not a number");
  EXPECT_EQ(fault_of("a;b\n1,234,5;2\n3;4\n5;6\n"), "row 2, column 1: \"1,234,5\" is not a number");
  EXPECT_EQ(fault_of("a;b\n1.234,5;2\n3;4\n5;6\n"), "row 2, column 1: \"1.234,5\" is not a number");
}

TEST(Csv, DecimalCommasBesideDecimalPointsAreRefused) {
  EXPECT_EQ(parse_error("a;b\n1,5;2\n3;4.5\n"),
            "x.csv: at byte 4: row 2, column 1: \"1,5\" has a decimal comma, but \"4.5\" in row 3, "
            "column 2 a decimal point: write all numbers in one way");
}

TEST(Csv, WholeNumbersThatFloatRoundsAreCounted) {
  const CsvTable table = parse_csv(
      "x.csv",
      "16777216,16777217,1700000001,0.1\n-16777217,33554432,18446744073709551617,123456789.5\n");
  EXPECT_EQ(table.columns[0].num_rounded, 1U);
  EXPECT_EQ(table.columns[1].num_rounded, 1U);
  EXPECT_EQ(table.columns[2].num_rounded, 2U);
  EXPECT_EQ(table.columns[3].num_rounded, 0U);
}

TEST(Csv, TheMessageShowsALongOrStrangeCellOnOneShortLine) {
  EXPECT_EQ(fault_of("1\n2\na\x01\rb"), "row 3, column 1: \"a\\x01\\rb\" is not a number");
  EXPECT_EQ(fault_of("1\n2\n" + std::string(40, 'x')),
            "row 3, column 1: \"" + std::string(40, 'x') + "\" is not a number");
  EXPECT_EQ(fault_of("1\n2\n" + std::string(1000, 'x')),
            "row 3, column 1: \"" + std::string(40, 'x') + "\"... is not a number");
  EXPECT_EQ(fault_of("1\n2\n" + std::string(39, 'x') + "가"),
            "row 3, column 1: \"" + std::string(39, 'x') + "\"... is not a number");
}

// The first row of the UCI repository's iris.data: four numbers and a class.
TEST(Csv, ARowOfNumbersAndAClassIsNoHeader) {
  const CsvTable table = parse_csv("x.csv", "5.1,setosa\n4.9,setosa\n6.3,virginica\n");
  EXPECT_FALSE(table.has_header);
  EXPECT_EQ(table.num_rows, 3U);
  EXPECT_FALSE(parse_csv("x.csv", "5.1,setosa\n").has_header);
}

TEST(Csv, AFirstRowWithAGapOrASlipIsNoHeader) {
  EXPECT_EQ(values_of("1,?,3\n4,5,6\n"), (Values{1, -1, 3, 4, 5, 6}));
  EXPECT_EQ(values_of("1,,3\n4,5,6\n"), (Values{1, -1, 3, 4, 5, 6}));
  EXPECT_EQ(fault_of("1,x,3\n4,5,6\n7,8,9\n"), "row 1, column 2: \"x\" is not a number");
}

TEST(Csv, ARowOfTextAboveTextIsAHeaderUnlessItComesAgain) {
  EXPECT_TRUE(parse_csv("x.csv", "class,cap\ne,x\np,s\ne,s\n").has_header);
  EXPECT_FALSE(parse_csv("x.csv", "p,x\ne,x\np,s\ne,s\n").has_header);
}

TEST(Csv, NamesThatAreNumbersCountUp) {
  EXPECT_TRUE(parse_csv("x.csv", "label,0,1,2\n7,0,255,3\n").has_header);
  EXPECT_FALSE(parse_csv("x.csv", "label,0,1,5\n7,0,255,3\n1,2,3,4\n").has_header);
}

TEST(Csv, LinesMayEndWithACarriageReturnAlone) {
  const CsvTable table = parse_csv("x.csv", "a,b\r1,2\r3,4\r");
  EXPECT_EQ(names_of(table), (Names{"a", "b"}));
  EXPECT_EQ(table.values, (Values{1, 2, 3, 4}));
}

TEST(Csv, ALineOfExcelNamesTheSeparator) {
  for (const std::string newline : {"\n", "\r\n", "\r"}) {
    const CsvTable table =
        parse_csv("x.csv", "sep=;" + newline + "a;b" + newline + "1;2" + newline);
    EXPECT_EQ(names_of(table), (Names{"a", "b"}));
    EXPECT_EQ(table.values, (Values{1, 2}));
    EXPECT_EQ(table.first_row, 3U);
  }
  EXPECT_EQ(names_of(parse_csv("x.csv", "sep=,b\n1,2\n")), (Names{"sep=", "b"}));
}

TEST(Csv, Utf16IsCalledThat) {
  const std::string reason =
      "x.csv: is UTF-16, as the \"Unicode text\" of a spreadsheet is, or no text at all: save it "
      "as "
      "CSV UTF-8";
  EXPECT_EQ(parse_error(std::string("\xFF\xFE"
                                    "a\0,\0b\0\n\0",
                                    10)),
            reason);
  EXPECT_EQ(parse_error(std::string("a\0,\0b\0\n\0", 8)), reason);
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
    EXPECT_EQ(parse_error(text), "x.csv: at byte 0: expected rows of cells, the file is empty");
  }
}

TEST(Csv, AHeaderAloneIsRefused) {
  EXPECT_EQ(parse_error("a,b\n"), "x.csv: at byte 4: expected rows below the header, found none");
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
  for (int i = 0; i < 49'999; ++i) {
    text += ",1";
  }
  text += std::string(1'000'000, '\n') + "1";
  EXPECT_EQ(
      parse_error(text),
      "x.csv: at byte 100000: row 2, column 1: the row ends here, expected 50000 columns as in "
      "row 1");
  EXPECT_EQ(parse_error("1," + text), "x.csv: has more than 50000 columns");
}

TEST(Csv, ReadsAFile) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "x.csv";
  write_file(path, bytes_of("a,b\n1,2\n3\n"));
  EXPECT_EQ(data_error([&] { return read_csv(path); }),
            path.string() +
                ": at byte 8: row 3, column 1: the row ends here, expected 2 columns as in row 1");
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
    EXPECT_EQ(table.values.size(), table.num_rows * table.num_cols());
    for (const float value : table.values) {
      EXPECT_FALSE(std::isinf(value));
    }
  };
  expect_every_damage_is_handled(
      bytes_of("\xEF\xBB\xBF"
               "a,\"b,\"\"c\"\"\",d\r\n1.5e3,\"-0.25\", 7 \r\n1e-50,.5,12345678\r\n"),
      parse);
  expect_every_damage_is_handled(bytes_of("1;2\n3;4\n"), parse);
  expect_every_damage_is_handled(bytes_of("sep=;\na;b\nred;1,5\n?;2\nblue;NA\n"), parse);
}

}  // namespace
}  // namespace gradus

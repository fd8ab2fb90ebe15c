// SPDX-License-Identifier: MIT
#include "gradus/formats/csv.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "bytes.hpp"
#include "csv_support.hpp"
#include "damage.hpp"
#include "gradus/formats/file.hpp"
#include "temporary_folder.hpp"
#include "thrown.hpp"

namespace gradus {
namespace {

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

TEST(Csv, SpacesSeparateWhereNothingElseDoes) {
  EXPECT_EQ(parse_csv("x.csv", " 1 2   3\n 4  5 6 \n\"7\" 8 9").values,
            (Values{1, 2, 3, 4, 5, 6, 7, 8, 9}));
  EXPECT_EQ(names_of(parse_csv("x.csv", "a \"b c\"\n1 2\n")), (Names{"a", "b c"}));
  EXPECT_EQ(parse_csv("x.csv", "1 2,3\n").num_cols(), 2U);
  EXPECT_EQ(parse_csv("x.csv", " 1 \n 2\n").num_cols(), 1U);
  EXPECT_EQ(parse_error("1 2\n\"3\"4 5\n"),
            "x.csv: at byte 7: row 2, column 1: expected the cell to end after its closing quote");
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

// The first row of the UCI repository's iris.data: four numbers and a class.
TEST(Csv, ASeparatorBehindTheLastNameAloneDoesNotCount) {
  const CsvTable table = parse_csv("x", "a,b,\n1,2\n3,4\n");
  ASSERT_EQ(table.num_cols(), 2U);
  EXPECT_EQ(table.columns[1].name, "b");
  EXPECT_EQ(table.values, (std::vector<float>{1, 2, 3, 4}));
  EXPECT_EQ(parse_csv("x", "a,b,\n1,2,\n3,4,\n").num_cols(), 3U);  // a column without a name
  EXPECT_THROW(static_cast<void>(parse_csv("x", "a,b,\n1,2\n3,4,\n")), DataError);
  EXPECT_THROW(static_cast<void>(parse_csv("x", "1,2,\n3,4\n")),
               DataError);  // no header: a cell is missing
}

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
  EXPECT_TRUE(parse_csv("x.csv", "label,0,1\ncat,5,7\ndog,6,2\n").has_header);
  EXPECT_FALSE(parse_csv("x.csv", "cat,0,1\ncat,5,7\ndog,6,2\n").has_header);
  EXPECT_FALSE(parse_csv("x.csv", "cow,4,1\ncat,5,7\ndog,6,2\n").has_header);
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

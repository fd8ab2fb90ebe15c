// SPDX-License-Identifier: MIT
#include "gradus/data/csv_dataset.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "csv_tables.hpp"
#include "gradus/core/error.hpp"
#include "support.hpp"

namespace gradus {
namespace {

using CsvDataset = CsvTables;

TEST_F(CsvDataset, ClassesWrittenFromOneKeepTheirNumbersAsNames) {
  const Dataset dataset = read("label,a\n1,5\n3,4\n1,5\n3,4\n7,6\n7,7\n");
  EXPECT_EQ(dataset.class_names, (Names{"1", "3", "7"}));
  EXPECT_EQ(dataset.num_classes, 3U);
  EXPECT_EQ(read(table(12)).class_names, Names{});
}

TEST_F(CsvDataset, ALabelFarFromAllOthersIsRefused) {
  std::string text = "label,a\n";
  for (int i = 0; i < 60; ++i) {
    text += std::to_string(i == 33 ? 255 : i % 3) + ",1\n";
  }
  EXPECT_EQ(
      error(text),
      "FOLDER/x.csv: row 35, column 1 \"label\": the label is 255, far from all others; correct "
      "it, or take the row out");
}

TEST_F(CsvDataset, NearlyAsManyClassesAsRowsAreRefused) {
  EXPECT_EQ(error("label,a\n0,5\n1,4\n2,5\n3,4\n4,6\n5,7\n"),
            "FOLDER/x.csv: column 1 \"label\": has 6 different values in 6 rows, so they are no "
            "classes; --target label learns numbers, --label NAME says which column has them");
  EXPECT_EQ(read("label,a\n0,5\n1,4\n2,5\n0,4\n1,6\n2,7\n").num_classes, 3U);
}

TEST_F(CsvDataset, AmountsAreNoClasses) {
  std::string text = "a,y\n";
  for (int i = 0; i < 100; ++i) {
    text += std::to_string(i % 7) + "," + std::to_string(50 + i % 25) + "\n";
  }
  EXPECT_EQ(error(text),
            "FOLDER/x.csv: column 2 \"y\": has 25 different values in 100 rows, so they are no "
            "classes; --target y learns numbers, --label NAME says which column has them");
}

TEST_F(CsvDataset, WordsAmongTheFeaturesAreAnInputEach) {
  const std::string text =
      "sex,age,label\nmale,22,0\nfemale,38,1\nmale,26,0\nfemale,35,1\nmale,35,0\nfemale,27,1\n";
  const Dataset dataset = read_folder(text, "sex,age,label\nmale,2,0\n");
  EXPECT_EQ(dataset.layout.features.front().words, (Names{"female", "male"}));
  EXPECT_EQ(dataset.sample_shape, Shape{3});
  EXPECT_EQ(Values(dataset.train.values.begin(), dataset.train.values.begin() + 6),
            (Values{0, 1, 22, 1, 0, 38}));
  EXPECT_EQ(dataset.test.values, (Values{0, 1, 2}));
  EXPECT_EQ(
      known_error(dataset, "sex,age\nmale,3\nother,4\n"),
      "FOLDER/y.csv: row 3, column 1 \"sex\": \"other\" is none of the words that the network "
      "learned: female, male");
  EXPECT_EQ(known_error(dataset, "sex,age\n1,3\n"),
            "FOLDER/y.csv: column 1 \"sex\" holds numbers, but the network learned from words");
  EXPECT_EQ(known_error(dataset, "sex,age\nmale,old\n"),
            "FOLDER/y.csv: column 2 \"age\" holds text, but the network learned from numbers");
}

TEST_F(CsvDataset, ColumnsOfNamesAreRefusedAllAtOnce) {
  std::string text = "id,name,ticket,age,label\n";
  for (int i = 0; i < 60; ++i) {
    text += std::to_string(i) + ",Ms " + std::to_string(i) + ",T" + std::to_string(i) + ",5," +
            std::to_string(i % 2) + "\n";
  }
  EXPECT_EQ(
      error(text),
      "FOLDER/x.csv: column 2 \"name\" holds 60 different words, expected numbers or at most 50 "
      "words (as does 1 more); --ignore name,ticket leaves them out");
  EXPECT_EQ(read(text, {.ignored = {"id", "name", "ticket"}}).train.num_features, 1U);
  text += "60,,T60,,1\n";  // of the missing cells only the age would be used
  EXPECT_EQ(
      error(text),
      "FOLDER/x.csv: column 2 \"name\" holds 60 different words, expected numbers or at most 50 "
      "words (as does 1 more); --ignore name,ticket leaves them out; 1 cell in the other columns "
      "is missing: --missing drop or --missing mean");
  EXPECT_EQ(read(text, {.ignored = {"name", "ticket"}, .missing = MissingCells::drop})
                .reading.num_dropped_rows,
            1U);
}

TEST_F(CsvDataset, AFaultAmongTheFeaturesIsRefusedUnlessIgnored) {
  const std::string text = "a,b,label\n1,5,0\n2,x,1\n3,5,0\n4,4,1\n5,6,0\n6,7,1\n";
  EXPECT_EQ(error(text), "FOLDER/x.csv: row 3, column 2: \"x\" is not a number");
  EXPECT_EQ(read(text, {.ignored = {"b"}}).train.num_features, 1U);
  EXPECT_EQ(error("label,a\n0,1\nx,2\n0,3\n1,4\n"),
            "FOLDER/x.csv: row 3, column 1: \"x\" is not a number");
}

TEST_F(CsvDataset, MissingCellsAreRefusedWithTheWaysOut) {
  const std::string text = "a,b,label\n1,5,0\n2,?,1\n3,,0\n4,4,1\n5,6,0\n6,7,1\n7,8,0\n8,9,1\n";
  EXPECT_EQ(error(text),
            "FOLDER/x.csv: row 3, column 2 \"b\": the cell is missing, one of 2; --missing drop "
            "leaves such rows out, --missing mean fills them in");
  const Dataset dropped = read(text, {.missing = MissingCells::drop});
  EXPECT_EQ(dropped.reading.num_dropped_rows, 2U);
  EXPECT_EQ(dropped.train.num_samples() + dropped.test.num_samples(), 6U);
  EXPECT_EQ(read(text, {.ignored = {"b"}}).reading.num_dropped_rows, 0U);
}

TEST_F(CsvDataset, MissingCellsAreFilledWithTheMeanOfTheTrainingRows) {
  write("train.csv", "a,kind,label\n1,x,0\n?,y,1\n3,,0\n5,x,1\n");
  write("test.csv", "a,kind,label\n,NA,0\n7,y,1\n");
  const Dataset dataset = read_csv_folder(folder(), {.missing = MissingCells::fill});
  EXPECT_EQ(dataset.train.values, (Values{1, 1, 0, 3, 0, 1, 3, 1, 0, 5, 1, 0}));
  EXPECT_EQ(dataset.test.values, (Values{3, 1, 0, 7, 0, 1}));
  EXPECT_EQ(dataset.reading.num_filled_cells, 4U);
  EXPECT_EQ(read_known(dataset, "a,kind\nNA,\n").values, (Values{3, 1, 0}));
}

TEST_F(CsvDataset, NumbersAreLearnedFromTheTargetsColumns) {
  const std::string text = "a,price,rent\n1,5.5,10\n2,4.5,11\n3,5,12\n4,4,13\n5,6,14\n6,7,15\n";
  const Dataset one = read(text, {.targets = {"price"}, .ignored = {"rent"}});
  EXPECT_EQ(one.num_classes, 0U);
  EXPECT_TRUE(one.train.labels.empty());
  EXPECT_EQ(one.train.num_targets, 1U);
  EXPECT_EQ(one.train.num_samples(), 5U);
  EXPECT_EQ(one.test.num_samples(), 1U);
  const Dataset two = read(text, {.targets = {"rent", "2"}});
  EXPECT_EQ(two.train.num_targets, 2U);
  EXPECT_EQ(two.layout.answers.front().name, "rent");
  for (std::size_t n = 0; n < two.train.num_samples(); ++n) {
    EXPECT_EQ(two.train.targets[2 * n], two.train.values[n] + 9);
  }
  EXPECT_EQ(error(text, {.label = "a", .targets = {"price"}}),
            "FOLDER/x.csv: --label and --target: a network learns either a class or numbers");
  EXPECT_EQ(error(text, {.targets = {"price", "2"}}),
            "FOLDER/x.csv: --target: column 2 \"price\" is named twice");
}

TEST_F(CsvDataset, AnotherTableIsReadByTheNamesOfItsColumns) {
  const Dataset dataset = read(flowers());
  const Values expected{1, 2, 3, 4};
  EXPECT_EQ(read_known(dataset, "sl,sw\n1,2\n3,4\n").values, expected);
  EXPECT_EQ(read_known(dataset, "sw,sl\n2,1\n4,3\n").values, expected);
  EXPECT_EQ(read_known(dataset, "species,sw,more,sl\nsetosa,2,9,1\n,4,x,3\n").values, expected);
  EXPECT_EQ(known_error(dataset, "sl,other\n1,2\n"),
            "FOLDER/y.csv: lacks column \"sw\", which the network learned from");
  EXPECT_EQ(known_error(dataset, "sl,sl,sw\n1,2,3\n"), "FOLDER/y.csv: has two columns \"sl\"");
  const Samples judged =
      read_known(dataset, "species,sw,sl\nvirginica,2,1\nsetosa,4,3\n", Answers::needed);
  EXPECT_EQ(judged.values, expected);
  EXPECT_EQ(judged.labels, (Labels{2, 0}));
  EXPECT_EQ(
      known_error(dataset, "species,sw,sl\nlily,2,1\n", Answers::needed),
      "FOLDER/y.csv: row 2, column 1 \"species\": the label is \"lily\", which training never "
      "has; its classes are \"setosa\", \"versicolor\", \"virginica\"");
  EXPECT_EQ(known_error(dataset, "sl,sw\n1,2\n", Answers::needed),
            "FOLDER/y.csv: lacks column \"species\", which the network learned from");
}

TEST_F(CsvDataset, AnotherTableWithoutNamesIsReadByPlaces) {
  const Dataset dataset = read(flowers());
  const Values expected{1, 2, 3, 4};
  EXPECT_EQ(read_known(dataset, "1,2\n3,4\n").values, expected);
  EXPECT_EQ(read_known(dataset, "1,2,setosa\n3,4,lily\n1,2,setosa\n").values,
            (Values{1, 2, 3, 4, 1, 2}));
  EXPECT_EQ(known_error(dataset, "1,2,3,4\n"),
            "FOLDER/y.csv: has 4 columns, expected 3 as the table that was learned from, or its 2 "
            "features alone");
  EXPECT_EQ(known_error(dataset, "1,2\n", Answers::needed),
            "FOLDER/y.csv: has 2 columns, expected 3 as the table that was learned from");
}

TEST_F(CsvDataset, EachRowToClassifyGetsAnAnswer) {
  const std::string text = "a,b,label\n1,5,0\n2,?,1\n3,4,0\n4,4,1\n5,6,0\n6,7,1\n7,8,0\n8,9,1\n";
  const Dataset dataset = read(text, {.missing = MissingCells::drop});
  EXPECT_EQ(known_error(dataset, "a,b\n1,2\n3,?\n"),
            "FOLDER/y.csv: row 3, column 2 \"b\": the cell is missing; the network learned "
            "from whole rows; with --missing mean it would have learned what to fill in");
  EXPECT_EQ(read_known(dataset, "a,b,label\n1,2,0\n3,?,1\n", Answers::needed).labels, (Labels{0}));
}

TEST_F(CsvDataset, TellsShapeClassesAndName) {
  const Dataset dataset = read(table(12));
  EXPECT_EQ(dataset.sample_shape, Shape{2});
  EXPECT_EQ(dataset.train.num_features, 2U);
  EXPECT_EQ(dataset.test.num_features, 2U);
  EXPECT_EQ(dataset.num_classes, 3U);
  EXPECT_EQ(dataset.name, (folder() / "x.csv").string());
}

TEST_F(CsvDataset, WholeNumbersOfAFewColumnsAreNoPixels) {
  const Dataset dataset =
      read_folder("label,a,b\n1,0,255\n0,7,0\n1,2,3\n0,1,1\n", "label,a,b\n0,7,0\n");
  EXPECT_EQ(dataset.train.values, (Values{0, 255, 7, 0, 2, 3, 1, 1}));
  EXPECT_TRUE(dataset.train.bytes.empty());
}

TEST_F(CsvDataset, PixelsAreManyWholeNumbersSomeOfThemLarge) {
  const auto read_pixels = [&](int count, int scale, const std::string& one_more = "") {
    std::string text = "label";
    for (int i = 0; i < count; ++i) {
      text += ",p" + std::to_string(i);
    }
    text += "\n";
    for (int i = 0; i < 6; ++i) {
      text += std::to_string(i % 2) + pixels(count, scale);
    }
    return read(text + one_more);
  };
  EXPECT_EQ(read_pixels(64, 2).sample_shape, (Shape{8, 8}));
  EXPECT_EQ(read_pixels(784, 1).sample_shape, (Shape{28, 28}));
  EXPECT_EQ(read_pixels(192, 1).sample_shape, Shape{192});  // 8 x 8 in three colours
  EXPECT_FALSE(read_pixels(192, 1).train.bytes.empty());
  EXPECT_TRUE(read_pixels(49, 5).train.bytes.empty());  // too few
  EXPECT_TRUE(read_pixels(65, 2).train.bytes.empty());  // no square
  EXPECT_TRUE(read_pixels(64, 1).train.bytes.empty());  // 63 at most
  std::string fraction = "0";
  for (int i = 0; i < 64; ++i) {
    fraction += ",0.5";
  }
  EXPECT_TRUE(read_pixels(64, 2, fraction + "\n").train.bytes.empty());
}

TEST_F(CsvDataset, KeepsASixthOfATableForTesting) {
  for (const int num_rows : {6, 11, 12, 70}) {
    const Dataset dataset = read(table(num_rows));
    const auto num_test = static_cast<std::size_t>(num_rows / 6);
    EXPECT_EQ(dataset.test.num_samples(), num_test) << num_rows << " rows";
    EXPECT_EQ(dataset.train.num_samples(), static_cast<std::size_t>(num_rows) - num_test)
        << num_rows << " rows";
  }
}

TEST_F(CsvDataset, PutsEachRowInOneOfTheHalvesInOrder) {
  const Dataset dataset = read(table(60));
  const Values train = first_features(dataset.train);
  const Values test = first_features(dataset.test);
  EXPECT_TRUE(std::is_sorted(train.begin(), train.end()));
  EXPECT_TRUE(std::is_sorted(test.begin(), test.end()));
  Values all;
  std::merge(train.begin(), train.end(), test.begin(), test.end(), std::back_inserter(all));
  Values expected;
  for (int i = 0; i < 60; ++i) {
    expected.push_back(static_cast<float>(i));
  }
  EXPECT_EQ(all, expected);
}

TEST_F(CsvDataset, LeavesEachLabelWithItsRow) {
  const Dataset dataset = read(table(60));
  for (const Samples* half : {&dataset.train, &dataset.test}) {
    const Values features = first_features(*half);
    for (std::size_t i = 0; i < half->num_samples(); ++i) {
      EXPECT_EQ(half->labels[i], static_cast<Label>(features[i]) % 3);
    }
  }
}

// A model that was trained on one split must not be judged on another: these rows stay these rows.
// They were computed apart from this library.
TEST_F(CsvDataset, KeepsTheSameRowsForTestingEveryTime) {
  EXPECT_EQ(first_features(read(table(24)).test), (Values{6, 16, 17, 19}));
}

TEST_F(CsvDataset, OfAFolderIsNotSplit) {
  const Dataset dataset = read_folder(table(12), table(3));
  EXPECT_EQ(dataset.train.num_samples(), 12U);
  EXPECT_EQ(first_features(dataset.test), (Values{0, 1, 2}));
  EXPECT_EQ(dataset.name, folder().string());
}

TEST_F(CsvDataset, WithoutFeaturesIsRefused) {
  EXPECT_EQ(error("0\n1\n2\n3\n4\n5\n"),
            "FOLDER/x.csv: has one column, expected a label and at least one feature");
}

TEST_F(CsvDataset, ALabelThatIsNoClassIsRefused) {
  EXPECT_EQ(
      error("label,a\n0,1\n0.5,1\n0,1\n1,1\n0,1\n1,1\n"),
      "FOLDER/x.csv: row 3, column 1 \"label\": the label is 0.5, expected a class: a word or a "
      "whole number; to learn a number: --target label");
}

TEST_F(CsvDataset, ASingleClassIsRefused) {
  EXPECT_EQ(error("label,a\n1,1\n1,2\n1,3\n1,4\n1,5\n1,6\n"),
            "FOLDER/x.csv: column 1 \"label\": every label is 1, expected at least two classes");
}

TEST_F(CsvDataset, SamplesKnowTheirRows) {
  const Dataset dataset = read(table(12));
  std::vector<std::uint32_t> rows = dataset.train.rows;
  rows.insert(rows.end(), dataset.test.rows.begin(), dataset.test.rows.end());
  std::sort(rows.begin(), rows.end());
  EXPECT_EQ(rows, (std::vector<std::uint32_t>{2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}));
  for (std::size_t i = 0; i < dataset.train.rows.size(); ++i) {
    EXPECT_EQ(dataset.train.values[2 * i], static_cast<float>(dataset.train.rows[i] - 2));
  }
  const Samples other = read_known(dataset, "label,i,half\n0,3,1\n1,4,1\n", Answers::needed);
  EXPECT_EQ(other.rows, (std::vector<std::uint32_t>{2, 3}));
}

TEST_F(CsvDataset, FewerThanSixRowsAreRefused) {
  EXPECT_EQ(error("label,a\n0,1\n1,1\n"),
            "FOLDER/x.csv: has 2 rows, expected at least 6: one in 6 is kept for testing");
  EXPECT_EQ(error("label,a\n0,1\n1,1\n0,1\n1,1\n0,1\n"),
            "FOLDER/x.csv: has 5 rows, expected at least 6: one in 6 is kept for testing");
}

TEST_F(CsvDataset, AFolderWithoutATableIsRefused) {
  write("train.csv", table(6));
  EXPECT_EQ(
      without_folder(thrown<DataError>([&] { static_cast<void>(read_csv_folder(folder())); })),
      "FOLDER/test.csv: cannot read: No such file or directory");
}

TEST_F(CsvDataset, TestRowsAreReadByTheNamesOfTheirColumns) {
  const Dataset dataset =
      read_folder("label,a,b\n1,10,20\n0,3,4\n1,10,20\n0,3,4\n", "label,b,a\n0,30,40\n");
  EXPECT_EQ(dataset.test.values, (Values{40, 30}));
}

TEST_F(CsvDataset, TestRowsWithoutALabelAreToBeClassified) {
  EXPECT_EQ(folder_error("label,a\n0,1\n1,3\n0,1\n1,3\n", "a\n1\n"),
            "FOLDER/test.csv: has no column \"label\"; to learn use --data " +
                (folder() / "train.csv").string() + ", to classify these rows gradus predict RUN " +
                (folder() / "test.csv").string());
}

TEST_F(CsvDataset, AClassThatTrainingNeverHasIsRefused) {
  EXPECT_EQ(folder_error("label,a\n0,1\n1,3\n0,1\n1,3\n", "label,a\n0,1\n2,1\n"),
            "FOLDER/test.csv: row 3, column 1 \"label\": the label is \"2\", which training never "
            "has; its classes are \"0\", \"1\"");
}

TEST_F(CsvDataset, ANetworkThatKnowsNoTableTakesColumnsInTheirOrder) {
  const Values features{10, 20.5F, 30, 40};
  const auto values = [&](std::string_view text) {
    return read_csv_features(write("x.csv", text), 2).values;
  };
  EXPECT_EQ(values("10,20.5\n30,40\n"), features);
  EXPECT_EQ(values("a,b\n10,20.5\n30,40\n"), features);
  EXPECT_EQ(values("a,label,b\n10,0,20.5\n30,1,40\n"), features);
  EXPECT_EQ(values("a,b,label\n10,20.5,0.5\n30,40,0\n"), features);
}

TEST_F(CsvDataset, FeaturesOfAnotherNumberAreRefused) {
  const auto refusal = [&](std::string_view text) {
    return without_folder(
        thrown<DataError>([&] { static_cast<void>(read_csv_features(write("x.csv", text), 2)); }));
  };
  EXPECT_EQ(refusal("1\n"), "FOLDER/x.csv: has 1 column, the network takes 2");
  // Which of three columns is the label cannot be known here.
  EXPECT_EQ(refusal("1,2,3\n"), "FOLDER/x.csv: has 3 columns, the network takes 2");
  // One feature is missing, and the label must not stand in for it.
  EXPECT_EQ(refusal("a,label\n1,0\n"),
            "FOLDER/x.csv: has 1 column beside the label, the network takes 2");
}

TEST(TableName, EndsInOneOfFour) {
  for (const char* name : {"a.csv", "a.CSV", "b.c.Tsv", "iris.data", "x.txt"}) {
    EXPECT_TRUE(is_table_name(name)) << name;
  }
  for (const char* name : {"csv", "a.csv.gz", "a.npz", "a"}) {
    EXPECT_FALSE(is_table_name(name)) << name;
  }
}

}  // namespace
}  // namespace gradus

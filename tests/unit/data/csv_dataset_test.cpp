// SPDX-License-Identifier: MIT
#include "gradus/data/csv_dataset.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "gradus/core/error.hpp"
#include "support.hpp"
#include "unit/formats/temporary_folder.hpp"
#include "unit/formats/thrown.hpp"

namespace gradus {
namespace {

using Bytes = std::vector<std::uint8_t>;
using Labels = std::vector<Label>;
using Values = std::vector<float>;

/// Tables in a folder of their own.
class CsvDataset : public ::testing::Test {
 protected:
  std::filesystem::path write(const std::string& name, std::string_view text) {
    const std::filesystem::path path = folder() / name;
    std::ofstream(path) << text;
    return path;
  }

  Dataset read(std::string_view text) { return read_csv_dataset(write("x.csv", text)); }

  Dataset read_folder(std::string_view train, std::string_view test) {
    write("train.csv", train);
    write("test.csv", test);
    return read_csv_folder(folder());
  }

  /// The message, with the folder left out.
  std::string error(std::string_view text) {
    return without_folder(thrown<DataError>([&] { static_cast<void>(read(text)); }));
  }
  std::string folder_error(std::string_view train, std::string_view test) {
    return without_folder(thrown<DataError>([&] { static_cast<void>(read_folder(train, test)); }));
  }
  std::string without_folder(std::string message) {
    const std::size_t at = message.find(folder().string());
    return at == std::string::npos ? message
                                   : message.replace(at, folder().string().size(), "FOLDER");
  }

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }

 private:
  TemporaryFolder folder_;
};

/// A table of `num_rows` samples: label i % 3, features i and 2.5.
std::string table(int num_rows) {
  std::string text;
  for (int i = 0; i < num_rows; ++i) {
    text += std::to_string(i % 3) + "," + std::to_string(i) + ",2.5\n";
  }
  return text;
}

/// The first feature of each sample.
Values first_features(const Samples& samples) {
  Values features;
  for (std::size_t i = 0; i < samples.values.size(); i += samples.num_features) {
    features.push_back(samples.values[i]);
  }
  return features;
}

TEST_F(CsvDataset, TakesTheFirstColumnForTheLabel) {
  const Dataset dataset = read_folder("1,10,20\n0,30,40\n", "2,50,60\n");
  EXPECT_EQ(dataset.train.labels, (Labels{1, 0}));
  EXPECT_EQ(dataset.train.bytes, (Bytes{10, 20, 30, 40}));
  EXPECT_EQ(dataset.test.labels, (Labels{2}));
  EXPECT_EQ(dataset.test.bytes, (Bytes{50, 60}));
}

TEST_F(CsvDataset, TakesTheFirstColumnOfAHeaderWithoutALabel) {
  const Dataset dataset = read_folder("kind,a,b\n1,10,20\n", "kind,a,b\n0,30,40\n");
  EXPECT_EQ(dataset.train.labels, (Labels{1}));
  EXPECT_EQ(dataset.train.bytes, (Bytes{10, 20}));
}

TEST_F(CsvDataset, TakesTheColumnNamedLabelWhereverItIs) {
  const Dataset middle = read_folder("a,label,b\n10,1,20\n", "a,label,b\n30,0,40\n");
  EXPECT_EQ(middle.train.labels, (Labels{1}));
  EXPECT_EQ(middle.train.bytes, (Bytes{10, 20}));
  const Dataset last = read_folder("a,b,label\n10,20,1\n", "a,b,label\n30,40,0\n");
  EXPECT_EQ(last.test.labels, (Labels{0}));
  EXPECT_EQ(last.test.bytes, (Bytes{30, 40}));
}

TEST_F(CsvDataset, KnowsTheLabelByLabelOrClassInAnyCase) {
  for (const std::string name : {"Label", "LABEL", "class", "Class", "CLASS"}) {
    const std::string header = "a,b," + name + "\n";
    const Dataset dataset = read_folder(header + "10,20,1\n", header + "30,40,0\n");
    EXPECT_EQ(dataset.train.labels, (Labels{1})) << name;
    EXPECT_EQ(dataset.train.bytes, (Bytes{10, 20})) << name;
    EXPECT_EQ(read_csv_features(write("x.csv", header + "10,20,1\n"), 2), (Values{10, 20})) << name;
  }
}

TEST_F(CsvDataset, PrefersAColumnNamedLabelToOneNamedClass) {
  const Dataset dataset = read_folder("a,class,Label\n10,20,1\n", "a,class,Label\n30,40,0\n");
  EXPECT_EQ(dataset.train.labels, (Labels{1}));
  EXPECT_EQ(dataset.train.bytes, (Bytes{10, 20}));
}

TEST_F(CsvDataset, TakesNoNameThatOnlyContainsTheWord) {
  const Dataset dataset = read_folder("a,labels,classes\n1,20,3\n", "a,labels,classes\n0,40,5\n");
  EXPECT_EQ(dataset.train.labels, (Labels{1}));
}

TEST_F(CsvDataset, TellsShapeClassesAndName) {
  const Dataset dataset = read(table(12));
  EXPECT_EQ(dataset.sample_shape, Shape{2});
  EXPECT_EQ(dataset.train.num_features, 2U);
  EXPECT_EQ(dataset.test.num_features, 2U);
  EXPECT_EQ(dataset.num_classes, 3U);
  EXPECT_EQ(dataset.name, (folder() / "x.csv").string());
}

TEST_F(CsvDataset, CountsTheClassesOfBothHalves) {
  EXPECT_EQ(read_folder("0,1\n1,1\n", "6,1\n").num_classes, 7U);
  EXPECT_EQ(read_folder("6,1\n1,1\n", "0,1\n").num_classes, 7U);
}

TEST_F(CsvDataset, KeepsWholeNumbersFrom0To255AsBytes) {
  const Dataset dataset = read_folder("1,0,255\n", "0,7,0\n");
  EXPECT_EQ(dataset.train.bytes, (Bytes{0, 255}));
  EXPECT_EQ(dataset.test.bytes, (Bytes{7, 0}));
  EXPECT_TRUE(dataset.train.values.empty());
  EXPECT_TRUE(dataset.test.values.empty());
}

TEST_F(CsvDataset, KeepsBothHalvesAsNumbersWhenOneFeatureIsNoByte) {
  for (const char* number : {"0.5", "-1", "256"}) {
    const float value = std::stof(number);
    const Dataset in_train = read_folder("1,3," + std::string(number) + "\n", "0,7,0\n");
    EXPECT_EQ(in_train.train.values, (Values{3, value})) << number;
    EXPECT_EQ(in_train.test.values, (Values{7, 0})) << number;
    EXPECT_TRUE(in_train.train.bytes.empty()) << number;
    const Dataset in_test = read_folder("1,3,4\n", "0,7," + std::string(number) + "\n");
    EXPECT_EQ(in_test.train.values, (Values{3, 4})) << number;
    EXPECT_EQ(in_test.test.values, (Values{7, value})) << number;
    EXPECT_TRUE(in_test.test.bytes.empty()) << number;
  }
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
  EXPECT_EQ(error("0,1\n0.5,1\n"),
            "FOLDER/x.csv: row 2: the label is 0.5, expected a class: 0, 1, 2, ... up to 999");
  EXPECT_EQ(error("0,1\n1,1\n-1,1\n"),
            "FOLDER/x.csv: row 3: the label is -1, expected a class: 0, 1, 2, ... up to 999");
  EXPECT_EQ(error("1000,1\n"),
            "FOLDER/x.csv: row 1: the label is 1000, expected a class: 0, 1, 2, ... up to 999");
}

TEST_F(CsvDataset, TheRowOfABadLabelIsCountedWithTheHeader) {
  EXPECT_EQ(error("a,label\n7,0\n8,1.5\n"),
            "FOLDER/x.csv: row 3: the label is 1.5, expected a class: 0, 1, 2, ... up to 999");
}

TEST_F(CsvDataset, TheLargestClassIsTaken) {
  EXPECT_EQ(read_folder("999,1\n", "0,1\n").num_classes, 1000U);
}

TEST_F(CsvDataset, ASingleClassIsRefused) {
  EXPECT_EQ(error("0,1\n0,2\n0,3\n0,4\n0,5\n0,6\n"),
            "FOLDER/x.csv: every label is 0, expected at least two classes");
}

TEST_F(CsvDataset, FewerThanSixRowsAreRefused) {
  EXPECT_EQ(error(table(5)),
            "FOLDER/x.csv: has 5 rows, expected at least 6: one in 6 is kept for testing");
}

TEST_F(CsvDataset, AFolderWithoutATableIsRefused) {
  write("train.csv", table(6));
  EXPECT_EQ(
      without_folder(thrown<DataError>([&] { static_cast<void>(read_csv_folder(folder())); })),
      "FOLDER/test.csv: cannot read: No such file or directory");
}

TEST_F(CsvDataset, TablesWithDifferentNumbersOfColumnsAreRefused) {
  EXPECT_EQ(folder_error("0,1,2\n1,3,4\n", "0,1\n"),
            "FOLDER/test.csv: has 1 feature for each sample, train.csv beside it has 2");
}

// The same numbers in another order would be learned right and tested wrong.
TEST_F(CsvDataset, TablesWithDifferentColumnNamesAreRefused) {
  EXPECT_THROW(static_cast<void>(read_folder("label,a,b\n1,10,20\n", "label,b,a\n0,30,40\n")),
               DataError);
}

// The label is the last column of one and would be the first of the other.
TEST_F(CsvDataset, TablesOfWhichOneHasNoNamesAreRefused) {
  EXPECT_THROW(static_cast<void>(read_folder("a,b,label\n10,20,1\n", "30,40,0\n")), DataError);
}

TEST_F(CsvDataset, FeaturesAreReadWithAndWithoutALabel) {
  const Values features{10, 20.5F, 30, 40};
  EXPECT_EQ(read_csv_features(write("x.csv", "10,20.5\n30,40\n"), 2), features);
  EXPECT_EQ(read_csv_features(write("x.csv", "a,b\n10,20.5\n30,40\n"), 2), features);
  EXPECT_EQ(read_csv_features(write("x.csv", "7,10,20.5\n-7,30,40\n"), 2), features);
  EXPECT_EQ(read_csv_features(write("x.csv", "a,label,b\n10,0,20.5\n30,1,40\n"), 2), features);
  EXPECT_EQ(read_csv_features(write("x.csv", "a,b,label\n10,20.5,0.5\n30,40,0\n"), 2), features);
}

TEST_F(CsvDataset, FeaturesOfAnotherNumberAreRefused) {
  const auto refusal = [&](std::string_view text) {
    return without_folder(
        thrown<ShapeError>([&] { static_cast<void>(read_csv_features(write("x.csv", text), 2)); }));
  };
  EXPECT_EQ(refusal("1\n"),
            "FOLDER/x.csv: has 1 column, expected 2 features, or these and a label");
  EXPECT_EQ(refusal("1,2,3,4\n"),
            "FOLDER/x.csv: has 4 columns, expected 2 features, or these and a label");
  // One feature is missing, and the label must not stand in for it.
  EXPECT_EQ(
      refusal("a,label\n1,0\n"),
      "FOLDER/x.csv: has 2 columns with the label, expected 2 features, or these and a label");
}

}  // namespace
}  // namespace gradus

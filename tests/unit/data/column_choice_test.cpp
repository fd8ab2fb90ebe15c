// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "csv_tables.hpp"

namespace gradus {
namespace {

using ColumnChoice = CsvTables;

TEST_F(ColumnChoice, TakesTheColumnNamedLabelWhereverItIs) {
  for (const std::string name : {"label", "Label", "LABEL", "class", "Target", "Outcome", "species",
                                 "Survived", "diagnosis", "category", "digit", "y"}) {
    const Dataset middle = read_folder("a," + name + ",b\n10,1,20\n30,0,40\n10,1,20\n30,0,40\n",
                                       "a," + name + ",b\n30,0,40\n");
    EXPECT_EQ(middle.train.labels, (Labels{1, 0, 1, 0})) << name;
    EXPECT_EQ(middle.train.values, (Values{10, 20, 30, 40, 10, 20, 30, 40})) << name;
    EXPECT_EQ(middle.test.labels, (Labels{0})) << name;
    EXPECT_EQ(middle.layout.answers.front().name, name);
    EXPECT_EQ(middle.reading.label_reason, LabelReason::named);
  }
}

TEST_F(ColumnChoice, PrefersTheSurerOfTwoNames) {
  const Dataset dataset =
      read("x,y,label\n" + std::string("1,2,0\n3,4,1\n5,6,0\n7,8,1\n1,1,0\n2,2,1\n"));
  EXPECT_EQ(dataset.layout.answers.front().name, "label");
}

TEST_F(ColumnChoice, RefusesTwoNamesThatAreEquallySure) {
  EXPECT_EQ(
      error("label,a,label\n0,1,0\n"),
      "FOLDER/x.csv: column 1 \"label\" and column 3 \"label\" may both be the label; --label 1 "
      "or --label 3 says which, --ignore leaves the other out");
  EXPECT_THROW(static_cast<void>(read("species,a,target\n0,1,0\n")), DataError);
}

TEST_F(ColumnChoice, TakesTheOnlyColumnOfText) {
  const Dataset dataset = read(flowers("a,b,c\n"));
  EXPECT_EQ(dataset.reading.label_reason, LabelReason::only_text);
  EXPECT_EQ(dataset.class_names, (Names{"setosa", "versicolor", "virginica"}));
  EXPECT_EQ(dataset.num_classes, 3U);
  EXPECT_EQ(read(flowers("")).class_names, dataset.class_names);  // as the UCI repository has it
}

TEST_F(ColumnChoice, TakesTheFirstColumnBeforePixels) {
  std::string text;
  for (int i = 0; i < 12; ++i) {
    text += std::to_string(i % 2) + pixels(64, 1 + i);
  }
  const Dataset dataset = read(text);
  EXPECT_EQ(dataset.reading.label_reason, LabelReason::first_of_pixels);
  EXPECT_EQ(dataset.sample_shape, (Shape{8, 8}));
  EXPECT_EQ(dataset.train.num_features, 64U);
  EXPECT_TRUE(dataset.train.values.empty());
}

TEST_F(ColumnChoice, RefusesToGuessTheLabel) {
  EXPECT_EQ(error("5.1,3.5,0\n4.9,3.1,1\n4.7,3.2,0\n6.1,2,1\n5,3,0\n5,2,1\n"),
            "FOLDER/x.csv: which column is the label? None is called label, class, target, "
            "species or the like, and none is text; likely column 3 (2 different values); say "
            "--label 3, or --target 3 to learn a number");
  EXPECT_EQ(error("kind,a,b,c\nx,u,1.5,0\ny,v,2.5,1\nx,u,1.5,0\ny,v,2,1\n"),
            "FOLDER/x.csv: which column is the label? None is called label, class, target, "
            "species or the like, and 2 are text; likely column 1 \"kind\" (2 different values), "
            "column 2 \"a\" (2 different values), "
            "column 4 \"c\" (2 different values); say --label kind, or --target c to learn a "
            "number");
  EXPECT_EQ(error("size,price,name\n1.5,21.5,a\n2,31,b\n2.5,41.25,c\n3,50,d\n3.5,60,e\n4,71,f\n"),
            "FOLDER/x.csv: which column is the label? None is called label, class, target, "
            "species or the like, and the one of text has another word in most rows; --label NAME "
            "says which column has the class, --target price to learn a number");
}

TEST_F(ColumnChoice, AColumnYIsTheLabelWhenItHoldsClassesAndIsNoPlaceInThePlane) {
  const auto label = [&](const std::string& header) {
    std::string text = header + "\n";
    for (int i = 0; i < 6; ++i) {
      text += std::to_string(i) + ".5," + std::to_string(i % 2) + (i % 2 == 0 ? ",u\n" : ",v\n");
    }
    return read(text).layout.answers.front().name;
  };
  EXPECT_EQ(label("a,y,b"), "y");
  EXPECT_EQ(label("x,y,group"), "group");
  EXPECT_EQ(label("y,a,group"), "group");  // y is 0.5, 1.5, ...
}

TEST_F(ColumnChoice, WordsAreNoNumbersToLearn) {
  EXPECT_EQ(error(flowers(), {.targets = {"species"}}),
            "FOLDER/x.csv: --target species: column 3 \"species\" holds text, expected numbers; "
            "--label species learns its words as classes");
}

TEST_F(ColumnChoice, NamesAreNoClasses) {
  std::string text = "a,label\n";
  for (int i = 0; i < 1500; ++i) {
    text += std::to_string(i % 7) + ",n" + std::to_string(i) + "\n";
  }
  EXPECT_EQ(error(text),
            "FOLDER/x.csv: column 2 \"label\": has more than 1000 different words, so they are no "
            "classes; --label NAME says which column has them");
}

TEST_F(ColumnChoice, TakesTheColumnThatIsAskedFor) {
  const std::string text = "a,b,label\n1,5.5,0\n0,4.5,1\n1,5,0\n0,4,1\n1,6,0\n0,7,1\n";
  for (const std::string name : {"a", "A", "1"}) {
    const Dataset dataset = read(text, {.label = name});
    EXPECT_EQ(dataset.layout.answers.front().place, 0U) << name;
    EXPECT_EQ(dataset.reading.label_reason, LabelReason::asked) << name;
    EXPECT_EQ(dataset.train.num_features, 2U) << name;
  }
  EXPECT_EQ(error(text, {.label = "c"}),
            "FOLDER/x.csv: --label c: no such column; there are 3: \"a\", \"b\", \"label\"");
  EXPECT_EQ(error(text, {.label = "4"}),
            "FOLDER/x.csv: --label 4: no such column; there are 3: \"a\", \"b\", \"label\"");
  EXPECT_EQ(error(text, {.label = "0"}),
            "FOLDER/x.csv: --label 0: no such column; there are 3: \"a\", \"b\", \"label\"");
  EXPECT_EQ(error("a,a,b\n1,2,3\n", {.label = "a"}),
            "FOLDER/x.csv: --label a: columns 1 and 2 have this name; say the number");
}

TEST_F(ColumnChoice, LeavesOutWhatIsIgnored) {
  const std::string text =
      ",id,b,label\n1,7,5.5,0\n2,9,4.5,1\n3,7,5,0\n4,8,4,1\n5,7,6,0\n6,9,7,1\n";
  const Dataset dataset = read(text, {.ignored = {"1", "ID"}});
  EXPECT_EQ(dataset.train.num_features, 1U);
  EXPECT_EQ(dataset.layout.features.front().name, "b");
  EXPECT_TRUE(dataset.reading.counting.empty());
  EXPECT_EQ(error(text, {.label = "b", .ignored = {"b"}}),
            "FOLDER/x.csv: column 3 \"b\" cannot be learned and ignored");
  EXPECT_EQ(error(text, {.ignored = {"1", "2", "3"}}),
            "FOLDER/x.csv: has one column, expected a label and at least one feature");
}

TEST_F(ColumnChoice, SeesAColumnThatNumbersTheRows) {
  const std::string rows = "1,5.5,0\n2,4.5,1\n3,5,0\n4,4,1\n5,6,0\n6,7,1\n";
  EXPECT_EQ(read("id,b,label\n" + rows).reading.counting, (std::vector<std::size_t>{0}));
  EXPECT_EQ(read(",b,label\n3,5.5,0\n1,4.5,1\n7,5,0\n4,4,1\n5,6,0\n6,7,1\n").reading.counting,
            (std::vector<std::size_t>{0}));
  EXPECT_TRUE(
      read("id,b,label\n1,5,0\n3,4,1\n4,5,0\n5,4,1\n6,6,0\n7,7,1\n").reading.counting.empty());
}

TEST_F(ColumnChoice, SeesWholeNumbersThatFloatRounds) {
  const Dataset dataset =
      read("t,b,label\n1700000001,5,0\n1700000002,4,1\n1,5,0\n5,4,1\n6,6,0\n7,7,1\n");
  EXPECT_EQ(dataset.reading.rounded, (std::vector<std::size_t>{0}));
}

}  // namespace
}  // namespace gradus

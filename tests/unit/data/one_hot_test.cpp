// SPDX-License-Identifier: MIT
#include "gradus/data/one_hot.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "gradus/core/error.hpp"
#include "support.hpp"
#include "unit/formats/thrown.hpp"

namespace gradus {
namespace {

using Labels = std::vector<Label>;

/// The labels of one row.
Labels labels_of_row(const std::vector<double>& row) {
  return labels_of(MatrixView<const double>(row.data(), 1, row.size()));
}

std::string refusal(const std::vector<double>& row) {
  return thrown<ValueError>([&] { static_cast<void>(labels_of_row(row)); });
}

TEST(OneHot, IsOneAtTheClassAndZeroElsewhere) {
  const Array<double> rows = one_hot(Labels{2, 0}, 3);
  EXPECT_EQ(rows.shape(), (Shape{2, 3}));
  EXPECT_EQ(copy_of(rows.elements()), (std::vector<double>{0, 0, 1, 1, 0, 0}));
}

TEST(OneHot, OfNoLabelsHasNoRows) {
  EXPECT_EQ(one_hot(Labels{}, 10).shape(), (Shape{0, 10}));
}

TEST(OneHot, RefusesAClassThatIsNotThere) {
  EXPECT_EQ(thrown<ValueError>([] {
              static_cast<void>(one_hot(Labels{1, 9, 10}, 10));
            }),
            "one_hot: the label of row 2 is 10, expected a class below 10");
}

TEST(LabelsOf, TakeOneHotBack) {
  const Labels labels{3, 0, 9, 9, 5};
  const Array<double> rows = one_hot(labels, 10);
  EXPECT_EQ(labels_of(rows.matrix()), labels);
}

TEST(LabelsOf, NoRowsAreNone) {
  EXPECT_EQ(labels_of(MatrixView<const double>(nullptr, 0, 10)), Labels{});
}

TEST(LabelsOf, ADistributionIsRefused) {
  EXPECT_EQ(refusal({0.1, 0.8, 0.1}), "labels_of: row 0 is not one-hot: one 1, the others 0");
  EXPECT_EQ(refusal({0, 1, 0.1}), "labels_of: row 0 is not one-hot: one 1, the others 0");
}

TEST(LabelsOf, TwoClassesAtOnceAreRefused) {
  EXPECT_EQ(refusal({1, 0, 1}), "labels_of: row 0 is not one-hot: one 1, the others 0");
}

TEST(LabelsOf, NoClassIsRefused) {
  EXPECT_EQ(refusal({0, 0, 0}), "labels_of: row 0 is not one-hot: one 1, the others 0");
}

TEST(LabelsOf, NanIsRefused) {
  EXPECT_EQ(refusal({1, std::numeric_limits<double>::quiet_NaN(), 0}),
            "labels_of: row 0 is not one-hot: one 1, the others 0");
}

TEST(LabelsOf, TheBadRowIsNamed) {
  Array<double> rows = one_hot(Labels{1, 1, 1}, 2);
  rows.matrix()(2, 0) = 0.5;
  EXPECT_EQ(thrown<ValueError>([&] { static_cast<void>(labels_of(rows.matrix())); }),
            "labels_of: row 2 is not one-hot: one 1, the others 0");
}

}  // namespace
}  // namespace gradus

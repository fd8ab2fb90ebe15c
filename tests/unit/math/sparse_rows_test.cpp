// SPDX-License-Identifier: MIT
#include "gradus/math/sparse_rows.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "support.hpp"
#include "unit/formats/thrown.hpp"

namespace gradus {
namespace {

TEST(SparseRows, KeepTheNonZeroEntriesInOrder) {
  const Array<std::uint8_t> dense(Shape{3, 4}, {0, 7, 0, 255, 0, 0, 0, 0, 1, 0, 0, 0});
  const SparseRows rows(dense.matrix());
  EXPECT_EQ(copy_of(rows.columns(0)), (std::vector<std::uint16_t>{1, 3}));
  EXPECT_EQ(copy_of(rows.values(0)), (std::vector<std::uint8_t>{7, 255}));
  EXPECT_TRUE(rows.columns(1).empty());
  EXPECT_TRUE(rows.values(1).empty());
  EXPECT_EQ(copy_of(rows.columns(2)), (std::vector<std::uint16_t>{0}));
  EXPECT_EQ(copy_of(rows.values(2)), (std::vector<std::uint8_t>{1}));
}

TEST(SparseRows, KnowTheirSize) {
  const SparseRows rows(Array<std::uint8_t>(Shape{40, 70}).matrix());
  EXPECT_EQ(rows.num_rows(), 40U);
  EXPECT_EQ(rows.num_cols(), 70U);
}

TEST(SparseRows, MayBeNone) {
  const SparseRows rows(MatrixView<const std::uint8_t>(nullptr, 0, 784));
  EXPECT_EQ(rows.num_rows(), 0U);
  EXPECT_EQ(rows.num_cols(), 784U);
}

TEST(SparseRows, ReachTheLastColumnThat16BitsCanName) {
  std::vector<std::uint8_t> row(SparseRows::max_num_cols);
  row.back() = 9;
  const SparseRows rows(MatrixView<const std::uint8_t>(row.data(), 1, row.size()));
  EXPECT_EQ(copy_of(rows.columns(0)), (std::vector<std::uint16_t>{65535}));
}

TEST(SparseRows, RefuseOneColumnMore) {
  const std::vector<std::uint8_t> row(SparseRows::max_num_cols + 1);
  EXPECT_EQ(thrown<ShapeError>([&] {
              SparseRows rows(MatrixView<const std::uint8_t>(row.data(), 1, row.size()));
            }),
            "SparseRows: got 65537 columns, at most 65536 are possible");
}

}  // namespace
}  // namespace gradus

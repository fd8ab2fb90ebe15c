// SPDX-License-Identifier: MIT
#include "gradus/math/sparse_rows.hpp"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "support.hpp"
#include "unit/formats/thrown.hpp"

namespace gradus {
namespace {

using Entries = std::vector<std::pair<std::size_t, int>>;  // column and value

Entries entries_of(const SparseRows& rows, std::size_t r) {
  Entries entries;
  rows.for_each_entry(
      r, [&](std::size_t column, std::uint8_t value) { entries.emplace_back(column, value); });
  return entries;
}

TEST(SparseRows, KeepTheNonZeroEntriesInOrder) {
  const Array<std::uint8_t> dense(Shape{3, 4}, {0, 7, 0, 255, 0, 0, 0, 0, 1, 0, 0, 0});
  const SparseRows rows(dense.matrix());
  EXPECT_EQ(entries_of(rows, 0), (Entries{{1, 7}, {3, 255}}));
  EXPECT_EQ(entries_of(rows, 1), Entries());
  EXPECT_EQ(entries_of(rows, 2), (Entries{{0, 1}}));
}

TEST(SparseRows, AreReadBlockByBlock) {
  constexpr std::size_t width = SparseRows::cols_per_block;
  std::vector<std::uint8_t> dense(2 * width + 1);
  dense[width - 1] = 3;
  dense[width] = 4;
  dense[2 * width] = 5;
  const SparseRows rows({dense.data(), 1, dense.size()});
  ASSERT_EQ(rows.num_col_blocks(), 3U);
  EXPECT_EQ(entries_of(rows, 0), (Entries{{width - 1, 3}, {width, 4}, {2 * width, 5}}));
  SparseRowReader reader = rows.row(0);
  for (const auto& [column, value] : Entries{{width - 1, 3}, {0, 4}, {0, 5}}) {
    const SparseEntries entries = reader.next_block();
    ASSERT_EQ(entries.count(), 1U);
    EXPECT_EQ(entries.column(0), column);
    EXPECT_EQ(entries.value(0), value);
  }
}

TEST(SparseRows, MayBeFull) {
  const std::vector<std::uint8_t> dense(3 * SparseRows::cols_per_block, 255);
  const SparseRows rows({dense.data(), 1, dense.size()});
  EXPECT_EQ(entries_of(rows, 0).size(), dense.size());
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

TEST(SparseRows, ReachTheLastColumn) {
  std::vector<std::uint8_t> row(SparseRows::max_num_cols);
  row.back() = 9;
  const SparseRows rows(MatrixView<const std::uint8_t>(row.data(), 1, row.size()));
  EXPECT_EQ(entries_of(rows, 0), (Entries{{65535, 9}}));
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

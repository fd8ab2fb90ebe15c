// SPDX-License-Identifier: MIT
#include "gradus/math/column_lists.hpp"

#include <gtest/gtest.h>

namespace gradus {
namespace {

TEST(ColumnLists, KeepWhatWasNotedInItsOrder) {
  ColumnLists lists;
  lists.reset(3, 10);
  lists.notes_for(0, 4).add(2, 255);
  lists.notes_for(2, 0).add(6, 1);
  EXPECT_EQ(lists.num_samples(), 3U);
  EXPECT_EQ(lists.num_columns(), 10U);
  const auto list = lists.list(0, 6);
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0].sample(), 0U);
  EXPECT_EQ(list[0].value(), 255U);
  EXPECT_EQ(list[1].sample(), 2U);
  EXPECT_EQ(list[1].value(), 1U);
  EXPECT_TRUE(lists.list(0, 5).empty());
}

TEST(ColumnLists, KeepSamplesInGroups) {
  constexpr std::size_t size = ColumnLists::samples_per_group;
  ColumnLists lists;
  lists.reset(size + 1, 2);
  for (std::size_t sample = 0; sample <= size; ++sample) {
    lists.notes_for(sample, 0).add(1, 7);
  }
  EXPECT_EQ(lists.list(0, 1).size(), size);
  EXPECT_EQ(lists.list(0, 1).back().sample(), size - 1);
  ASSERT_EQ(lists.list(1, 1).size(), 1U);
  EXPECT_EQ(lists.list(1, 1).front().sample(), 0U);
  EXPECT_TRUE(lists.list(1, 0).empty());
}

TEST(ColumnLists, AreEmptyAfterAReset) {
  ColumnLists lists;
  lists.reset(3, 10);
  lists.notes_for(1, 0).add(4, 9);
  lists.reset(2, 6);
  EXPECT_TRUE(lists.list(0, 4).empty());
}

TEST(ColumnLists, OfAnEmptyBatchAreEmpty) {
  ColumnLists lists;
  lists.reset(0, 6);
  EXPECT_TRUE(lists.list(0, 5).empty());
}

}  // namespace
}  // namespace gradus

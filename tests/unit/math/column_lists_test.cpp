// SPDX-License-Identifier: MIT
#include "math/column_lists.hpp"

#include <gtest/gtest.h>

namespace gradus {
namespace {

/// Lists with one copy, empty.
void make_ready(ColumnLists& lists, std::size_t num_samples, std::size_t num_columns) {
  lists.reset(num_samples, num_columns, 1);
  lists.clear(0);
}

TEST(ColumnLists, KeepWhatWasNotedInItsOrder) {
  ColumnLists lists;
  make_ready(lists, 3, 10);
  lists.notes_for(0, 0, 4).add(2, 255);
  lists.notes_for(0, 2, 0).add(6, 1);
  EXPECT_EQ(lists.num_samples(), 3U);
  EXPECT_EQ(lists.num_columns(), 10U);
  const auto list = lists.list(0, 0, 6);
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0].sample(), 0U);
  EXPECT_EQ(list[0].value(), 255U);
  EXPECT_EQ(list[1].sample(), 2U);
  EXPECT_EQ(list[1].value(), 1U);
  EXPECT_TRUE(lists.list(0, 0, 5).empty());
}

TEST(ColumnLists, KeepSamplesInGroups) {
  constexpr std::size_t size = ColumnLists::samples_per_group;
  ColumnLists lists;
  make_ready(lists, size + 1, 2);
  for (std::size_t sample = 0; sample <= size; ++sample) {
    lists.notes_for(0, sample, 0).add(1, 7);
  }
  EXPECT_EQ(lists.list(0, 0, 1).size(), size);
  EXPECT_EQ(lists.list(0, 0, 1).back().sample(), size - 1);
  ASSERT_EQ(lists.list(0, 1, 1).size(), 1U);
  EXPECT_EQ(lists.list(0, 1, 1).front().sample(), 0U);
  EXPECT_TRUE(lists.list(0, 1, 0).empty());
}

TEST(ColumnLists, AreEmptyWhenTheyAreCleared) {
  ColumnLists lists;
  make_ready(lists, 3, 10);
  lists.notes_for(0, 1, 0).add(4, 9);
  make_ready(lists, 2, 6);
  EXPECT_TRUE(lists.list(0, 0, 4).empty());
}

TEST(ColumnLists, KeepCopiesApart) {
  ColumnLists lists;
  lists.reset(ColumnLists::samples_per_group + 1, 3, 2);
  lists.clear(0);
  lists.clear(1);
  lists.notes_for(0, ColumnLists::samples_per_group, 0).add(2, 5);  // the last list of a copy
  lists.notes_for(1, 0, 0).add(0, 6);                               // the first of the next
  ASSERT_EQ(lists.list(0, 1, 2).size(), 1U);
  EXPECT_EQ(lists.list(0, 1, 2).front().value(), 5U);
  ASSERT_EQ(lists.list(1, 0, 0).size(), 1U);
  EXPECT_EQ(lists.list(1, 0, 0).front().value(), 6U);
  lists.clear(1);
  EXPECT_TRUE(lists.list(1, 0, 0).empty());
  EXPECT_EQ(lists.list(0, 1, 2).size(), 1U);
}

TEST(ColumnLists, OfAnEmptyBatchAreEmpty) {
  ColumnLists lists;
  make_ready(lists, 0, 6);
  EXPECT_TRUE(lists.list(0, 0, 5).empty());
}

}  // namespace
}  // namespace gradus

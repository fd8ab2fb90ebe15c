// SPDX-License-Identifier: MIT
#include "gradus/data/test_split.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

namespace gradus {
namespace {

using Numbers = std::vector<std::uint32_t>;

Numbers together(const TestSplit& split) {
  Numbers all = split.train;
  all.insert(all.end(), split.test.begin(), split.test.end());
  std::sort(all.begin(), all.end());
  return all;
}

TEST(TestSplit, KeepsASixthOfTheSamplesEachInOnePart) {
  for (const std::size_t num_samples : {0U, 5U, 6U, 11U, 600U}) {
    const TestSplit split = draw_test_split(num_samples);
    Numbers expected(num_samples);
    std::iota(expected.begin(), expected.end(), 0U);
    EXPECT_EQ(together(split), expected);
    EXPECT_EQ(split.test.size(), num_samples / 6);
    EXPECT_TRUE(std::is_sorted(split.train.begin(), split.train.end()));
    EXPECT_TRUE(std::is_sorted(split.test.begin(), split.test.end()));
  }
}

TEST(TestSplit, IsTheSameWhereNoClassIsLost) {
  std::vector<Label> labels(600);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    labels[i] = static_cast<Label>(i % 3);
  }
  const TestSplit split = draw_test_split(labels, 3);
  EXPECT_EQ(split.train, draw_test_split(600).train);
  EXPECT_EQ(split.test, draw_test_split(600).test);
}

TEST(TestSplit, LeavesEveryClassASampleToLearnFrom) {
  std::vector<Label> labels(60);  // class 0
  const Numbers drawn = draw_test_split(labels.size()).test;
  labels[drawn[2]] = 1;  // one sample, drawn for testing
  labels[drawn[4]] = 2;  // two, and both drawn
  labels[drawn[7]] = 2;
  const TestSplit split = draw_test_split(labels, 3);
  Numbers expected = drawn;
  expected.erase(expected.begin() + 4);
  expected.erase(expected.begin() + 2);
  EXPECT_EQ(split.test, expected);
  EXPECT_EQ(together(split).size(), 60U);
  EXPECT_TRUE(std::is_sorted(split.train.begin(), split.train.end()));
}

}  // namespace
}  // namespace gradus

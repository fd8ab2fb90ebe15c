// SPDX-License-Identifier: MIT
#include "gradus/core/numbers_below.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace gradus {
namespace {

TEST(NumbersBelow, BeginAtZero) {
  EXPECT_EQ(numbers_below<std::uint32_t>(4), (std::vector<std::uint32_t>{0, 1, 2, 3}));
  EXPECT_EQ(numbers_below<double>(3), (std::vector<double>{0, 1, 2}));
  EXPECT_TRUE(numbers_below<std::size_t>(0).empty());
}

TEST(SomeNumbersBelow, AreSpreadEvenly) {
  EXPECT_EQ(some_numbers_below<std::size_t>(10, 4), (std::vector<std::size_t>{0, 2, 5, 7}));
  EXPECT_EQ(some_numbers_below<std::size_t>(1000, 2), (std::vector<std::size_t>{0, 500}));
}

TEST(SomeNumbersBelow, AreAllOfThemWhenThereAreNotMore) {
  EXPECT_EQ(some_numbers_below<std::size_t>(3, 3), numbers_below<std::size_t>(3));
  EXPECT_EQ(some_numbers_below<std::size_t>(3, 5), numbers_below<std::size_t>(3));
  EXPECT_TRUE(some_numbers_below<std::size_t>(0, 5).empty());
}

}  // namespace
}  // namespace gradus

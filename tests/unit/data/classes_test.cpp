// SPDX-License-Identifier: MIT
#include "gradus/data/classes.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace gradus {
namespace {

using Numbers = std::vector<std::int64_t>;
using Names = std::vector<std::string>;

TEST(Classes, WrittenFromZeroNeedNoNames) {
  const Classes classes = classes_of(Numbers{2, 0, 1, 1, 0});
  EXPECT_EQ(classes.numbers, (Numbers{0, 1, 2}));
  EXPECT_TRUE(classes.are_plain());
  EXPECT_EQ(classes.names(), Names{});
  EXPECT_EQ(classes.find(2), Label{2});
  EXPECT_EQ(classes.find(3), std::nullopt);
}

TEST(Classes, WrittenOtherwiseAreCountedInTheirOrderAndKeepTheirNumbersAsNames) {
  for (const auto& [written, names] : {std::pair(Numbers{1, 2, 3}, Names{"1", "2", "3"}),
                                       std::pair(Numbers{7, 0, 3, 0}, Names{"0", "3", "7"}),
                                       std::pair(Numbers{1, -1}, Names{"-1", "1"})}) {
    const Classes classes = classes_of(written);
    EXPECT_FALSE(classes.are_plain());
    EXPECT_EQ(classes.names(), names);
    for (std::size_t c = 0; c < names.size(); ++c) {
      EXPECT_EQ(classes.find(std::stoll(names[c])), static_cast<Label>(c));
    }
  }
  EXPECT_EQ(classes_of(Numbers{1, -1}).find(0), std::nullopt);
  EXPECT_FALSE(classes_of(Numbers{}).are_plain());
}

/// `count` labels of each class from 0 up to 9.
Numbers digits(int count) {
  Numbers written;
  for (int i = 0; i < 10 * count; ++i) {
    written.push_back(i % 10);
  }
  return written;
}

TEST(StrayLabel, IsOneFarFromAllOthers) {
  Numbers written = digits(10);
  EXPECT_EQ(find_stray_label(written), std::nullopt);
  written[57] = 255;
  EXPECT_EQ(find_stray_label(written), std::size_t{57});
  written[57] = -99;
  EXPECT_EQ(find_stray_label(written), std::size_t{57});
}

TEST(StrayLabel, IsAtLeastTwiceAsFarFromZeroAsTheOthers) {
  Numbers written = digits(10);
  written[57] = 19;
  EXPECT_EQ(find_stray_label(written), std::nullopt);
  written[57] = 20;
  EXPECT_EQ(find_stray_label(written), std::size_t{57});
}

TEST(StrayLabel, IsFiveTimesRarerThanTheOthers) {
  Numbers written = digits(20);  // 200 labels: the others occur 20 times each
  written.insert(written.end(), 4, 255);
  EXPECT_EQ(find_stray_label(written), std::size_t{200});
  written.push_back(255);
  EXPECT_EQ(find_stray_label(written), std::nullopt);
}

TEST(StrayLabel, IsNeitherOfTwoClasses) {
  EXPECT_EQ(find_stray_label(Numbers{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 100}), std::nullopt);
  EXPECT_EQ(find_stray_label(Numbers{}), std::nullopt);
}

}  // namespace
}  // namespace gradus

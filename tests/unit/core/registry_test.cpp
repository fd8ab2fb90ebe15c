// SPDX-License-Identifier: MIT
#include "gradus/core/registry.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "unit/formats/thrown.hpp"

namespace gradus {
namespace {

struct Fruit {
  std::string_view id;
  int weight;
};

constexpr std::array<Fruit, 3> fruit{{{"pear", 3}, {"apple", 1}, {"plum", 2}}};
constexpr Registry<Fruit> registry("fruit", fruit);

TEST(Registry, FindsAnEntryByItsId) {
  EXPECT_EQ(registry.find("apple").weight, 1);
  EXPECT_EQ(registry.find("plum").weight, 2);
}

TEST(Registry, KeepsTheOrderOfItsEntries) {
  std::vector<std::string_view> ids;
  for (const Fruit& entry : registry) {
    ids.push_back(entry.id);
  }
  EXPECT_EQ(ids, (std::vector<std::string_view>{"pear", "apple", "plum"}));
}

TEST(Registry, ListsItsIdsWithASeparatorBetweenThem) {
  EXPECT_EQ(registry.ids("|"), "pear|apple|plum");
}

TEST(Registry, KnowsWhatItsEntriesAreCalled) {
  EXPECT_EQ(registry.kind(), "fruit");
}

TEST(Registry, AnUnknownIdIsRefusedWithTheKnownOnes) {
  EXPECT_EQ(thrown<ValueError>([] { static_cast<void>(registry.find("Apple")); }),
            "unknown fruit \"Apple\"; did you mean apple?");
}

TEST(Registry, TheBeginningOfAnIdIsNotThatId) {
  EXPECT_EQ(thrown<ValueError>([] { static_cast<void>(registry.find("app")); }),
            "unknown fruit \"app\"; did you mean apple?");
}

TEST(Registry, AnEmptyIdIsUnknown) {
  EXPECT_EQ(thrown<ValueError>([] { static_cast<void>(registry.find("")); }),
            "unknown fruit \"\"; there are pear, apple, plum");
}

}  // namespace
}  // namespace gradus

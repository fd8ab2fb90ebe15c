// SPDX-License-Identifier: MIT
#include "gradus/texts/named_value.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <type_traits>

namespace gradus {
namespace {

TEST(Value, KeepsACountExactlyUpToTwoToThe53) {
  EXPECT_EQ(std::get<double>(Value(std::uint64_t{1} << 53)), 0x1p53);
  EXPECT_EQ(std::get<double>(Value((std::uint64_t{1} << 53) - 1)), 0x1p53 - 1);
  EXPECT_EQ(std::get<double>(Value(-3)), -3);
  EXPECT_EQ(std::get<double>(Value(0)), 0);  // not a null pointer
}

TEST(Value, TellsATextFromAWord) {
  EXPECT_EQ(std::get<std::string>(Value("(3, 4)")), "(3, 4)");
  EXPECT_EQ(std::get<TextId>(Value(TextId{"saddle"})).id, "saddle");
}

TEST(Value, IsNoTruthValue) {
  EXPECT_FALSE((std::is_constructible_v<Value, bool>));
}

}  // namespace
}  // namespace gradus

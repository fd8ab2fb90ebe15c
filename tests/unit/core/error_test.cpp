// SPDX-License-Identifier: MIT
#include "gradus/core/error.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <type_traits>

namespace gradus {
namespace {

TEST(DataError, SaysWhereInWhichFileAndWhy) {
  const DataError error("images.gz", 12, "expected 4 bytes, found 3");
  EXPECT_STREQ(error.what(), "images.gz: at byte 12: expected 4 bytes, found 3");
}

TEST(DataError, NamesTheFirstByteToo) {
  EXPECT_STREQ(DataError("x", 0, "not an IDX file").what(), "x: at byte 0: not an IDX file");
}

TEST(DataError, LeavesThePlaceOutWhenNoByteIsToBlame) {
  EXPECT_STREQ(DataError("x.csv", std::nullopt, "no such file").what(), "x.csv: no such file");
}

TEST(DataError, KeepsPathAndOffset) {
  const DataError error("a b.csv", 7, "reason");
  EXPECT_EQ(error.path(), "a b.csv");
  EXPECT_EQ(error.offset(), std::optional<std::uint64_t>(7));
}

TEST(DataError, TakesBracesInItsPartsAsTheyAre) {
  EXPECT_STREQ(DataError("{}.csv", std::nullopt, "{0}").what(), "{}.csv: {0}");
}

TEST(DataError, StaysOneLineWhateverAFileHasInItsNames) {
  EXPECT_STREQ(DataError("x", 3, "array \"p\r\n\x1b[2J\x7f\" is missing").what(),
               "x: at byte 3: array \"p\\x0d\\x0a\\x1b[2J\\x7f\" is missing");
}

TEST(Error, IsTheBaseOfEveryKind) {
  EXPECT_TRUE((std::is_base_of_v<Error, ShapeError>));
  EXPECT_TRUE((std::is_base_of_v<Error, ValueError>));
  EXPECT_TRUE((std::is_base_of_v<Error, StateError>));
  EXPECT_TRUE((std::is_base_of_v<Error, DataError>));
}

}  // namespace
}  // namespace gradus

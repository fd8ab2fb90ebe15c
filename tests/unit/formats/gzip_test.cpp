// SPDX-License-Identifier: MIT
#include "gradus/formats/gzip.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "bytes.hpp"
#include "damage.hpp"
#include "thrown.hpp"

namespace gradus {
namespace {

constexpr std::size_t no_limit = std::numeric_limits<std::size_t>::max();
const Bytes hello = bytes_of("hello, hello, hello");

// "hi" as gzip(1) writes it, without a name and a time, in one stored block.
const Bytes hand_built{0x1f, 0x8b, 8,   0,   0,    0,    0,    0,    0, 3, 1, 2, 0,
                       0xfd, 0xff, 'h', 'i', 0xac, 0x2a, 0x93, 0xd8, 2, 0, 0, 0};

std::string decompress_error(const Bytes& bytes, std::size_t max_size = no_limit) {
  return data_error([&] { return gzip_decompress("x.gz", bytes, max_size); });
}

TEST(Gzip, IsToldByItsFirstTwoBytes) {
  EXPECT_TRUE(is_gzip(compressed(hello)));
  EXPECT_TRUE(is_gzip(Bytes{0x1f, 0x8b}));
  EXPECT_FALSE(is_gzip(Bytes{0x1f}));
  EXPECT_FALSE(is_gzip(Bytes{}));
  EXPECT_FALSE(is_gzip(Bytes{0x1f, 0x8c}));
  EXPECT_FALSE(is_gzip(Bytes{0x00, 0x8b}));
}

TEST(Gzip, DecompressesBytesBuiltByHand) {
  EXPECT_EQ(gzip_decompress("x.gz", hand_built, no_limit), bytes_of("hi"));
}

TEST(Gzip, DecompressingUndoesCompressing) {
  for (const std::size_t size : {0U, 1U, 65535U, 65536U, 65537U, 1000000U}) {
    Bytes bytes(size);
    for (std::size_t i = 0; i < size; ++i) {
      bytes[i] = static_cast<std::uint8_t>(i * i >> 8);
    }
    EXPECT_EQ(gzip_decompress("x.gz", compressed(bytes), size), bytes) << size;
  }
}

TEST(Gzip, MembersFollowOneAnother) {
  const Bytes three = joined(joined(compressed(hello), compressed({})), compressed(hello));
  EXPECT_EQ(gzip_decompress("x.gz", three, 2 * hello.size()), joined(hello, hello));
}

TEST(Gzip, TheLimitHoldsForAllMembersTogether) {
  const Bytes two = joined(compressed(hello), compressed(hello));
  EXPECT_EQ(gzip_decompress("x.gz", two, 38).size(), 38U);
  EXPECT_NE(decompress_error(two, 37).find("goes on past the 37 bytes expected"),
            std::string::npos);
}

TEST(Gzip, ABombIsStoppedAtTheLimit) {
  const Bytes bomb = compressed(Bytes(20'000'000));
  ASSERT_LT(bomb.size(), 100'000U);
  EXPECT_NE(decompress_error(bomb, 1000).find("goes on past the 1000 bytes expected"),
            std::string::npos);
  EXPECT_NE(decompress_error(bomb, 0).find("goes on past the 0 bytes expected"), std::string::npos);
}

TEST(Gzip, ACutStreamIsRefusedWithItsEnd) {
  Bytes bytes = hand_built;
  bytes.resize(20);
  EXPECT_EQ(decompress_error(bytes), "x.gz: at byte 20: the gzip data is cut short");
  EXPECT_EQ(decompress_error({}), "x.gz: at byte 0: the gzip data is cut short");
}

TEST(Gzip, ASecondMemberThatIsCutIsRefused) {
  Bytes bytes = joined(hand_built, hand_built);
  bytes.resize(30);
  EXPECT_EQ(decompress_error(bytes), "x.gz: at byte 30: the gzip data is cut short");
}

TEST(Gzip, ACorruptByteIsRefusedByTheChecksum) {
  Bytes bytes = hand_built;
  bytes[15] = 'H';
  EXPECT_EQ(decompress_error(bytes),
            "x.gz: at byte 21: the gzip data is corrupt: incorrect data check");
}

TEST(Gzip, AWrongLengthIsRefused) {
  Bytes bytes = hand_built;
  bytes[21] = 3;
  EXPECT_EQ(decompress_error(bytes),
            "x.gz: at byte 25: the gzip data is corrupt: incorrect length check");
}

TEST(Gzip, BytesAfterTheLastMemberAreRefused) {
  EXPECT_EQ(decompress_error(joined(hand_built, {0, 0, 0})),
            "x.gz: at byte 25: expected the end of the gzip data, found 3 trailing bytes");
  EXPECT_EQ(decompress_error(joined(hand_built, {0x1f})),
            "x.gz: at byte 25: expected the end of the gzip data, found 1 trailing byte");
}

TEST(Gzip, AnythingElseIsNotGzip) {
  EXPECT_EQ(decompress_error(bytes_of("plain text")),
            "x.gz: at byte 2: the gzip data is corrupt: incorrect header check");
}

TEST(Gzip, APrefixIsTheStartOrAllWhenThereIsNoMore) {
  const Bytes bytes = compressed(hello);
  EXPECT_EQ(gzip_prefix("x.gz", bytes, 5), bytes_of("hello"));
  EXPECT_EQ(gzip_prefix("x.gz", bytes, 0), Bytes());
  EXPECT_EQ(gzip_prefix("x.gz", bytes, hello.size()), hello);
  EXPECT_EQ(gzip_prefix("x.gz", bytes, no_limit), hello);
}

TEST(Gzip, APrefixGoesAcrossMembers) {
  const Bytes two = joined(compressed(bytes_of("ab")), compressed(bytes_of("cd")));
  EXPECT_EQ(gzip_prefix("x.gz", two, 3), bytes_of("abc"));
}

TEST(Gzip, APrefixDoesNotLookAtWhatFollows) {
  Bytes bytes = hand_built;
  bytes.resize(16);  // the i, the checksum and the length are gone
  EXPECT_EQ(gzip_prefix("x.gz", bytes, 1), bytes_of("h"));
  EXPECT_EQ(data_error([&] { return gzip_prefix("x.gz", bytes, 2); }),
            "x.gz: at byte 16: the gzip data is cut short");
}

TEST(Gzip, EveryDamageIsHandled) {
  expect_every_damage_is_handled(joined(compressed(hello), hand_built), [](const Bytes& bytes) {
    EXPECT_LE(gzip_decompress("x.gz", bytes, 1000).size(), 1000U);
    EXPECT_LE(gzip_prefix("x.gz", bytes, 10).size(), 10U);
  });
}

}  // namespace
}  // namespace gradus

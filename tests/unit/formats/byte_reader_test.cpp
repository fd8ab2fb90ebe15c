// SPDX-License-Identifier: MIT
#include "gradus/formats/byte_reader.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "bytes.hpp"
#include "thrown.hpp"

namespace gradus {
namespace {

const Bytes one_to_eight{1, 2, 3, 4, 5, 6, 7, 8};

TEST(ByteReader, ReadsIntegersInBothByteOrders) {
  EXPECT_EQ(ByteReader("x", one_to_eight).big_endian<std::uint8_t>("n"), 0x01);
  EXPECT_EQ(ByteReader("x", one_to_eight).big_endian<std::uint16_t>("n"), 0x0102);
  EXPECT_EQ(ByteReader("x", one_to_eight).big_endian<std::uint32_t>("n"), 0x01020304U);
  EXPECT_EQ(ByteReader("x", one_to_eight).big_endian<std::uint64_t>("n"), 0x0102030405060708U);
  EXPECT_EQ(ByteReader("x", one_to_eight).little_endian<std::uint8_t>("n"), 0x01);
  EXPECT_EQ(ByteReader("x", one_to_eight).little_endian<std::uint16_t>("n"), 0x0201);
  EXPECT_EQ(ByteReader("x", one_to_eight).little_endian<std::uint32_t>("n"), 0x04030201U);
  EXPECT_EQ(ByteReader("x", one_to_eight).little_endian<std::uint64_t>("n"), 0x0807060504030201U);
}

TEST(ByteReader, IntegersWithAllBitsSetKeepThem) {
  const Bytes ones(8, 0xFF);
  EXPECT_EQ(ByteReader("x", ones).big_endian<std::uint16_t>("n"), 0xFFFF);
  EXPECT_EQ(ByteReader("x", ones).big_endian<std::uint64_t>("n"), 0xFFFFFFFFFFFFFFFFU);
  EXPECT_EQ(ByteReader("x", ones).little_endian<std::uint64_t>("n"), 0xFFFFFFFFFFFFFFFFU);
}

TEST(ByteReader, GoesOnWhereItStopped) {
  ByteReader reader("x", one_to_eight);
  reader.big_endian<std::uint16_t>("n");
  const auto taken = reader.take(3, "the middle");
  EXPECT_EQ(Bytes(taken.begin(), taken.end()), (Bytes{3, 4, 5}));
  EXPECT_EQ(taken.data(), one_to_eight.data() + 2) << "bytes are looked at, not copied";
  EXPECT_EQ(reader.offset(), 5U);
  EXPECT_EQ(reader.remaining(), 3U);
}

TEST(ByteReader, TakingAllThatIsLeftReachesTheEnd) {
  ByteReader reader("x", one_to_eight);
  reader.take(8, "everything");
  EXPECT_NO_THROW(reader.expect_end());
  EXPECT_TRUE(reader.take(0, "nothing").empty());
}

TEST(ByteReader, TakingTooMuchSaysWhereAndHowManyBytesAreMissing) {
  ByteReader reader("weights.bin", one_to_eight);
  reader.take(6, "the start");
  EXPECT_EQ(data_error([&] { reader.take(5, "the name"); }),
            "weights.bin: at byte 6: the name: expected 5 bytes, found 2: 3 missing");
  EXPECT_EQ(data_error([&] { reader.little_endian<std::uint32_t>("the size"); }),
            "weights.bin: at byte 6: the size: expected 4 bytes, found 2: 2 missing");
}

TEST(ByteReader, AFailureLeavesItWhereItWas) {
  ByteReader reader("x", one_to_eight);
  reader.take(6, "the start");
  EXPECT_THROW(reader.take(3, "too much"), DataError);
  EXPECT_EQ(reader.offset(), 6U);
  EXPECT_EQ(reader.big_endian<std::uint16_t>("the rest"), 0x0708);
}

TEST(ByteReader, AClaimCloseToTheLargestNumberDoesNotOverflow) {
  ByteReader reader("x", one_to_eight);
  reader.take(6, "the start");
  EXPECT_EQ(data_error([&] { reader.take(std::numeric_limits<std::uint64_t>::max(), "the data"); }),
            "x: at byte 6: the data: expected 18446744073709551615 bytes, found 2: "
            "18446744073709551613 missing");
}

TEST(ByteReader, BytesAfterTheExpectedEndAreCounted) {
  ByteReader reader("x", one_to_eight);
  reader.take(5, "the start");
  EXPECT_EQ(data_error([&] { reader.expect_end(); }),
            "x: at byte 5: expected the end of the data, found 3 trailing bytes");
}

TEST(ByteReader, TheErrorCarriesPathAndOffset) {
  ByteReader reader("folder/file.idx", one_to_eight);
  try {
    reader.fail(3, "a reason");
    FAIL() << "fail() returned";
  } catch (const DataError& error) {
    EXPECT_EQ(error.path(), "folder/file.idx");
    EXPECT_EQ(error.offset(), 3U);
  }
}

TEST(ByteReader, NoBytesAreAtTheirEnd) {
  ByteReader reader("x", {});
  EXPECT_NO_THROW(reader.expect_end());
  EXPECT_EQ(data_error([&] { reader.big_endian<std::uint8_t>("the type"); }),
            "x: at byte 0: the type: expected 1 byte, found 0: 1 missing");
}

}  // namespace
}  // namespace gradus

// SPDX-License-Identifier: MIT
// Files that NumPy wrote are read in tests/e2e/npz_test.py.
#include "gradus/formats/npz.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "damage.hpp"
#include "npy_bytes.hpp"
#include "thrown.hpp"
#include "zip_bytes.hpp"

namespace gradus {
namespace {

const Bytes a = npy_file("|u1", "(2, 3)", {1, 2, 3, 4, 5, 6});
const Bytes b = npy_file("<i2", "(1,)", {7, 0});

Bytes zip(const std::vector<ZipEntry>& entries) {
  return ZipWriter()(entries);
}

std::string open_error(const Bytes& bytes) {
  return data_error([&] { return Npz("x.npz", bytes); });
}

std::string array_error(const ZipEntry& entry) {
  return data_error([&] { return Npz("x.npz", zip({entry})).array("a"); });
}

TEST(Npz, ReadsStoredAndCompressedArrays) {
  const Npz file("x.npz", zip({stored("a.npy", a), deflated("b.npy", b)}));
  EXPECT_EQ(file.names(), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(file.array("a").shape, (Shape{2, 3}));
  EXPECT_EQ(file.array("a").bytes, (Bytes{1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(values_of<float>(file.array("b")), std::vector<float>{7});
}

TEST(Npz, ALargeArrayComesOutWhole) {
  Bytes elements(300'000);
  for (std::size_t i = 0; i < elements.size(); ++i) {
    elements[i] = static_cast<std::uint8_t>(i * i >> 8);
  }
  const Npz file("x.npz", zip({deflated("a.npy", npy_file("|u1", "(300000,)", elements))}));
  EXPECT_EQ(file.array("a").bytes, elements);
}

TEST(Npz, MayBeEmptyOrHaveAComment) {
  EXPECT_TRUE(Npz("x.npz", zip({})).names().empty());
  Bytes bytes = zip({stored("a.npy", a)});
  bytes[bytes.size() - 2] = 5;
  const Npz file("x.npz", joined(bytes, bytes_of("hello")));
  EXPECT_EQ(file.array("a").shape, (Shape{2, 3}));
}

TEST(Npz, AnArrayThatIsNotThereIsRefusedWithThoseThatAre) {
  const Npz file("x.npz", zip({stored("a.npy", a), stored("b.npy", b)}));
  EXPECT_EQ(data_error([&] { return file.array("c"); }),
            "x.npz: has no array \"c\"; there are \"a\", \"b\"");
}

TEST(Npz, AMemberThatIsNoArrayIsRefused) {
  EXPECT_EQ(open_error(zip({stored("a.txt", a)})),
            "x.npz: at byte 0: member \"a.txt\" is no array: expected a name that ends in .npy");
}

TEST(Npz, SomethingElseIsNoArchive) {
  EXPECT_EQ(open_error(a),
            "x.npz: at byte 134: not a ZIP archive, or cut short: expected a "
            "directory at its end");
  EXPECT_NE(open_error({}).find("not a ZIP archive"), std::string::npos);
}

TEST(Npz, ANameTwiceIsRefused) {
  EXPECT_NE(open_error(zip({stored("a.npy", a), stored("a.npy", b)}))
                .find("the archive has \"a.npy\" twice"),
            std::string::npos);
}

TEST(Npz, WhatIsNotPlainIsRefusedByName) {
  ZipEntry encrypted = stored("a.npy", a);
  encrypted.flags = 1;
  EXPECT_NE(open_error(zip({encrypted})).find("member \"a.npy\" is encrypted"), std::string::npos);
  ZipEntry bzip2 = stored("a.npy", a);
  bzip2.method = 12;
  EXPECT_NE(open_error(zip({bzip2})).find("is compressed by method 12, expected 0"),
            std::string::npos);
  ZipEntry zip64 = stored("a.npy", a);
  zip64.size = 0xFFFFFFFF;
  EXPECT_NE(open_error(zip({zip64})).find("is in the ZIP64 form, expected less than 4 GB"),
            std::string::npos);
}

TEST(Npz, ASizeThatCannotBeIsRefusedBeforeAnythingIsDecompressed) {
  ZipEntry entry = deflated("a.npy", a);
  entry.size = 1'000'000'000;
  EXPECT_NE(open_error(zip({entry})).find("claims 1000000000 bytes, its "), std::string::npos);
  ZipEntry plain = stored("a.npy", a);
  plain.size = 1;
  EXPECT_NE(open_error(zip({plain})).find("claims 1 byte, its 134 bytes"), std::string::npos);
}

TEST(Npz, ABombIsStoppedAtTheSizeInItsHeader) {
  // Zeros behind a small array: the directory tells of them, the array does not.
  const ZipEntry honest = deflated("a.npy", joined(a, Bytes(20'000'000)));
  EXPECT_EQ(array_error(honest), "x.npz/a.npy: has 20000134 bytes, its header expects 134");
  // The directory says what the array says, and more comes out.
  ZipEntry liar = honest;
  liar.size = static_cast<std::uint32_t>(a.size());
  EXPECT_NE(array_error(liar).find("member \"a.npy\" goes on past the 134 bytes expected"),
            std::string::npos);
}

TEST(Npz, AWrongChecksumIsRefused) {
  for (ZipEntry entry : {stored("a.npy", a), deflated("a.npy", a)}) {
    ++entry.crc;
    EXPECT_NE(array_error(entry).find("member \"a.npy\" is corrupt: its checksum is wrong"),
              std::string::npos);
  }
}

TEST(Npz, FewerBytesThanClaimedAreRefused) {
  ZipEntry entry = deflated("a.npy", Bytes(a.begin(), a.end() - 1));
  entry.size = static_cast<std::uint32_t>(a.size());
  EXPECT_NE(array_error(entry).find("is corrupt: 133 bytes came out, expected 134"),
            std::string::npos);
}

TEST(Npz, BytesBehindTheCompressedDataAreRefused) {
  ZipEntry entry = deflated("a.npy", a);
  entry.data.push_back(0);
  EXPECT_NE(array_error(entry).find("member \"a.npy\" is corrupt: its compressed data do not end "
                                    "where the member does"),
            std::string::npos);
}

TEST(Npz, MembersThatOverlapAreRefused) {
  // Both entries of the directory point to the first member.
  Bytes bytes = zip({stored("a.npy", a), stored("a.npy", a)});
  const std::size_t second_name = bytes.size() - 22 - 5;
  bytes[second_name - 4] = bytes[second_name - 3] = 0;
  bytes[second_name] = 'b';
  EXPECT_NE(open_error(bytes).find("does not agree with the directory"), std::string::npos);
  // The first member is said to reach into the second.
  ZipEntry inner = stored("b.npy", b);
  ZipEntry outer = stored("a.npy", zip({inner}));
  Bytes nested = zip({outer, inner});
  const std::size_t offset_of_second = nested.size() - 22 - 5 - 4;
  nested[offset_of_second] = 30 + 5;  // inside the first
  nested[offset_of_second + 1] = 0;
  EXPECT_NE(open_error(nested).find("members \"a.npy\" and \"b.npy\" overlap"), std::string::npos);
}

TEST(Npz, EveryCutIsRefused) {
  const Bytes whole = zip({stored("a.npy", a), deflated("b.npy", b)});
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_THROW(Npz("x.npz", cut), DataError) << size;
  }
}

TEST(Npz, EveryDamageIsHandled) {
  const Bytes whole = zip({stored("a.npy", a), deflated("b.npy", b)});
  expect_every_damage_is_handled(whole, [](const Bytes& bytes) {
    const Npz file("x.npz", bytes);
    for (const std::string& name : file.names()) {
      const NpyArray array = file.array(name);
      EXPECT_EQ(array.bytes.size(), array.shape.num_elements() * array.type.size);
    }
  });
}

}  // namespace
}  // namespace gradus

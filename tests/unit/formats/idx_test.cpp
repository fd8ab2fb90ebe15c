// SPDX-License-Identifier: MIT
#include "gradus/formats/idx.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <string>

#include "bytes.hpp"
#include "damage.hpp"
#include "gradus/formats/file.hpp"
#include "temporary_folder.hpp"
#include "thrown.hpp"

namespace gradus {
namespace {

// Two rows of three.
const Bytes hand_built{0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 10, 11, 12, 13, 14, 255};

std::string parse_error(const Bytes& bytes) {
  return data_error([&] { return parse_idx("x.idx", bytes); });
}

Bytes with_byte(std::size_t offset, std::uint8_t value) {
  Bytes bytes = hand_built;
  bytes[offset] = value;
  return bytes;
}

TEST(Idx, ReadsBytesBuiltByHand) {
  const IdxArray array = parse_idx("x.idx", hand_built);
  EXPECT_EQ(array.shape, Shape({2, 3}));
  EXPECT_EQ(array.elements, (Bytes{10, 11, 12, 13, 14, 255}));
}

TEST(Idx, CompressedAndPlainContentIsTheSameWhateverTheName) {
  const IdxArray array = parse_idx("x.idx", compressed(hand_built));
  EXPECT_EQ(array.shape, Shape({2, 3}));
  EXPECT_EQ(array.elements, (Bytes{10, 11, 12, 13, 14, 255}));
}

TEST(Idx, ReadingGivesWhatWasWritten) {
  const TemporaryFolder folder;
  for (const Shape& shape :
       {Shape{1}, Shape{5}, Shape{2, 3}, Shape{2, 3, 4}, Shape{2, 1, 3, 300}}) {
    IdxArray array{.shape = shape, .elements = Bytes(shape.num_elements())};
    std::generate(array.elements.begin(), array.elements.end(),
                  [n = 0]() mutable { return static_cast<std::uint8_t>(n++); });
    write_idx(folder.path() / "x.idx", array);
    const IdxArray again = read_idx(folder.path() / "x.idx");
    EXPECT_EQ(again.shape, shape);
    EXPECT_EQ(again.elements, array.elements);
  }
}

TEST(Idx, WritesTheBytesOfTheFormat) {
  const TemporaryFolder folder;
  write_idx(folder.path() / "x.idx", {.shape = {2, 3}, .elements = {10, 11, 12, 13, 14, 255}});
  EXPECT_EQ(read_file(folder.path() / "x.idx"), hand_built);
}

TEST(Idx, ATruncatedFileSaysHowManyBytesAreMissing) {
  Bytes bytes = hand_built;
  bytes.resize(16);
  EXPECT_EQ(parse_error(bytes),
            "x.idx: at byte 12: the elements: expected 6 bytes, found 4: 2 missing");
  bytes.resize(10);
  EXPECT_EQ(parse_error(bytes),
            "x.idx: at byte 8: the size of axis 2: expected 4 bytes, found 2: 2 missing");
  EXPECT_EQ(parse_error({}),
            "x.idx: at byte 0: the start of an IDX file: expected 2 bytes, found 0: 2 missing");
}

TEST(Idx, CompressedContentThatIsTooShortSaysHowManyBytesAreMissing) {
  Bytes bytes = hand_built;
  bytes.resize(16);
  EXPECT_EQ(parse_error(compressed(bytes)),
            "x.idx (decompressed): at byte 12: the elements: expected 6 bytes, found 4: 2 missing");
}

TEST(Idx, ACompressedFileThatIsCutIsRefused) {
  Bytes bytes = compressed(hand_built);
  bytes.resize(bytes.size() - 3);
  EXPECT_EQ(parse_error(bytes),
            "x.idx: at byte " + std::to_string(bytes.size()) + ": the gzip data is cut short");
}

TEST(Idx, BytesAfterTheElementsAreRefused) {
  EXPECT_EQ(parse_error(joined(hand_built, {1, 2})),
            "x.idx: at byte 18: expected the end of the data, found 2 trailing bytes");
  EXPECT_NE(parse_error(compressed(joined(hand_built, {1, 2})))
                .find("the decompressed data goes on past the 18 bytes expected"),
            std::string::npos);
}

TEST(Idx, ABombIsStoppedAtTheSizeInItsHeader) {
  EXPECT_NE(parse_error(compressed(joined(hand_built, Bytes(20'000'000))))
                .find("the decompressed data goes on past the 18 bytes expected"),
            std::string::npos);
}

TEST(Idx, SomethingElseIsNotAnIdxFile) {
  const std::string reason =
      "x.idx: at byte 0: not an IDX file: expected it to start with the bytes 00 00, found ";
  EXPECT_EQ(parse_error(bytes_of("label,pixel")), reason + "6c 61");
  EXPECT_EQ(parse_error(with_byte(0, 1)), reason + "01 00");
  EXPECT_EQ(parse_error(with_byte(1, 255)), reason + "00 ff");
}

TEST(Idx, OtherElementTypesAreRefusedByName) {
  const std::string start = "x.idx: at byte 2: expected element type 0x08 (unsigned byte), found ";
  EXPECT_EQ(parse_error(with_byte(2, 0x09)), start + "0x09 (signed byte)");
  EXPECT_EQ(parse_error(with_byte(2, 0x0B)), start + "0x0b (16-bit integer)");
  EXPECT_EQ(parse_error(with_byte(2, 0x0C)), start + "0x0c (32-bit integer)");
  EXPECT_EQ(parse_error(with_byte(2, 0x0D)), start + "0x0d (float)");
  EXPECT_EQ(parse_error(with_byte(2, 0x0E)), start + "0x0e (double)");
  EXPECT_EQ(parse_error(with_byte(2, 0x0F)), start + "0x0f (unknown)");
}

TEST(Idx, NoAxisOrMoreThanFourAreRefused) {
  EXPECT_EQ(parse_error(with_byte(3, 0)), "x.idx: at byte 3: expected 1 to 4 axes, found 0");
  EXPECT_EQ(parse_error(with_byte(3, 5)), "x.idx: at byte 3: expected 1 to 4 axes, found 5");
}

TEST(Idx, ASizeOfZeroIsRefused) {
  EXPECT_EQ(parse_error(with_byte(11, 0)),
            "x.idx: at byte 8: the size of axis 2 is 0, expected at least 1");
}

TEST(Idx, SizesWhoseProductOverflowsAreRefused) {
  const Bytes bytes = joined({0, 0, 8, 4}, Bytes(16, 0xFF));
  EXPECT_EQ(parse_error(bytes),
            "x.idx: at byte 4: Shape: (4294967295, 4294967295, 4294967295, 4294967295) has more "
            "elements than memory can address");
  EXPECT_NE(parse_error(compressed(bytes)).find("more elements than memory can address"),
            std::string::npos);
}

TEST(Idx, SizesOfMoreBytesThanThereAreTakeNoMemory) {
  const Bytes bytes = joined({0, 0, 8, 2}, Bytes(8, 0xFF));
  const std::string reason =
      ": at byte 12: the elements: expected 18446744065119617025 bytes, found 0: "
      "18446744065119617025 missing";
  EXPECT_EQ(parse_error(bytes), "x.idx" + reason);
  EXPECT_EQ(parse_error(compressed(bytes)), "x.idx (decompressed)" + reason);
}

TEST(Idx, AMissingFileIsNamed) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "absent";
  EXPECT_EQ(data_error([&] { return read_idx(path); }),
            path.string() + ": cannot read: No such file or directory");
}

TEST(Idx, ArraysTheFormatHasNoPlaceForAreNotWritten) {
  const TemporaryFolder folder;
  const auto write_error = [&](const IdxArray& array) {
    return thrown<ShapeError>([&] { write_idx(folder.path() / "x", array); });
  };
  EXPECT_EQ(write_error({.shape = {}, .elements = {1}}),
            "write_idx: shape () has 0 axes, IDX has 1 to 4");
  EXPECT_EQ(write_error({.shape = {1, 1, 1, 1, 1}, .elements = {1}}),
            "write_idx: shape (1, 1, 1, 1, 1) has 5 axes, IDX has 1 to 4");
  EXPECT_EQ(write_error({.shape = {3, 0}, .elements = {}}),
            "write_idx: shape (3, 0) has a size of 0, IDX has 1 to 2^32 - 1");
  EXPECT_EQ(write_error({.shape = {4294967296}, .elements = {}}),
            "write_idx: shape (4294967296,) has a size of 4294967296, IDX has 1 to 2^32 - 1");
  EXPECT_EQ(write_error({.shape = {2, 3}, .elements = {1}}),
            "write_idx: got 1 element, shape (2, 3) needs 6");
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "x"));
}

TEST(Idx, EveryDamageIsHandled) {
  const auto parse = [](const Bytes& bytes) {
    const IdxArray array = parse_idx("x.idx", bytes);
    EXPECT_EQ(array.elements.size(), array.shape.num_elements());
  };
  expect_every_damage_is_handled(hand_built, parse);
  expect_every_damage_is_handled(compressed(hand_built), parse);
}

TEST(Idx, ReadsTheRealMnistFiles) {
  const char* data_folder = std::getenv("GRADUS_DATA_DIR");
  if (data_folder == nullptr) {
    GTEST_SKIP() << "GRADUS_DATA_DIR is not set, so there are no MNIST files to read";
  }
  const auto folder = std::filesystem::path(data_folder) / "mnist";
  const IdxArray images = read_idx(folder / "t10k-images-idx3-ubyte.gz");
  EXPECT_EQ(images.shape, Shape({10000, 28, 28}));
  EXPECT_EQ(std::count(images.elements.begin(), images.elements.end(), 0), 6328781);
  const IdxArray labels = read_idx(folder / "t10k-labels-idx1-ubyte.gz");
  EXPECT_EQ(labels.shape, Shape({10000}));
  EXPECT_EQ(Bytes(labels.elements.begin(), labels.elements.begin() + 5), (Bytes{7, 2, 1, 0, 4}));
  EXPECT_EQ(std::count(labels.elements.begin(), labels.elements.end(), 1), 1135);
}

}  // namespace
}  // namespace gradus

// SPDX-License-Identifier: MIT
// Files that NumPy wrote, of every type, order and version, are read in tests/e2e/predict_test.py.
#include "gradus/formats/npy.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "bytes.hpp"
#include "damage.hpp"
#include "gradus/formats/file.hpp"
#include "npy_bytes.hpp"
#include "temporary_folder.hpp"
#include "thrown.hpp"

namespace gradus {
namespace {

using Kind = NpyType::Kind;

// numpy.save of numpy.array([[1, 2, 3], [4, 5, 256]], "<u2").
const Bytes two_rows = npy_file("<u2", "(2, 3)", {1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 0, 1});

NpyArray parse(const Bytes& bytes) {
  return parse_npy("x.npy", bytes);
}

std::string parse_error(const Bytes& bytes) {
  return data_error([&] { return parse(bytes); });
}

std::string header_error(const std::string& dictionary) {
  return parse_error(npy_header(dictionary));
}

/// The one element of an array of this type.
double element(const char* type, const Bytes& bytes) {
  const NpyArray array = parse(npy_file(type, "()", bytes));
  EXPECT_EQ(array.shape, Shape());
  return values_of<double>(array).at(0);
}

TEST(Npy, ReadsWhatNumPyWrites) {
  const NpyArray array = parse(two_rows);
  EXPECT_EQ(array.shape, (Shape{2, 3}));
  EXPECT_EQ(array.type, (NpyType{Kind::unsigned_integer, 2}));
  EXPECT_EQ(array.type.name(), "uint16");
  EXPECT_EQ(values_of<float>(array), (std::vector<float>{1, 2, 3, 4, 5, 256}));
  EXPECT_EQ(array.bytes, (Bytes{1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 0, 1}));
}

TEST(Npy, ReadsEveryTypeInBothByteOrders) {
  EXPECT_EQ(element("|b1", {1}), 1);
  EXPECT_EQ(element("|u1", {255}), 255);
  EXPECT_EQ(element("|i1", {255}), -1);
  EXPECT_EQ(element("<u2", {1, 255}), 65281);
  EXPECT_EQ(element(">u2", {255, 1}), 65281);
  EXPECT_EQ(element("<i2", {1, 255}), -255);
  EXPECT_EQ(element(">i2", {255, 1}), -255);
  EXPECT_EQ(element("<u4", {1, 0, 0, 128}), 2147483649.0);
  EXPECT_EQ(element(">u4", {128, 0, 0, 1}), 2147483649.0);
  EXPECT_EQ(element("<i4", {1, 0, 0, 128}), -2147483647.0);
  EXPECT_EQ(element("<u8", {0, 0, 0, 0, 0, 0, 0, 128}), std::ldexp(1.0, 63));
  EXPECT_EQ(element("<i8", {0, 0, 0, 0, 0, 0, 0, 128}), -std::ldexp(1.0, 63));
  EXPECT_EQ(element(">i8", {255, 255, 255, 255, 255, 255, 255, 254}), -2);
  EXPECT_EQ(element("<f4", {0, 0, 0x20, 0xC0}), -2.5);
  EXPECT_EQ(element(">f4", {0xC0, 0x20, 0, 0}), -2.5);
  EXPECT_EQ(element("<f8", {0, 0, 0, 0, 0, 0, 0x04, 0xC0}), -2.5);
  EXPECT_EQ(element(">f8", {0xC0, 0x04, 0, 0, 0, 0, 0, 0}), -2.5);
  EXPECT_TRUE(std::isnan(element("<f4", {0, 0, 0xC0, 0x7F})));
}

TEST(Npy, ReadsColumnsAsRows) {
  // numpy.arange(24).reshape(2, 3, 4), column-major: the first index runs fastest.
  Bytes elements;
  for (int k = 0; k < 4; ++k) {
    for (int j = 0; j < 3; ++j) {
      for (int i = 0; i < 2; ++i) {
        elements.push_back(0);
        elements.push_back(static_cast<std::uint8_t>(12 * i + 4 * j + k));
      }
    }
  }
  const NpyArray array =
      parse(joined(npy_header(npy_dictionary(">i2", "(2, 3, 4)", "True")), elements));
  std::vector<float> counted(24);
  for (std::size_t i = 0; i < counted.size(); ++i) {
    counted[i] = static_cast<float>(i);
  }
  EXPECT_EQ(values_of<float>(array), counted);
}

TEST(Npy, ReadsAHeaderWithFourBytesForItsSize) {
  for (const std::uint8_t version : Bytes{2, 3}) {
    Bytes bytes = two_rows;
    bytes[6] = version;
    bytes.insert(bytes.begin() + 10, {0, 0});
    EXPECT_EQ(parse(bytes).bytes, parse(two_rows).bytes);
  }
}

TEST(Npy, ReadsEntriesInAnyOrderAndAnyQuotes) {
  const Bytes header = npy_header("{ \"shape\":(2,) ,'fortran_order':False,\"descr\" : '|u1'}");
  EXPECT_EQ(parse(joined(header, {7, 8})).bytes, (Bytes{7, 8}));
}

TEST(Npy, ReadsArraysWithoutElements) {
  for (const char* order : {"False", "True"}) {
    const NpyArray array = parse(npy_header(npy_dictionary("<f8", "(3, 0, 2)", order)));
    EXPECT_EQ(array.shape, (Shape{3, 0, 2}));
    EXPECT_TRUE(values_of<float>(array).empty());
  }
}

TEST(Npy, RoundsToTheNearestFloat) {
  // 1/3 as a double.
  const NpyArray third =
      parse(npy_file("<f8", "()", {0x55, 0x55, 0x55, 0x55, 0x55, 0x55, 0xD5, 0x3F}));
  EXPECT_EQ(values_of<float>(third).at(0), 1.0F / 3);
  EXPECT_EQ(values_of<double>(third).at(0), 1.0 / 3);
}

TEST(Npy, EveryCutIsRefused) {
  for (std::size_t size = 0; size < two_rows.size(); ++size) {
    const Bytes cut(two_rows.begin(), two_rows.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_THROW(parse(cut), DataError) << size;
  }
  EXPECT_EQ(parse_error(Bytes(two_rows.begin(), two_rows.end() - 1)),
            "x.npy: at byte 128: the elements: expected 12 bytes, found 11: 1 missing");
}

TEST(Npy, BytesAfterTheElementsAreRefused) {
  EXPECT_EQ(parse_error(joined(two_rows, {0})),
            "x.npy: at byte 140: expected the end of the data, found 1 trailing byte");
}

TEST(Npy, SomethingElseIsNotAnNpyFile) {
  EXPECT_EQ(parse_error(bytes_of("PK\3\4 and more")),
            "x.npy: at byte 0: not an NPY file: expected it to start with the byte 93 and NUMPY");
  Bytes later = two_rows;
  later[6] = 4;
  EXPECT_EQ(parse_error(later), "x.npy: at byte 6: expected version 1.0, 2.0 or 3.0, found 4.0");
  EXPECT_TRUE(is_npy(two_rows));
  EXPECT_FALSE(is_npy(bytes_of("\x93NUMP")));
}

TEST(Npy, OtherTypesAreRefusedByName) {
  const auto type_error = [](const char* type) {
    return header_error(npy_dictionary(type, "(2,)"));
  };
  for (const std::string type :
       {"|O", "<f2", "<c8", "<U3", "|S1", "<i3", "=i4", "<b2", "|i2", ""}) {
    EXPECT_EQ(type_error(type.c_str()), "x.npy: at byte 20: elements of type \"" + type +
                                            "\", expected bool, an integer, float32 or float64");
  }
  EXPECT_EQ(header_error("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }"),
            "x.npy: at byte 20: the elements are records of several fields, expected numbers");
}

TEST(Npy, HeadersThatAreNoSuchDictionaryAreRefused) {
  const std::string rest = ", 'fortran_order': False, 'shape': (2,), }";
  const std::string type = "'descr': '|u1'";
  const std::string start = "x.npy: at byte ";
  for (const auto& [header, expected] : std::vector<std::pair<std::string, std::string>>{
           {"", "63: the header: expected '{', found '\\n'"},
           {"{" + type + "}",
            "10: the header lacks an entry, expected descr, fortran_order and "
            "shape"},
           {"{" + type + ", " + type + rest, "27: the header has \"descr\" twice"},
           {"{" + type + ", 'x': 1" + rest,
            "27: the header has an entry \"x\", expected descr, fortran_order and shape"},
           {"{" + type + ", 'shape': __import__('os')" + rest,
            "36: the header: expected '(', found '_'"},
           {"{'descr': eval('1')" + rest, "20: the header: expected text in quotes"},
           {"{'descr: |u1", "11: the header: the quote that opens here is never closed"},
           {"{" + type + ", 'fortran_order': 0" + rest,
            "44: fortran_order: expected True or False"},
           {"{" + type + ", 'shape': (2)" + rest,
            "36: shape is a number in brackets, expected a tuple, as in (3,)"},
           {"{" + type + ", 'shape': (2 3)" + rest,
            "39: shape: expected a comma or the closing bracket"},
           {"{" + type + ", 'shape': (-2,)" + rest, "37: shape: expected a whole number"},
           {"{" + type + ", 'shape': (02,)" + rest, "37: shape: expected a whole number"},
           {"{" + type + ", 'shape': (2L,)" + rest,
            "38: shape: expected a comma or the closing bracket"},
           {"{" + type + ", 'shape': (99999999999999999999,)" + rest,
            "37: shape: the size is larger than memory can be"},
       }) {
    std::string found = header_error(header);
    std::string wanted = start + expected;
    for (std::string* text : {&found, &wanted}) {  // one kind of quotes is enough to compare
      std::replace(text->begin(), text->end(), '\'', '"');
    }
    EXPECT_EQ(found, wanted) << header;
  }
  const Bytes more = npy_header("{" + type + rest + " ; import os");
  EXPECT_NE(
      parse_error(more).find("expected nothing but spaces and a newline after the dictionary"),
      std::string::npos);
}

TEST(Npy, SizesOfMoreBytesThanThereAreTakeNoMemory) {
  EXPECT_EQ(parse_error(npy_file("<f8", "(1000000000, 1000)", {})),
            "x.npy: at byte 128: the elements: expected 8000000000000 bytes, found 0: "
            "8000000000000 missing");
  EXPECT_EQ(parse_error(npy_file("<f8", "(4000000000, 4000000000)", {})),
            "x.npy: at byte 10: an array of shape (4000000000, 4000000000) is larger than memory "
            "can be");
  EXPECT_NE(parse_error(npy_file("|u1", "(4294967296, 4294967296)", {}))
                .find("more elements than memory can address"),
            std::string::npos);
}

TEST(Npy, MoreThan32AxesAreRefused) {
  std::string shape = "(";
  for (int axis = 0; axis < 33; ++axis) {
    shape += "1,";
  }
  EXPECT_NE(header_error(npy_dictionary("|u1", shape + ")"))
                .find("shape has 33 axes, expected at most 32"),
            std::string::npos);
}

TEST(Npy, ABooleanIsZeroOrOne) {
  EXPECT_EQ(parse_error(npy_file("|b1", "(3,)", {1, 2, 0})),
            "x.npy: at byte 129: a boolean is 2, expected 0 or 1");
}

TEST(Npy, EveryDamageIsHandled) {
  for (const char* type : {"<u2", "|b1"}) {
    const Bytes bytes = npy_file(type, "(2, 3)", Bytes(type[2] == '2' ? 12 : 6, 1));
    expect_every_damage_is_handled(bytes, [](const Bytes& damaged) {
      const NpyArray array = parse(damaged);
      EXPECT_EQ(array.bytes.size(), array.shape.num_elements() * array.type.size);
      EXPECT_EQ(npy_file_size("x.npy", damaged), damaged.size());
    });
  }
}

TEST(Npy, AMissingFileIsNamed) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "x.npy";
  EXPECT_EQ(data_error([&] { return read_npy(path); }),
            path.string() + ": cannot read: No such file or directory");
  write_file(path, two_rows);
  EXPECT_EQ(read_npy(path).shape, (Shape{2, 3}));
}

}  // namespace
}  // namespace gradus

// SPDX-License-Identifier: MIT
// What the strict reader of safetensors refuses.
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "gradus/formats/safetensors.hpp"
#include "safetensors_bytes.hpp"
#include "thrown.hpp"

namespace gradus {
namespace {

std::string parse_error(const Bytes& bytes) {
  return data_error([&] { return parse_safetensors("x", bytes); });
}

std::string parse_error(std::string_view header, std::size_t data_size = 0) {
  return parse_error(safetensors_of(header, data_size));
}

TEST(SafetensorsReader, AFileWithoutAHeaderIsRefused) {
  EXPECT_EQ(parse_error(Bytes{}),
            "x: at byte 0: the size of the header: expected 8 bytes, found 0: 8 missing");
  EXPECT_EQ(parse_error(Bytes(8)), "x: at byte 8: expected the header to start with {");
  EXPECT_EQ(parse_error(" {}"), "x: at byte 8: expected the header to start with {");
  EXPECT_EQ(parse_error("[]"), "x: at byte 8: expected the header to start with {");
}

TEST(SafetensorsReader, AHeaderLargerThanTheFileOrTheLimitIsRefused) {
  EXPECT_EQ(parse_error(Bytes{3, 0, 0, 0, 0, 0, 0, 0, '{', '}'}),
            "x: at byte 8: the header: expected 3 bytes, found 2: 1 missing");
  EXPECT_EQ(parse_error(Bytes{1, 0xE1, 0xF5, 5, 0, 0, 0, 0, '{', '}'}),
            "x: at byte 0: the header claims 100000001 bytes, expected at most 100000000");
  EXPECT_EQ(
      parse_error(Bytes(10, 0xFF)),
      "x: at byte 0: the header claims 18446744073709551615 bytes, expected at most 100000000");
}

TEST(SafetensorsReader, BrokenJsonIsRefusedWhereItBreaks) {
  EXPECT_EQ(parse_error("{"), "x: at byte 9: the header is not valid JSON");
  EXPECT_EQ(parse_error("{}}"), "x: at byte 10: the header is not valid JSON");
  EXPECT_EQ(parse_error(std::string_view("{}\0", 3)),
            "x: at byte 10: the header is not valid JSON");
  EXPECT_EQ(parse_error("{\"\xFF\":1}"), "x: at byte 10: the header is not valid JSON");
  EXPECT_EQ(parse_error("{\"a\":1e999}"), "x: at byte 17: the header is not valid JSON");
  EXPECT_EQ(parse_error("{/**/}"), "x: at byte 9: the header is not valid JSON");
}

TEST(SafetensorsReader, DeepNestingIsRefusedAtItsFirstLevelWithoutAPlace) {
  std::string arrays = R"({"a":{"dtype":"F32","data_offsets":[0,4],"shape":)";
  std::string objects;
  for (int i = 0; i < 1'000'000; ++i) {
    arrays += '[';
    objects += "{\"a\":";
  }
  EXPECT_EQ(parse_error(arrays),
            "x: at byte 8: tensor \"a\", \"shape\": expected a whole number, found an array");
  EXPECT_EQ(parse_error(objects),
            "x: at byte 8: tensor \"a\" has a field \"a\", expected dtype, shape and data_offsets");
}

TEST(SafetensorsReader, NamesGivenTwiceAreRefused) {
  const std::string tensor = R"("a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]})";
  EXPECT_EQ(parse_safetensors("x", safetensors_of("{" + tensor + "}")).tensors().size(), 1U);
  EXPECT_EQ(parse_error("{" + tensor + "," + tensor + "}"),
            "x: at byte 8: the header has \"a\" twice");
  EXPECT_EQ(parse_error(R"({"__metadata__":{},"__metadata__":{}})"),
            "x: at byte 8: the header has \"__metadata__\" twice");
  EXPECT_EQ(parse_error(R"({"__metadata__":{"k":"1","k":"2"}})"),
            "x: at byte 8: __metadata__ has \"k\" twice");
  EXPECT_EQ(parse_error(R"({"a":{"dtype":"F32","dtype":"F32"}})"),
            "x: at byte 8: tensor \"a\" has \"dtype\" twice");
  EXPECT_EQ(parse_error(R"({"a":{},"\u0061":{}})"),
            "x: at byte 8: tensor \"a\" lacks a field, expected dtype, shape and data_offsets");
}

TEST(SafetensorsReader, FieldsThatAreMissingOrUnknownAreRefused) {
  EXPECT_EQ(parse_error(R"({"a":{"dtype":"F32","shape":[1]}})"),
            "x: at byte 8: tensor \"a\" lacks a field, expected dtype, shape and data_offsets");
  EXPECT_EQ(
      parse_error(R"({"a":{"strides":[1]}})"),
      "x: at byte 8: tensor \"a\" has a field \"strides\", expected dtype, shape and data_offsets");
}

TEST(SafetensorsReader, ValuesOfAnotherTypeAreRefused) {
  const std::vector<std::pair<std::string, std::string>> table{
      {R"({"a":1})", "the header, \"a\": expected an object for a tensor, found a number"},
      {R"({"a":[]})", "the header, \"a\": expected an object for a tensor, found an array"},
      {R"({"a":null})", "the header, \"a\": expected an object for a tensor, found null"},
      {R"({"a":"s"})", "the header, \"a\": expected an object for a tensor, found a string"},
      {R"({"__metadata__":[]})",
       "the header, \"__metadata__\": expected an object of strings, found an array"},
      {R"({"__metadata__":{"k":1}})", "__metadata__, \"k\": expected a string, found a number"},
      {R"({"__metadata__":{"k":{}}})", "__metadata__, \"k\": expected a string, found an object"},
      {R"({"__metadata__":{"k":[]}})", "__metadata__, \"k\": expected a string, found an array"},
      {R"({"a":{"dtype":1}})", "tensor \"a\", \"dtype\": expected a string, found a number"},
      {R"({"a":{"dtype":[]}})", "tensor \"a\", \"dtype\": expected a string, found an array"},
      {R"({"a":{"dtype":{}}})", "tensor \"a\", \"dtype\": expected a string, found an object"},
      {R"({"a":{"shape":"s"}})",
       "tensor \"a\", \"shape\": expected an array of whole numbers, found a string"},
      {R"({"a":{"shape":3}})",
       "tensor \"a\", \"shape\": expected an array of whole numbers, found a number"},
      {R"({"a":{"shape":[-1]}})",
       "tensor \"a\", \"shape\": expected a whole number, found a negative number"},
      {R"({"a":{"shape":[1.0]}})",
       "tensor \"a\", \"shape\": expected a whole number, found a fraction"},
      {R"({"a":{"shape":[1e2]}})",
       "tensor \"a\", \"shape\": expected a whole number, found a fraction"},
      {R"({"a":{"shape":[true]}})",
       "tensor \"a\", \"shape\": expected a whole number, found true or false"},
      {R"({"a":{"shape":["1"]}})",
       "tensor \"a\", \"shape\": expected a whole number, found a string"},
      {R"({"a":{"shape":[18446744073709551616]}})",
       "tensor \"a\", \"shape\": expected a whole number, found a fraction"},
      {R"({"a":{"data_offsets":[null]}})",
       "tensor \"a\", \"data_offsets\": expected a whole number, found null"},
      {R"({"a":{"data_offsets":[0]}})", "tensor \"a\": expected 2 data_offsets, found 1"},
      {R"({"a":{"data_offsets":[0,0,0]}})", "tensor \"a\" has more than 2 numbers"},
  };
  for (const auto& [header, reason] : table) {
    EXPECT_EQ(parse_error(header), "x: at byte 8: " + reason) << header;
  }
}

TEST(SafetensorsReader, MoreThan32AxesAreRefused) {
  std::string sizes = "1";
  for (int i = 1; i < 32; ++i) {
    sizes += ",1";
  }
  const auto header = [](const std::string& shape) {
    return R"({"a":{"dtype":"F32","shape":[)" + shape + R"(],"data_offsets":[0,4]}})";
  };
  EXPECT_EQ(parse_safetensors("x", safetensors_of(header(sizes), 4)).tensors().size(), 1U);
  EXPECT_EQ(parse_error(header(sizes + ",1"), 4),
            "x: at byte 8: tensor \"a\" has more than 32 numbers");
}

/// A header of tensors "a", "b", ...: each "dtype;shape;begin,end".
std::string header_of(const std::vector<std::array<std::string, 3>>& tensors) {
  std::string header = "{";
  char name = 'a';
  for (const auto& [dtype, shape, data_offsets] : tensors) {
    header += std::string(header.size() > 1 ? "," : "") + "\"" + name++ + R"(":{"dtype":")" +
              dtype + R"(","shape":[)" + shape + R"(],"data_offsets":[)" + data_offsets + "]}";
  }
  return header + "}";
}

TEST(SafetensorsReader, OtherElementTypesAreRefusedByName) {
  for (const std::string dtype : {"F16", "BF16", "I64", "U8", "BOOL", "f32", ""}) {
    const std::string header = header_of({{dtype, "2", "0,8"}});
    EXPECT_EQ(parse_error(header, 8), "x: at byte " + std::to_string(8 + header.size()) +
                                          ": tensor \"a\" has dtype \"" + dtype +
                                          "\", expected F32 or F64");
  }
}

TEST(SafetensorsReader, HolesOverlapsAndWrongSizesAreRefused) {
  struct Case {
    std::vector<std::array<std::string, 3>> tensors;
    std::size_t data_size;
    std::size_t blamed;  // byte of the data
    std::string reason;
  };
  const std::vector<Case> table{
      {{{"F32", "1", "4,8"}},
       8,
       0,
       "tensor \"a\" begins at byte 4 of the data, expected 0: neither holes nor overlaps"},
      {{{"F32", "1", "0,4"}, {"F32", "1", "8,12"}},
       12,
       4,
       "tensor \"b\" begins at byte 8 of the data, expected 4: neither holes nor overlaps"},
      {{{"F32", "2", "0,8"}, {"F32", "1", "4,8"}},
       8,
       8,
       "tensor \"b\" begins at byte 4 of the data, expected 8: neither holes nor overlaps"},
      {{{"F32", "1", "0,4"}, {"F32", "1", "0,4"}},
       4,
       4,
       "tensor \"b\" begins at byte 0 of the data, expected 4: neither holes nor overlaps"},
      {{{"F32", "2", "0,8"}}, 7, 0, "tensor \"a\" ends at byte 8 of the data, expected 0 to 7"},
      {{{"F32", "1", "0,4"}, {"F32", "1", "4,0"}},
       4,
       4,
       "tensor \"b\" ends at byte 0 of the data, expected 4 to 4"},
      {{{"F32", "1", "0,18446744073709551615"}},
       4,
       0,
       "tensor \"a\" ends at byte 18446744073709551615 of the data, expected 0 to 4"},
      {{{"F32", "1", "18446744073709551615,18446744073709551615"}},
       4,
       0,
       "tensor \"a\" begins at byte 18446744073709551615 of the data, expected 0: neither holes "
       "nor "
       "overlaps"},
      {{{"F32", "2,3", "0,20"}},
       20,
       0,
       "tensor \"a\" has 20 bytes of data, its shape (2, 3) needs 6 elements of type F32"},
      {{{"F64", "2,3", "0,24"}},
       24,
       0,
       "tensor \"a\" has 24 bytes of data, its shape (2, 3) needs 6 elements of type F64"},
      {{{"F32", "", "0,0"}},
       0,
       0,
       "tensor \"a\" has 0 bytes of data, its shape () needs 1 element of type F32"},
      {{{"F32", "0,3", "0,4"}},
       4,
       0,
       "tensor \"a\" has 4 bytes of data, its shape (0, 3) needs 0 elements of type F32"},
      {{{"F32", "1", "0,4"}}, 7, 4, "expected the end of the file, found 3 bytes of no tensor"},
      {{}, 1, 0, "expected the end of the file, found 1 byte of no tensor"},
  };
  for (const Case& c : table) {
    const std::string header = header_of(c.tensors);
    EXPECT_EQ(parse_error(header, c.data_size),
              "x: at byte " + std::to_string(8 + header.size() + c.blamed) + ": " + c.reason);
  }
}

TEST(SafetensorsReader, ShapesWhoseSizeOverflowsAreRefused) {
  // 2^62 elements of 4 bytes and 2^61 of 8 are 2^64 bytes, which is 0 in 64 bits.
  EXPECT_NE(parse_error(header_of({{"F32", "4611686018427387904", "0,0"}}))
                .find("needs 4611686018427387904 elements of type F32"),
            std::string::npos);
  EXPECT_NE(parse_error(header_of({{"F64", "2305843009213693952", "0,0"}}))
                .find("needs 2305843009213693952 elements of type F64"),
            std::string::npos);
  const std::string reason = " has more elements than memory can address";
  EXPECT_NE(parse_error(header_of({{"F32", "4294967296,4294967296", "0,0"}})).find(reason),
            std::string::npos);
  EXPECT_NE(parse_error(header_of({{"F32", "4294967296,4294967296,0", "0,0"}})).find(reason),
            std::string::npos);
}

}  // namespace
}  // namespace gradus

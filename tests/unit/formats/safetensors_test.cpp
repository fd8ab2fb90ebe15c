// SPDX-License-Identifier: MIT
#include "gradus/formats/safetensors.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <cstring>
#include <limits>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

#include "bytes.hpp"
#include "damage.hpp"
#include "gradus/formats/file.hpp"
#include "safetensors_bytes.hpp"
#include "temporary_folder.hpp"
#include "thrown.hpp"

namespace gradus {
namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();

// W (1, 2) = 1, -2 as floats, then b () = 0.5 as a double; the metadata says why.
Bytes hand_built() {
  const Bytes data{0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0xE0, 0x3F};
  return joined(safetensors_of(R"({"__metadata__":{"why":"test"},)"
                               R"("W":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},)"
                               R"("b":{"dtype":"F64","shape":[],"data_offsets":[8,16]}}  )"),
                data);
}

TEST(Safetensors, ReadsBytesBuiltByHand) {
  const Safetensors file = parse_safetensors("x", hand_built());
  EXPECT_EQ(file.metadata(), (SafetensorsMetadata{{"why", "test"}}));
  ASSERT_EQ(file.tensors().size(), 2U);
  EXPECT_EQ(file.tensors()[0].name, "W");
  EXPECT_EQ(file.tensors()[0].shape, Shape({1, 2}));
  EXPECT_EQ(file.tensors()[0].element_type, ElementType::F32);
  EXPECT_EQ(file.tensors()[1].name, "b");
  EXPECT_EQ(file.tensors()[1].shape, Shape());
  EXPECT_EQ(file.tensors()[1].element_type, ElementType::F64);
  EXPECT_EQ(file.values<float>("W"), (std::vector<float>{1, -2}));
  EXPECT_EQ(file.values<double>("W"), (std::vector<double>{1, -2}));
  EXPECT_EQ(file.values<float>("b"), (std::vector<float>{0.5F}));
  EXPECT_EQ(file.values<double>("b"), (std::vector<double>{0.5}));
}

TEST(Safetensors, WritesTheBytesOfTheFormat) {
  const std::vector<float> W{1, -2};
  const std::vector<double> b{0.5};
  const std::vector<NamedTensor> tensors{
      {.name = "W", .shape = {1, 2}, .elements = std::span(W)},
      {.name = "b", .shape = {}, .elements = std::span(b)},
  };
  // 155 characters and 5 spaces, up to a multiple of 8.
  const Bytes expected =
      joined(safetensors_of(R"({"__metadata__":{"a \"b\"":"c\n","why":"test"},)"
                            R"("W":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},)"
                            R"("b":{"dtype":"F64","shape":[],"data_offsets":[8,16]}})"
                            "     "),
             {0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0xE0, 0x3F});
  EXPECT_EQ(serialize_safetensors(tensors, {{"why", "test"}, {"a \"b\"", "c\n"}}), expected);
}

TEST(Safetensors, AnotherParserFindsTheSameTensors) {
  std::vector<float> parameters(11);
  std::iota(parameters.begin(), parameters.end(), -3.5F);
  const std::span<const float> all = parameters;
  const std::vector<NamedTensor> tensors{
      {.name = "W1", .shape = {2, 4}, .elements = all.first(8)},
      {.name = "b1", .shape = {3}, .elements = all.subspan(8)},
  };
  const Bytes bytes = serialize_safetensors(tensors, {{"epoch", "3"}});

  std::uint64_t header_size = 0;
  std::memcpy(&header_size, bytes.data(), 8);
  const std::uint8_t* data = bytes.data() + 8 + header_size;
  const std::string header(bytes.data() + 8, data);
  unsigned rows = 0;
  unsigned cols = 0;
  unsigned begin = 1;
  unsigned end = 0;
  ASSERT_EQ(std::sscanf(header.c_str(),
                        R"({"__metadata__":{"epoch":"3"},"W1":{"dtype":"F32","shape":[%u,%u],)"
                        R"("data_offsets":[%u,32]},"b1":{"dtype":"F32","shape":[3],)"
                        R"("data_offsets":[32,%u]}})",
                        &rows, &cols, &begin, &end),
            4);
  EXPECT_EQ(rows, 2U);
  EXPECT_EQ(cols, 4U);
  EXPECT_EQ(begin, 0U);
  EXPECT_EQ(end, 44U);
  ASSERT_EQ(bytes.data() + bytes.size(), data + end);
  EXPECT_EQ(std::memcmp(data, parameters.data(), end), 0);
}

TEST(Safetensors, TensorsMayBePartsOfOneParameterVector) {
  std::vector<float> parameters(10);
  std::iota(parameters.begin(), parameters.end(), 1.0F);
  const std::span<const float> all = parameters;
  const std::vector<NamedTensor> tensors{
      {.name = "W1", .shape = {2, 3}, .elements = all.first(6)},
      {.name = "b1", .shape = {3}, .elements = all.subspan(6, 3)},
      {.name = "scale", .shape = {}, .elements = all.subspan(9)},
  };
  const Safetensors file = parse_safetensors("x", serialize_safetensors(tensors));

  std::vector<float> again(10);
  const std::span<float> out = again;
  file.values_into("W1", {2, 3}, out.first(6));
  file.values_into("b1", {3}, out.subspan(6, 3));
  file.values_into("scale", {}, out.subspan(9));
  EXPECT_EQ(again, parameters);

  std::vector<double> biases(3);
  file.values_into("b1", {3}, std::span(biases));
  EXPECT_EQ(biases, (std::vector<double>{7, 8, 9}));
}

TEST(Safetensors, TensorsAreInTheOrderGivenNotSortedByName) {
  const std::vector<float> one{1};
  const std::vector<NamedTensor> tensors{
      {.name = "b", .shape = {1}, .elements = std::span(one)},
      {.name = "a", .shape = {1}, .elements = std::span(one)},
  };
  const Safetensors file = parse_safetensors("x", serialize_safetensors(tensors));
  EXPECT_EQ(file.tensors()[0].name, "b");
  EXPECT_EQ(file.tensors()[1].name, "a");
}

TEST(Safetensors, TheDataBeginsAtAMultipleOfEight) {
  const std::vector<double> one{1};
  for (const std::string name : {"", "a", "ab", "abc", "abcd", "abcde", "abcdef", "abcdefg"}) {
    const std::vector<NamedTensor> tensors{
        {.name = name, .shape = {1}, .elements = std::span(one)}};
    const Safetensors file = parse_safetensors("x", serialize_safetensors(tensors));
    EXPECT_EQ(file.tensors()[0].offset % 8, 0U) << name;
    EXPECT_EQ(file.values<double>(name), one);
  }
}

TEST(Safetensors, AFileWithoutTensorsIsAFile) {
  const Bytes bytes = serialize_safetensors({});
  EXPECT_EQ(bytes, safetensors_of("{}      "));
  EXPECT_TRUE(parse_safetensors("x", bytes).tensors().empty());
  EXPECT_TRUE(parse_safetensors("x", safetensors_of(R"({"__metadata__":{}})")).metadata().empty());
}

TEST(Safetensors, TensorsWithoutElementsKeepTheirShape) {
  const std::vector<float> one{1};
  const std::span<const float> none;
  const std::vector<NamedTensor> tensors{
      {.name = "e", .shape = {0, 3}, .elements = none},
      {.name = "f", .shape = {1}, .elements = std::span(one)},
      {.name = "g", .shape = {0}, .elements = none},
  };
  const Safetensors file = parse_safetensors("x", serialize_safetensors(tensors));
  EXPECT_EQ(file.find("e")->shape, Shape({0, 3}));
  EXPECT_TRUE(file.values<float>("e").empty());
  EXPECT_TRUE(file.values<double>("g").empty());
  EXPECT_EQ(file.values<float>("f"), one);
}

TEST(Safetensors, NamesAndMetadataMayBeAnyUnicodeText) {
  const std::vector<float> one{1};
  const std::string name = "층 \"1\"\\\n\x01";
  const std::vector<NamedTensor> tensors{{.name = name, .shape = {1}, .elements = std::span(one)}};
  const Safetensors file =
      parse_safetensors("x", serialize_safetensors(tensors, {{name, "값\t\"x\""}}));
  EXPECT_EQ(file.values<float>(name), one);
  EXPECT_EQ(file.metadata().at(name), "값\t\"x\"");
}

TEST(Safetensors, TheHeaderMayListTensorsInAnyOrder) {
  Bytes bytes = safetensors_of(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},)"
                               R"("b":{"data_offsets":[0,4],"shape":[1],"dtype":"F32"}})",
                               8);
  bytes[bytes.size() - 5] = 0x3F;  // the last byte of b: 0.5
  const Safetensors file = parse_safetensors("x", bytes);
  EXPECT_EQ(file.tensors()[0].name, "b");
  EXPECT_EQ(file.values<float>("b"), (std::vector<float>{0.5F}));
  EXPECT_EQ(file.values<float>("a"), (std::vector<float>{0}));
}

TEST(Safetensors, DataAtAnyAddressIsRead) {
  for (const char* spaces : {"", " ", "  ", "   "}) {
    const std::string header =
        std::string(R"({"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}})") + spaces;
    EXPECT_EQ(parse_safetensors("x", safetensors_of(header, 8)).values<double>("a").at(0), 0.0);
  }
}

TEST(Safetensors, FindTellsWhatIsThere) {
  const Safetensors file = parse_safetensors("x", hand_built());
  ASSERT_NE(file.find("b"), nullptr);
  EXPECT_EQ(file.find("b")->name, "b");
  EXPECT_EQ(file.find("absent"), nullptr);
}

TEST(Safetensors, ACopyOutlivesTheOriginal) {
  Safetensors original = parse_safetensors("x", hand_built());
  const Safetensors copy = original;
  original = parse_safetensors("y", safetensors_of("{}"));
  EXPECT_EQ(copy.values<float>("W"), (std::vector<float>{1, -2}));
}

TEST(Safetensors, AMissingTensorOrAnotherShapeIsNamed) {
  const Safetensors file = parse_safetensors("model.safetensors", hand_built());
  std::vector<float> values{7, 7};
  EXPECT_EQ(data_error([&] { file.values_into("w", {2}, std::span(values)); }),
            "model.safetensors: has no tensor \"w\"");
  EXPECT_EQ(data_error([&] { return file.values<double>("w"); }),
            "model.safetensors: has no tensor \"w\"");
  EXPECT_EQ(data_error([&] {
              file.values_into("W", {2, 1}, std::span(values));
            }),
            "model.safetensors: at byte 149: tensor \"W\" has shape (1, 2), expected (2, 1)");
  EXPECT_EQ(values, (std::vector<float>{7, 7}));
}

TEST(Safetensors, RoomOfAnotherSizeThanTheShapeIsRefused) {
  const Safetensors file = parse_safetensors("x", hand_built());
  std::vector<float> values(3);
  EXPECT_EQ(thrown<ShapeError>([&] {
              file.values_into("W", {1, 2}, std::span(values));
            }),
            "Safetensors.values_into: got room for 3 elements, shape (1, 2) needs 2");
}

TEST(Safetensors, ADoubleTooLargeForAFloatIsRefusedAndNothingIsWritten) {
  const std::vector<double> large{1, -1e39};
  const std::vector<NamedTensor> tensors{{.name = "a", .shape = {2}, .elements = std::span(large)}};
  const Safetensors file = parse_safetensors("x", serialize_safetensors(tensors));
  std::vector<float> values{7, 7};
  EXPECT_EQ(data_error([&] { file.values_into("a", {2}, std::span(values)); }),
            "x: at byte 72: element 1 of tensor \"a\" is -1e+39, too large for a float");
  EXPECT_EQ(values, (std::vector<float>{7, 7}));
  EXPECT_EQ(file.values<double>("a"), large);
}

TEST(Safetensors, NanAndInfinityAreKept) {
  const std::vector<double> special{std::nan(""), infinity, -infinity};
  const std::vector<NamedTensor> tensors{
      {.name = "a", .shape = {3}, .elements = std::span(special)}};
  const auto values = parse_safetensors("x", serialize_safetensors(tensors)).values<float>("a");
  EXPECT_TRUE(std::isnan(values[0]));
  EXPECT_EQ(values[1], infinity);
  EXPECT_EQ(values[2], -infinity);
}

TEST(Safetensors, ReadingAFileGivesWhatWasWritten) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "model.safetensors";
  const std::vector<double> values{0.1, 1e300, -3};
  const std::vector<NamedTensor> tensors{
      {.name = "v", .shape = {3}, .elements = std::span(values)}};
  write_safetensors(path, tensors, {{"step", "4711"}});
  const Safetensors file = read_safetensors(path);
  EXPECT_EQ(file.values<double>("v"), values);
  EXPECT_EQ(file.metadata().at("step"), "4711");
  write_file(path, Bytes{1, 2});
  EXPECT_EQ(
      data_error([&] { return read_safetensors(path); }),
      path.string() + ": at byte 0: the size of the header: expected 8 bytes, found 2: 6 missing");
}

TEST(Safetensors, WhatTheFormatHasNoPlaceForIsNotWritten) {
  const std::vector<float> one{1};
  const NamedTensor good{.name = "a", .shape = {1}, .elements = std::span(one)};
  NamedTensor bad = good;
  const auto value_error = [&] {
    return thrown<ValueError>([&] { return serialize_safetensors(std::vector{good, bad}); });
  };
  EXPECT_EQ(value_error(), "serialize_safetensors: the name \"a\" is taken");
  bad.name = "__metadata__";
  EXPECT_EQ(value_error(), "serialize_safetensors: the name \"__metadata__\" is taken");
  bad.name = "\xFF";
  EXPECT_EQ(value_error(), "serialize_safetensors: \"\\xff\" is not UTF-8");
  EXPECT_EQ(thrown<ValueError>([&] {
              return serialize_safetensors({}, {{"key", "\xC3"}});
            }),
            "serialize_safetensors: \"\\xc3\" is not UTF-8");
  bad = {.name = "b", .shape = {2, 2}, .elements = std::span(one)};
  EXPECT_EQ(thrown<ShapeError>([&] {
              return serialize_safetensors(std::vector{good, bad});
            }),
            "serialize_safetensors: tensor \"b\" has 1 element, shape (2, 2) needs 4");
  bad.shape = Shape(std::vector<std::size_t>(33, 1));
  EXPECT_EQ(thrown<ShapeError>([&] {
              return serialize_safetensors(std::vector{good, bad});
            }),
            "serialize_safetensors: tensor \"b\" has 33 axes, expected at most 32");
}

TEST(Safetensors, EveryDamageIsHandled) {
  expect_every_damage_is_handled(hand_built(), [](const Bytes& bytes) {
    const Safetensors file = parse_safetensors("x", bytes);
    for (const StoredTensor& tensor : file.tensors()) {
      EXPECT_EQ(file.values<double>(tensor.name).size(), tensor.shape.num_elements());
    }
  });
}

TEST(Safetensors, WhatItIsInsteadIsSaid) {
  const auto said_of = [](std::string_view text) {
    return data_error([&] {
      return parse_safetensors("x", std::vector<std::uint8_t>(text.begin(), text.end()));
    });
  };
  const std::string start = "x: at byte 0: is no model, a .safetensors file, but ";
  EXPECT_EQ(said_of("age,income,label\n1,2,0\n"),
            start + "text; the model comes first, then what it is to judge");
  EXPECT_EQ(said_of("\x89HDF\r\n\x1A\n and more"), start + "an HDF5 file, as Keras writes");
  EXPECT_TRUE(said_of("PK\x03\x04 and much more").starts_with(start + "a ZIP or pickle file"));
  EXPECT_EQ(said_of("\x01\x02\x03\x04\x05\x06\x07\x08 what is this"),
            "x: at byte 0: the header claims 578437695752307201 bytes, expected at most 100000000");
}

}  // namespace
}  // namespace gradus

// SPDX-License-Identifier: MIT
#include <fmt/core.h>

#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "data/labelled_images.hpp"
#include "gradus/core/counted.hpp"
#include "gradus/core/error.hpp"
#include "gradus/data/mnist.hpp"
#include "gradus/formats/npz.hpp"

namespace gradus {
namespace {

/// An array of an NPZ file that has to have so many axes.
NpyArray array_with_axes(const Npz& file, const std::string& path, const std::string& name,
                         std::size_t num_axes, const char* what) {
  NpyArray array = file.array(name);
  if (array.shape.num_axes() != num_axes) {
    throw DataError(path, std::nullopt,
                    fmt::format("{} is an array of shape {}, expected {}: {}", name,
                                array.shape.to_string(), counted(num_axes, "axis", "axes"), what));
  }
  for (std::size_t axis = 0; axis < num_axes; ++axis) {
    if (array.shape[axis] == 0) {
      throw DataError(
          path, std::nullopt,
          fmt::format("{} is an array of shape {}: the size of axis {} is 0, expected at least 1",
                      name, array.shape.to_string(), axis + 1));
    }
  }
  return array;
}

std::vector<std::int64_t> to_labels(const NpyArray& array, const std::string& path,
                                    const std::string& name) {
  constexpr double largest = 9007199254740992;  // 2^53: every smaller one is exact as a double
  std::vector<std::int64_t> labels;
  for (const double value : values_of<double>(array)) {
    const bool is_integer = array.type.kind == NpyType::Kind::unsigned_integer ||
                            array.type.kind == NpyType::Kind::signed_integer;
    if (!is_integer || !(std::abs(value) < largest)) {
      throw DataError(
          path, std::nullopt,
          fmt::format("label {} of {} is {} ({}), expected an integer that says a class",
                      labels.size(), name, value, array.type.name()));
    }
    labels.push_back(static_cast<std::int64_t>(value));
  }
  return labels;
}

LabelledImages take_images(const Npz& file, const std::string& path, const std::string& half) {
  const std::string images_name = "x_" + half;
  const std::string labels_name = "y_" + half;
  NpyArray images = array_with_axes(file, path, images_name, 3, "images, height, width");
  if (images.type != NpyType{NpyType::Kind::unsigned_integer, 1}) {
    throw DataError(path, std::nullopt,
                    fmt::format("{} is of {}, expected uint8: pixels from 0 to 255", images_name,
                                images.type.name()));
  }
  const NpyArray labels = array_with_axes(file, path, labels_name, 1, "labels");
  if (images.shape[0] != labels.shape[0]) {
    throw DataError(
        path, std::nullopt,
        fmt::format("{} holds {} for the {} of {}", labels_name, counted(labels.shape[0], "label"),
                    counted(images.shape[0], "image"), images_name));
  }
  return {.shape = images.shape.inner(),
          .pixels = std::move(images.bytes),
          .labels = to_labels(labels, path, labels_name),
          .labels_path = path,
          .labels_name = labels_name};
}

}  // namespace

Dataset read_mnist_npz(const std::filesystem::path& path) {
  const Npz file = read_npz(path);
  auto train = take_images(file, path.string(), "train");
  auto test = take_images(file, path.string(), "test");
  return joined(path, std::move(train), std::move(test));
}

}  // namespace gradus

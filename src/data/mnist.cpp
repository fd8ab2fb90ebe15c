// SPDX-License-Identifier: MIT
#include "gradus/data/mnist.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <span>
#include <sstream>
#include <string>
#include <system_error>
#include <utility>

#include "data/labelled_images.hpp"
#include "data/mnist_files.hpp"
#include "gradus/core/counted.hpp"
#include "gradus/core/error.hpp"
#include "gradus/formats/file.hpp"
#include "gradus/formats/idx.hpp"

namespace gradus {
namespace {

constexpr const char* train_images_name = "train-images-idx3-ubyte";
constexpr const char* train_labels_name = "train-labels-idx1-ubyte";
constexpr const char* test_images_name = "t10k-images-idx3-ubyte";
constexpr const char* test_labels_name = "t10k-labels-idx1-ubyte";
constexpr const char* npz_name = "mnist.npz";

/// Whether a folder is as Keras leaves it.
bool has_npz_only(const std::filesystem::path& folder, const MnistFiles& files) {
  std::error_code ignored;
  return files.train_images.empty() && std::filesystem::exists(folder / npz_name, ignored);
}

/// @param path  what was found; empty: nothing
/// @param name  what was looked for
void expect_there(const std::filesystem::path& folder, const std::filesystem::path& path,
                  const char* name) {
  if (path.empty()) {
    throw DataError((folder / name).string(), std::nullopt,
                    "no such file, nor one with .gz behind its name");
  }
}

IdxArray read_with_axes(const std::filesystem::path& path, std::size_t num_axes, const char* what) {
  IdxArray array = read_idx(path);
  if (array.shape.num_axes() != num_axes) {
    throw DataError(path.string(), std::nullopt,
                    fmt::format("holds an array of shape {}, expected {}: {}",
                                array.shape.to_string(), counted(num_axes, "axis", "axes"), what));
  }
  return array;
}

LabelledImages read_images(const std::filesystem::path& folder,
                           const std::filesystem::path& images_path,
                           const std::filesystem::path& labels_path, const char* images_name,
                           const char* labels_name) {
  expect_there(folder, images_path, images_name);
  IdxArray images = read_with_axes(images_path, 3, "images, height, width");
  expect_there(folder, labels_path, labels_name);
  const IdxArray labels = read_with_axes(labels_path, 1, "labels");
  if (images.shape[0] != labels.shape[0]) {
    throw DataError(labels_path.string(), std::nullopt,
                    fmt::format("holds {} for the {} beside it", counted(labels.shape[0], "label"),
                                counted(images.shape[0], "image")));
  }
  return {.shape = images.shape.inner(),
          .pixels = std::move(images.elements),
          .labels = {labels.elements.begin(), labels.elements.end()},
          .labels_path = labels_path.string(),
          .labels_name = labels_path.filename().string()};
}

/// Turns images whose rows are what should be their columns.
void transpose(LabelledImages& images) {
  const std::size_t height = images.shape[0];
  const std::size_t width = images.shape[1];
  std::vector<std::uint8_t> turned(height * width);
  for (std::size_t start = 0; start < images.pixels.size(); start += turned.size()) {
    const auto image = std::span(images.pixels).subspan(start, turned.size());
    for (std::size_t i = 0; i < turned.size(); ++i) {
      turned[i % width * height + i / width] = image[i];
    }
    std::copy(turned.begin(), turned.end(), image.begin());
  }
  images.shape = Shape{width, height};
}

/// Reads what EMNIST's labels stand for: a line of a label and the codes of its characters, of
/// which the first names it. "10 65" is A, "1 65 97" is A or a.
LabelNames read_mapping(const std::filesystem::path& path) {
  const std::vector<std::uint8_t> bytes = read_file(path);
  std::istringstream text(std::string(bytes.begin(), bytes.end()));
  LabelNames names;
  std::string line;
  for (std::size_t number = 1; std::getline(text, line); ++number) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) {
      continue;
    }
    std::istringstream numbers(line);
    std::int64_t label = 0;
    int code = 0;
    constexpr int first_visible = 33;
    constexpr int last_visible = 126;
    if (!(numbers >> label >> code) || code < first_visible || code > last_visible) {
      throw DataError(path.string(), std::nullopt,
                      fmt::format("line {}: expected a label and the code of its character, 33 to "
                                  "126, as in: 10 65",
                                  number));
    }
    names[label] = std::string(1, static_cast<char>(code));
  }
  return names;
}

std::vector<std::uint8_t> label_bytes(const Samples& samples) {
  std::vector<std::uint8_t> bytes;
  for (const Label label : samples.labels) {
    if (label > 255) {
      throw ValueError(
          fmt::format("write_mnist_folder: the label of sample {} is {}, expected at most 255: the "
                      "format keeps "
                      "labels as bytes",
                      bytes.size(), label));
    }
    bytes.push_back(static_cast<std::uint8_t>(label));
  }
  return bytes;
}

void write_images(const std::filesystem::path& path, const Samples& samples, const Shape& shape) {
  write_idx(path, {Shape{samples.num_samples(), shape[0], shape[1]}, samples.bytes});
}

}  // namespace

Dataset read_mnist_folder(const std::filesystem::path& folder) {
  const MnistFiles files = find_mnist_files(folder);
  if (has_npz_only(folder, files)) {
    Dataset dataset = read_mnist_npz(folder / npz_name);
    dataset.name = folder.string();
    return dataset;
  }
  auto train = read_images(folder, files.train_images, files.train_labels, train_images_name,
                           train_labels_name);
  auto test =
      read_images(folder, files.test_images, files.test_labels, test_images_name, test_labels_name);
  if (files.are_transposed) {
    transpose(train);
    transpose(test);
  }
  const LabelNames names = files.mapping.empty() ? LabelNames() : read_mapping(files.mapping);
  Dataset dataset = joined(folder, std::move(train), std::move(test), names);
  dataset.picture_facts.were_transposed = files.are_transposed;
  return dataset;
}

std::string missing_mnist_file(const std::filesystem::path& folder) {
  const MnistFiles files = find_mnist_files(folder);
  if (has_npz_only(folder, files)) {
    return {};
  }
  return files.train_images.empty()   ? train_images_name
         : files.train_labels.empty() ? train_labels_name
         : files.test_images.empty()  ? test_images_name
         : files.test_labels.empty()  ? test_labels_name
                                      : "";
}

void write_mnist_folder(const std::filesystem::path& folder, const Dataset& dataset) {
  if (dataset.sample_shape.num_axes() != 2 || dataset.train.bytes.empty() ||
      dataset.test.bytes.empty()) {
    throw ShapeError("write_mnist_folder: " + dataset.name + " does not hold images of bytes");
  }
  // Everything that can be refused is, before the first file is written.
  const std::vector<std::uint8_t> train_labels = label_bytes(dataset.train);
  const std::vector<std::uint8_t> test_labels = label_bytes(dataset.test);
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    throw PlaceError(
        fmt::format("{}: cannot create the folder: {}", folder.string(), error.message()));
  }
  write_images(folder / train_images_name, dataset.train, dataset.sample_shape);
  write_idx(folder / train_labels_name, {Shape{train_labels.size()}, train_labels});
  write_images(folder / test_images_name, dataset.test, dataset.sample_shape);
  write_idx(folder / test_labels_name, {Shape{test_labels.size()}, test_labels});
}

}  // namespace gradus

// SPDX-License-Identifier: MIT
#include "gradus/data/mnist.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <system_error>
#include <utility>

#include "gradus/core/error.hpp"
#include "gradus/formats/file.hpp"
#include "gradus/formats/idx.hpp"

namespace gradus {
namespace {

constexpr const char* train_images_name = "train-images-idx3-ubyte";
constexpr const char* train_labels_name = "train-labels-idx1-ubyte";
constexpr const char* test_images_name = "t10k-images-idx3-ubyte";
constexpr const char* test_labels_name = "t10k-labels-idx1-ubyte";

std::filesystem::path find_plain_or_gzip(const std::filesystem::path& folder,
                                         const std::string& name) {
  std::error_code ignored;
  for (const std::string& candidate : {name, name + ".gz"}) {
    if (std::filesystem::exists(folder / candidate, ignored)) {
      return folder / candidate;
    }
  }
  throw DataError((folder / name).string(), std::nullopt,
                  "no such file, nor one with .gz behind its name");
}

IdxArray read_with_axes(const std::filesystem::path& path, std::size_t num_axes, const char* what) {
  IdxArray array = read_idx(path);
  if (array.shape.num_axes() != num_axes) {
    throw DataError(path.string(), std::nullopt,
                    fmt::format("holds an array of shape {}, expected {} axes: {}",
                                array.shape.to_string(), num_axes, what));
  }
  return array;
}

/// One of the two halves, and the shape of its images.
std::pair<Samples, Shape> read_samples(const std::filesystem::path& folder, const char* images_name,
                                       const char* labels_name) {
  IdxArray images =
      read_with_axes(find_plain_or_gzip(folder, images_name), 3, "images, height, width");
  const std::filesystem::path labels_path = find_plain_or_gzip(folder, labels_name);
  const IdxArray labels = read_with_axes(labels_path, 1, "labels");
  if (images.shape[0] != labels.shape[0]) {
    throw DataError(labels_path.string(), std::nullopt,
                    fmt::format("holds {} labels for the {} images beside it", labels.shape[0],
                                images.shape[0]));
  }
  Samples samples;
  samples.num_features = images.shape.inner().num_elements();
  samples.bytes = std::move(images.elements);
  samples.labels.assign(labels.elements.begin(), labels.elements.end());
  return {std::move(samples), images.shape.inner()};
}

std::size_t num_classes(const Samples& samples) {
  return *std::max_element(samples.labels.begin(), samples.labels.end()) + std::size_t{1};
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
  Dataset dataset;
  dataset.name = folder.string();
  auto [train, shape] = read_samples(folder, train_images_name, train_labels_name);
  auto [test, test_shape] = read_samples(folder, test_images_name, test_labels_name);
  if (shape != test_shape) {
    throw DataError(folder.string(), std::nullopt,
                    fmt::format("training images are {}, test images {}", shape.to_string(),
                                test_shape.to_string()));
  }
  dataset.sample_shape = shape;
  dataset.num_classes = std::max(num_classes(train), num_classes(test));
  if (dataset.num_classes < 2) {
    throw DataError(folder.string(), std::nullopt,
                    "every label is 0, expected at least two classes");
  }
  dataset.train = std::move(train);
  dataset.test = std::move(test);
  return dataset;
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
    throw FileError(
        fmt::format("{}: cannot create the folder: {}", folder.string(), error.message()));
  }
  write_images(folder / train_images_name, dataset.train, dataset.sample_shape);
  write_idx(folder / train_labels_name, {Shape{train_labels.size()}, train_labels});
  write_images(folder / test_images_name, dataset.test, dataset.sample_shape);
  write_idx(folder / test_labels_name, {Shape{test_labels.size()}, test_labels});
}

}  // namespace gradus

// SPDX-License-Identifier: MIT
#include "gradus/data/mnist.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <string>
#include <system_error>
#include <utility>

#include "gradus/core/counted.hpp"
#include "gradus/core/error.hpp"
#include "gradus/formats/file.hpp"
#include "gradus/formats/idx.hpp"
#include "gradus/formats/npz.hpp"

namespace gradus {
namespace {

constexpr const char* train_images_name = "train-images-idx3-ubyte";
constexpr const char* train_labels_name = "train-labels-idx1-ubyte";
constexpr const char* test_images_name = "t10k-images-idx3-ubyte";
constexpr const char* test_labels_name = "t10k-labels-idx1-ubyte";
constexpr const char* npz_name = "mnist.npz";

bool is_there(const std::filesystem::path& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

/// Empty when there is neither.
std::filesystem::path plain_or_gzip(const std::filesystem::path& folder, const std::string& name) {
  for (const std::string& candidate : {name, name + ".gz"}) {
    if (is_there(folder / candidate)) {
      return folder / candidate;
    }
  }
  return {};
}

std::filesystem::path find_plain_or_gzip(const std::filesystem::path& folder,
                                         const std::string& name) {
  const std::filesystem::path path = plain_or_gzip(folder, name);
  if (path.empty()) {
    throw DataError((folder / name).string(), std::nullopt,
                    "no such file, nor one with .gz behind its name");
  }
  return path;
}

/// Whether a folder is as Keras leaves it.
bool has_npz_only(const std::filesystem::path& folder) {
  return is_there(folder / npz_name) && plain_or_gzip(folder, train_images_name).empty();
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

/// One of the two halves of a data set, and where it is from.
struct Half {
  Samples samples;
  Shape shape;              // of an image
  std::string labels_path;  // the file with the labels
  std::string labels_name;  // of the array in it, or its own
};

Half read_samples(const std::filesystem::path& folder, const char* images_name,
                  const char* labels_name) {
  IdxArray images =
      read_with_axes(find_plain_or_gzip(folder, images_name), 3, "images, height, width");
  const std::filesystem::path labels_path = find_plain_or_gzip(folder, labels_name);
  const IdxArray labels = read_with_axes(labels_path, 1, "labels");
  if (images.shape[0] != labels.shape[0]) {
    throw DataError(labels_path.string(), std::nullopt,
                    fmt::format("holds {} for the {} beside it", counted(labels.shape[0], "label"),
                                counted(images.shape[0], "image")));
  }
  Samples samples;
  samples.num_features = images.shape.inner().num_elements();
  samples.bytes = std::move(images.elements);
  samples.labels.assign(labels.elements.begin(), labels.elements.end());
  return {std::move(samples), images.shape.inner(), labels_path.string(), labels_name};
}

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

std::vector<Label> to_labels(const NpyArray& array, const std::string& path,
                             const std::string& name) {
  std::vector<Label> labels;
  for (const double value : values_of<double>(array)) {
    const bool is_integer = array.type.kind == NpyType::Kind::unsigned_integer ||
                            array.type.kind == NpyType::Kind::signed_integer;
    if (!is_integer || !(value >= 0 && value <= 255)) {
      throw DataError(path, std::nullopt,
                      fmt::format("label {} of {} is {} ({}), expected an integer from 0 to 255",
                                  labels.size(), name, value, array.type.name()));
    }
    labels.push_back(static_cast<Label>(value));
  }
  return labels;
}

Half take_samples(const Npz& file, const std::string& path, const std::string& half) {
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
  Samples samples;
  samples.num_features = images.shape.inner().num_elements();
  samples.bytes = std::move(images.bytes);
  samples.labels = to_labels(labels, path, labels_name);
  return {std::move(samples), images.shape.inner(), path, labels_name};
}

/// A class that training never shows cannot be learned; such a label is more likely damaged.
void expect_labels_of(const Half& train, const Half& test) {
  const std::vector<Label>& known = train.samples.labels;
  const std::vector<Label>& labels = test.samples.labels;
  const Label highest = *std::max_element(known.begin(), known.end());
  const auto wrong =
      std::find_if(labels.begin(), labels.end(), [=](Label label) { return label > highest; });
  if (wrong != labels.end()) {
    throw DataError(
        test.labels_path, std::nullopt,
        fmt::format("label {} of {} is {}, expected at most {}, the highest of {}",
                    wrong - labels.begin(), test.labels_name, *wrong, highest, train.labels_name));
  }
}

/// The two halves as one data set.
Dataset joined(const std::filesystem::path& path, Half train, Half test) {
  if (train.shape != test.shape) {
    throw DataError(path.string(), std::nullopt,
                    fmt::format("training images are {}, test images {}", train.shape.to_string(),
                                test.shape.to_string()));
  }
  expect_labels_of(train, test);
  Dataset dataset;
  dataset.name = path.string();
  dataset.sample_shape = train.shape;
  const std::vector<Label>& labels = train.samples.labels;
  dataset.num_classes = *std::max_element(labels.begin(), labels.end()) + std::size_t{1};
  if (dataset.num_classes < 2) {
    throw DataError(path.string(), std::nullopt, "every label is 0, expected at least two classes");
  }
  dataset.train = std::move(train.samples);
  dataset.test = std::move(test.samples);
  return dataset;
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
  if (has_npz_only(folder)) {
    Dataset dataset = read_mnist_npz(folder / npz_name);
    dataset.name = folder.string();
    return dataset;
  }
  auto train = read_samples(folder, train_images_name, train_labels_name);
  auto test = read_samples(folder, test_images_name, test_labels_name);
  return joined(folder, std::move(train), std::move(test));
}

std::string missing_mnist_file(const std::filesystem::path& folder) {
  if (!has_npz_only(folder)) {
    for (const char* name :
         {train_images_name, train_labels_name, test_images_name, test_labels_name}) {
      if (plain_or_gzip(folder, name).empty()) {
        return name;
      }
    }
  }
  return {};
}

Dataset read_mnist_npz(const std::filesystem::path& path) {
  const Npz file = read_npz(path);
  auto train = take_samples(file, path.string(), "train");
  auto test = take_samples(file, path.string(), "test");
  return joined(path, std::move(train), std::move(test));
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

// SPDX-License-Identifier: MIT
#include "data/labelled_images.hpp"

#include <fmt/core.h>

#include <optional>
#include <utility>

#include "gradus/core/error.hpp"
#include "gradus/data/classes.hpp"
#include "gradus/data/digits.hpp"

namespace gradus {
namespace {

constexpr std::size_t max_classes = 1000;

/// "0, 1, 2", or "0, 1, 2, ..., 46".
std::string list_of(const Classes& classes) {
  constexpr std::size_t max_shown = 12;
  std::string list;
  for (std::size_t i = 0; i < std::min(classes.numbers.size(), max_shown); ++i) {
    list += fmt::format("{}{}", i == 0 ? "" : ", ", classes.numbers[i]);
  }
  if (classes.numbers.size() > max_shown) {
    list += fmt::format(", ..., {}", classes.numbers.back());
  }
  return list;
}

Classes classes_to_learn(const std::filesystem::path& path, const LabelledImages& train) {
  if (const auto stray = find_stray_label(train.labels)) {
    throw DataError(
        train.labels_path, std::nullopt,
        fmt::format("label {} of {} is {}, far from all others: it is more likely "
                    "damaged than a class of its own; correct it or leave out its image",
                    *stray, train.labels_name, train.labels[*stray]));
  }
  Classes classes = classes_of(train.labels);
  if (classes.numbers.size() < 2) {
    throw DataError(
        path.string(), std::nullopt,
        fmt::format("every label is {}, expected at least two classes", classes.numbers.front()));
  }
  if (classes.numbers.size() > max_classes) {
    throw DataError(train.labels_path, std::nullopt,
                    fmt::format("{} has {} different labels, expected at most {} classes",
                                train.labels_name, classes.numbers.size(), max_classes));
  }
  return classes;
}

/// A class that training never shows cannot be learned; such a label is more likely damaged.
Samples to_samples(LabelledImages images, const Classes& classes, const std::string& known_by) {
  Samples samples;
  samples.num_features = images.shape.num_elements();
  samples.bytes = std::move(images.pixels);
  for (const std::int64_t written : images.labels) {
    const std::optional<Label> label = classes.find(written);
    if (!label) {
      throw DataError(images.labels_path, std::nullopt,
                      fmt::format("label {} of {} is {}, expected a class that {} has: {}",
                                  samples.labels.size(), images.labels_name, written, known_by,
                                  list_of(classes)));
    }
    samples.labels.push_back(*label);
  }
  return samples;
}

}  // namespace

Dataset joined(const std::filesystem::path& path, LabelledImages train, LabelledImages test,
               const LabelNames& names) {
  if (train.shape != test.shape) {
    throw DataError(path.string(), std::nullopt,
                    fmt::format("training images are {}, test images {}", train.shape.to_string(),
                                test.shape.to_string()));
  }
  const Classes classes = classes_to_learn(path, train);
  Dataset dataset;
  dataset.name = path.string();
  dataset.sample_shape = train.shape;
  dataset.num_classes = classes.numbers.size();
  dataset.class_names = classes.names();
  for (std::size_t c = 0; c < dataset.num_classes && !names.empty(); ++c) {
    const std::int64_t number = classes.numbers[c];
    const auto name = names.find(number);
    dataset.class_names.resize(dataset.num_classes);
    dataset.class_names[c] = name == names.end() ? std::to_string(number) : name->second;
  }
  const bool is_like_mnist = train.shape == Shape{digit_side, digit_side};
  dataset.pictures = is_like_mnist ? PicturePreparation::mnist_style : PicturePreparation::as_is;
  const std::string known_by = train.labels_name;
  dataset.train = to_samples(std::move(train), classes, known_by);
  dataset.test = to_samples(std::move(test), classes, known_by);
  return dataset;
}

}  // namespace gradus

// SPDX-License-Identifier: MIT
#include "gradus/data/picture_folder.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "data/class_folders.hpp"
#include "gradus/core/counted.hpp"
#include "gradus/core/error.hpp"
#include "gradus/data/digits.hpp"
#include "gradus/data/test_split.hpp"
#include "gradus/formats/file.hpp"
#include "gradus/formats/picture.hpp"

namespace gradus {
namespace {

namespace fs = std::filesystem;

bool has_folders(const fs::path& folder) {
  std::error_code ignored;
  const std::vector<fs::path> paths =
      fs::is_directory(folder, ignored) ? listed(folder) : std::vector<fs::path>();
  return std::any_of(paths.begin(), paths.end(),
                     [&](const fs::path& path) { return fs::is_directory(path, ignored); });
}

/// Whether pictures lie in folders of this one.
bool has_classes(const fs::path& folder) {
  for (const fs::path& path : listed(folder)) {
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) {
      const std::vector<fs::path> inside = listed(path);
      if (std::any_of(inside.begin(), inside.end(), is_named_as_picture)) {
        return true;
      }
    }
  }
  return false;
}

/// The files of a data set, and how they came to be its halves.
struct Halves {
  std::vector<std::string> names;  // of the classes
  std::vector<ClassFile> train;
  std::vector<ClassFile> test;
  PictureFacts facts;
};

std::vector<std::string> names_of_classes(const fs::path& folder) {
  std::vector<std::string> names = class_names_in(folder);
  if (names.size() < 2) {
    throw DataError(
        folder.string(), std::nullopt,
        fmt::format("has {} with pictures, expected one for each of at least two classes",
                    counted(names.size(), "folder")));
  }
  return names;
}

/// A sixth of the pictures is kept for testing.
Halves drawn_halves(const fs::path& folder) {
  Halves halves{.names = names_of_classes(folder), .train = {}, .test = {}, .facts = {}};
  const std::vector<ClassFile> all = files_of_classes(folder, halves.names);
  std::vector<Label> labels;
  for (const ClassFile& file : all) {
    labels.push_back(file.label);
  }
  const TestSplit split = draw_test_split(labels, halves.names.size());
  if (split.test.empty()) {
    throw DataError(
        folder.string(), std::nullopt,
        fmt::format("has {} of {}: too few to keep one in {} for testing; put pictures "
                    "for it into folders {} and {}",
                    counted(all.size(), "picture"),
                    counted(halves.names.size(), "class", "classes"), test_share, "train", "test"));
  }
  for (const std::uint32_t index : split.train) {
    halves.train.push_back(all[index]);
  }
  for (const std::uint32_t index : split.test) {
    halves.test.push_back(all[index]);
  }
  halves.facts.is_split = true;
  return halves;
}

std::string folder_for_tests(const fs::path& folder, PictureFacts& facts) {
  std::string found;
  for (const char* name : {"test", "val", "valid", "validation"}) {
    if (!has_folders(folder / name)) {
      continue;
    }
    if (found.empty()) {
      found = name;
    } else {
      facts.left_out = name;
    }
  }
  facts.tested_by = found == "test" ? "" : found;
  return found;
}

Halves given_halves(const fs::path& folder) {
  PictureFacts facts;
  const std::string test = folder_for_tests(folder, facts);
  if (test.empty()) {
    return drawn_halves(folder / "train");
  }
  Halves halves{
      .names = names_of_classes(folder / "train"), .train = {}, .test = {}, .facts = facts};
  halves.train = files_of_classes(folder / "train", halves.names);
  std::vector<std::string> tested = class_names_in(folder / test);
  for (const std::string& name : tested) {
    if (std::find(halves.names.begin(), halves.names.end(), name) == halves.names.end()) {
      throw DataError((folder / test / name).string(), std::nullopt,
                      "is a class that train beside it does not have");
    }
  }
  for (ClassFile& file : files_of_classes(folder / test, tested)) {
    const auto place = std::find(halves.names.begin(), halves.names.end(), tested[file.label]);
    halves.test.push_back(
        {.path = std::move(file.path), .label = static_cast<Label>(place - halves.names.begin())});
  }
  return halves;
}

std::vector<std::uint8_t> read_picture(const fs::path& path) {
  std::vector<std::uint8_t> bytes = read_file(path);
  if (!is_picture(bytes)) {
    throw DataError(path.string(), std::nullopt,
                    "is not a PNG or JPEG picture, as all files in a class's folder have to be");
  }
  return bytes;
}

/// The size that all pictures have; none when they differ.
std::optional<PictureSize> common_size(const Halves& halves) {
  std::optional<PictureSize> common;
  bool is_common = true;
  for (const std::vector<ClassFile>* half : {&halves.train, &halves.test}) {
    for (const ClassFile& file : *half) {
      const PictureSize size = picture_size(file.path.string(), read_picture(file.path));
      is_common = is_common && (!common || *common == size);
      common = size;
    }
  }
  return is_common ? common : std::nullopt;
}

Samples read_samples(const std::vector<ClassFile>& files, PicturePreparation preparation,
                     const Shape& shape) {
  Samples samples;
  samples.num_features = shape.num_elements();
  for (const ClassFile& file : files) {
    const std::string path = file.path.string();
    try {
      const PictureSample sample =
          prepare_picture(decode_picture(path, read_picture(file.path)), preparation, shape);
      samples.bytes.insert(samples.bytes.end(), sample.pixels.begin(), sample.pixels.end());
    } catch (const ValueError& no_ink) {
      throw DataError(path, std::nullopt, no_ink.what());
    }
    samples.labels.push_back(file.label);
  }
  return samples;
}

}  // namespace

bool has_picture_folders(const fs::path& folder) {
  return has_classes(folder) || (has_folders(folder / "train") && has_classes(folder / "train"));
}

Dataset read_picture_folder(const fs::path& folder) {
  Halves halves = has_folders(folder / "train") ? given_halves(folder) : drawn_halves(folder);
  const std::optional<PictureSize> size = common_size(halves);
  const bool is_as_is = size && std::max(size->height, size->width) <= max_side_as_is;
  Dataset dataset;
  dataset.name = folder.string();
  dataset.sample_shape =
      is_as_is ? Shape{size->height, size->width} : Shape{digit_side, digit_side};
  dataset.pictures = is_as_is ? PicturePreparation::as_is : PicturePreparation::mnist_style;
  dataset.num_classes = halves.names.size();
  dataset.train = read_samples(halves.train, dataset.pictures, dataset.sample_shape);
  dataset.test = read_samples(halves.test, dataset.pictures, dataset.sample_shape);
  dataset.picture_facts = halves.facts;
  dataset.picture_facts.are_pictures = true;
  dataset.picture_facts.have_sizes = !size;
  if (!are_plain(halves.names)) {
    dataset.class_names = std::move(halves.names);
  }
  return dataset;
}

}  // namespace gradus

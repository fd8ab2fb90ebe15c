// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "gradus/core/shape.hpp"
#include "gradus/data/dataset.hpp"

namespace gradus {

/// Images to learn from or to test by, with their labels, as files have them.
struct LabelledImages {
  Shape shape;                       // of an image
  std::vector<std::uint8_t> pixels;  // as many as images times the shape
  std::vector<std::int64_t> labels;  // as they are written; at least one
  std::string labels_path;           // the file with the labels
  std::string labels_name;           // of the array in it, or its own
};

/// What labels stand for.
using LabelNames = std::map<std::int64_t, std::string>;

/// The two as one data set. Labels become classes, which keep their numbers as names unless they
/// are 0, 1, 2, ...
/// @param path   what the data set is called
/// @param names  of labels; one that is not among them keeps its number
/// @throws DataError  images differ in size; one class, or more than 1000; a label far from all
///                    others; a test label that training never has
[[nodiscard]] Dataset joined(const std::filesystem::path& path, LabelledImages train,
                             LabelledImages test, const LabelNames& names = {});

}  // namespace gradus

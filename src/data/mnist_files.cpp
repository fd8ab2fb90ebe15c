// SPDX-License-Identifier: MIT
#include "data/mnist_files.hpp"

#include <fmt/core.h>

#include <set>
#include <string>
#include <system_error>

#include "gradus/core/error.hpp"
#include "gradus/data/mnist.hpp"

namespace gradus {
namespace {

namespace fs = std::filesystem;

bool is_there(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

bool is_folder(const fs::path& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

/// @param stem  "train-images", "emnist-letters-test-labels"
/// @param kind  "idx3-ubyte" or "idx1-ubyte"
/// @returns  empty when there is none
fs::path find_file(const fs::path& folder, const std::string& stem, const std::string& kind) {
  for (const char* separator : {"-", "."}) {
    for (const char* ending : {"", ".gz"}) {
      const fs::path path = folder / (stem + separator + kind + ending);
      if (!is_folder(path)) {
        if (is_there(path)) {
          return path;
        }
      } else if (const fs::path inside = find_file(path, stem, kind); !inside.empty()) {
        return inside;
      }
    }
  }
  return {};
}

MnistFiles files_of(const fs::path& folder, const std::string& prefix, const std::string& test) {
  const auto find = [&](const std::string& half, const char* what, const char* kind) {
    return find_file(folder, prefix + half + "-" + what, kind);
  };
  return {.train_images = find("train", "images", "idx3-ubyte"),
          .train_labels = find("train", "labels", "idx1-ubyte"),
          .test_images = find(test, "images", "idx3-ubyte"),
          .test_labels = find(test, "labels", "idx1-ubyte")};
}

/// What stands before "train-images" in names of a folder: "emnist-letters-".
std::set<std::string> emnist_prefixes(const fs::path& folder) {
  std::set<std::string> prefixes;
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored)) {
    const std::string name = entry.path().filename().string();
    const std::size_t end = name.find("train-images");
    if (name.starts_with("emnist-") && end != std::string::npos &&
        !find_file(folder, name.substr(0, end) + "train-images", "idx3-ubyte").empty()) {
      prefixes.insert(name.substr(0, end));
    }
  }
  return prefixes;
}

}  // namespace

MnistFiles find_mnist_files(const fs::path& folder) {
  MnistFiles plain = files_of(folder, "", "t10k");
  const std::set<std::string> prefixes = emnist_prefixes(folder);
  if (prefixes.size() + (plain.train_images.empty() ? 0 : 1) > 1) {
    std::string names = plain.train_images.empty() ? "" : "MNIST's four files";
    for (const std::string& prefix : prefixes) {
      names += (names.empty() ? "" : ", ") + prefix.substr(0, prefix.size() - 1);
    }
    throw DataError(folder.string(), std::nullopt,
                    fmt::format("holds several data sets, {}: put the four files of one into a "
                                "folder of their own",
                                names));
  }
  if (prefixes.empty()) {
    return plain;
  }
  MnistFiles emnist = files_of(folder, *prefixes.begin(), "test");
  emnist.are_transposed = true;
  if (const fs::path mapping = folder / (*prefixes.begin() + "mapping.txt"); is_there(mapping)) {
    emnist.mapping = mapping;
  }
  return emnist;
}

bool has_mnist_files(const fs::path& folder) {
  const MnistFiles plain = files_of(folder, "", "t10k");
  return !plain.train_images.empty() || !plain.train_labels.empty() || !plain.test_images.empty() ||
         !plain.test_labels.empty() || !emnist_prefixes(folder).empty();
}

}  // namespace gradus

// SPDX-License-Identifier: MIT
#include "inputs/image_folder.hpp"

#include <fmt/core.h>

#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "gradus/core/error.hpp"
#include "gradus/data/mnist.hpp"

namespace gradus::cli {
namespace {

namespace fs = std::filesystem;

}  // namespace

fs::path find_image_folder(const fs::path& folder) {
  if (has_mnist_files(folder)) {
    return folder;
  }
  std::vector<fs::path> found;
  std::error_code ignored;
  const bool has_npz = fs::exists(folder / "mnist.npz", ignored);
  if (has_npz) {
    found.push_back(folder / "mnist.npz");
  }
  for (const char* inside : {"raw", "MNIST/raw", "FashionMNIST/raw", "KMNIST/raw", "EMNIST/raw",
                             "gzip", "fashion-mnist"}) {
    if (has_mnist_files(folder / inside)) {
      found.push_back(folder / inside);
    }
  }
  if (found.size() > 1) {
    std::string names;
    for (const fs::path& path : found) {
      names += (names.empty() ? "" : ", ") + path.string();
    }
    throw DataError(folder.string(), std::nullopt,
                    fmt::format("holds several data sets; choose one of {}", names));
  }
  // A folder with nothing but mnist.npz is read as it is.
  return found.empty() || has_npz ? folder : found.front();
}

}  // namespace gradus::cli

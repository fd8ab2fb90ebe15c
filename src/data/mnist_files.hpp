// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>

namespace gradus {

/// Where the four files of a data set like MNIST are; a path is empty when there is no such file.
struct MnistFiles {
  std::filesystem::path train_images;
  std::filesystem::path train_labels;
  std::filesystem::path test_images;
  std::filesystem::path test_labels;
  std::filesystem::path mapping = {};  // EMNIST's: which characters the labels stand for
  bool are_transposed = false;         // EMNIST's, with rows and columns swapped
};

/// Looks for them under the names they go by, each plain or with .gz behind it, the former first:
///
///   train-images-idx3-ubyte         as they are published
///   train-images.idx3-ubyte         as 7-Zip unpacks them
///   NAME/NAME                       each in a folder of its own, as Kaggle has them
///   emnist-SPLIT-train-images-...   EMNIST's, with "test" where MNIST has "t10k"; beside them
///                                   perhaps emnist-SPLIT-mapping.txt
///
/// @throws DataError  several data sets are there; the message names them
[[nodiscard]] MnistFiles find_mnist_files(const std::filesystem::path& folder);

}  // namespace gradus

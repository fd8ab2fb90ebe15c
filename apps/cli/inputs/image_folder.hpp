// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>

namespace gradus::cli {

/// The folder with the four files MNIST comes in: `folder` itself, or the one inside it where
/// torchvision (MNIST/raw, FashionMNIST/raw, KMNIST/raw, EMNIST/raw, or raw), EMNIST (gzip) or
/// Keras (fashion-mnist) puts them. `folder` when there is none, or just Keras's mnist.npz.
/// @throws DataError  there are several, mnist.npz counted; the message names them
[[nodiscard]] std::filesystem::path find_image_folder(const std::filesystem::path& folder);

}  // namespace gradus::cli

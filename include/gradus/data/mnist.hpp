// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>

#include "gradus/data/dataset.hpp"

namespace gradus {

/// Reads images and labels from the four files MNIST comes in, or from any others of that form:
///
///   train-images-idx3-ubyte   train-labels-idx1-ubyte
///   t10k-images-idx3-ubyte    t10k-labels-idx1-ubyte
///
/// each plain or with .gz behind its name. They may also be called train-images.idx3-ubyte, as
/// 7-Zip unpacks them, lie in folders of their own names, as Kaggle has them, or be EMNIST's,
/// emnist-SPLIT-train-images-idx3-ubyte and emnist-SPLIT-test-images-idx3-ubyte, whose images are
/// stored with rows and columns swapped and are turned; emnist-SPLIT-mapping.txt beside them names
/// the classes.
///
/// Images are (N, height, width) bytes, of one size in both. Labels are bytes; those of training
/// tell the classes, which keep their numbers as names unless they are 0, 1, 2, ... A folder
/// without the first of the files may hold mnist.npz instead.
///
/// @throws DataError  a file is missing or damaged, counts of images and labels differ, images of
///                    training and test differ in size, a label is far from all others, a test
///                    label is one that training never has, all labels are the same, or the folder
///                    holds several EMNISTs
[[nodiscard]] Dataset read_mnist_folder(const std::filesystem::path& folder);

/// Whether a folder has any of the files, under one of those names.
[[nodiscard]] bool has_mnist_files(const std::filesystem::path& folder);

/// The first of those files that a folder lacks; empty when it has all that read_mnist_folder()
/// needs.
[[nodiscard]] std::string missing_mnist_file(const std::filesystem::path& folder);

/// Reads the same from one file as Keras has it: an NPZ of the arrays x_train, y_train, x_test,
/// y_test. Images are uint8; labels are integers of any kind.
///
/// @throws DataError  as read_mnist_folder()
[[nodiscard]] Dataset read_mnist_npz(const std::filesystem::path& path);

/// Writes a data set of images as those four files, plain. Labels are the numbers of the classes,
/// without their names. The folder is created when missing.
/// @throws ShapeError  the samples are not bytes, or the sample shape has not two axes
/// @throws ValueError  a label above 255
/// @throws FileError   a file cannot be written
void write_mnist_folder(const std::filesystem::path& folder, const Dataset& dataset);

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <filesystem>

#include "gradus/data/dataset.hpp"

namespace gradus {

/// Pictures of one size are kept as they are up to this many pixels along a side.
inline constexpr std::size_t max_side_as_is = 256;

/// Whether a folder has folders with pictures, files that end in .png, .jpg or .jpeg, in it, or
/// such folders in a folder train.
[[nodiscard]] bool has_picture_folders(const std::filesystem::path& folder);

/// Reads PNG and JPEG pictures from a folder for each class:
///
///   - DIR/cat/*.png, DIR/dog/*.jpg: a sixth is kept for testing (data/test_split.hpp)
///   - DIR/train/cat/*.png, ..., DIR/test/cat/*.png: as they are; without a folder test, the
///     folder val, valid or validation is the test
///
/// Classes are called as their folders and sorted by name, by number where all are whole numbers;
/// folders 0, 1, 2, ... are plain classes. Files are sorted by name, so that a folder gives the
/// same data set on every machine. Hidden files, __MACOSX, Thumbs.db and desktop.ini do not count,
/// nor do files beside the folders that are not named like pictures.
///
/// When all pictures have one size, of at most max_side_as_is, they are kept as they are, in gray;
/// otherwise each is made ready by mnist_style(). `pictures` of the result says which, and
/// `picture_facts` what else was done.
///
/// Cost  each file is read twice, first for its size alone; memory is that of the samples, and of
///       one picture at a time
///
/// @throws DataError  fewer than two classes, or no picture for testing; a class without pictures;
///                    a class that only the test has; a file in a class's folder that is no
///                    picture, or not readable; a picture without ink where mnist_style() is used
[[nodiscard]] Dataset read_picture_folder(const std::filesystem::path& folder);

}  // namespace gradus

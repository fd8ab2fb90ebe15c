// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

#include "gradus/data/dataset.hpp"

namespace gradus {

/// Reads samples from a table, one per row: a label, 0, 1, 2, ... up to 999, and the features.
///
/// The label is the column named "label", else the one named "class", in upper or lower case, else
/// the first one. When every feature of the table is a whole number from 0 to 255 it is kept as a
/// byte, like a pixel.
///
/// A table has no test samples of its own: a sixth of its rows, drawn at random but the same for
/// every seed and every program, is kept for testing. To choose them yourself, use a folder.
///
/// @throws DataError  unreadable, no feature column, a label that is not a class, fewer than two
///                    classes, or fewer than 6 rows
[[nodiscard]] Dataset read_csv_dataset(const std::filesystem::path& path);

/// Reads train.csv and test.csv of a folder, without splitting anything.
/// @throws DataError  as read_csv_dataset(), or the two have different columns
[[nodiscard]] Dataset read_csv_folder(const std::filesystem::path& folder);

/// Reads rows of features for a network that takes `num_features` of them. A table with one column
/// more has a label too, where read_csv_dataset() looks for it; it is left out, whatever it is.
///
/// @returns  (N, num_features), row-major
/// @throws DataError   unreadable
/// @throws ShapeError  another number of columns
[[nodiscard]] std::vector<float> read_csv_features(const std::filesystem::path& path,
                                                   std::size_t num_features);

}  // namespace gradus

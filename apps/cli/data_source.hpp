// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>

#include "gradus/core/parallel.hpp"
#include "gradus/data/dataset.hpp"

namespace gradus::cli {

/// Where downloaded data sets are kept, a folder each: $GRADUS_DATA_DIR, else gradus in the user's
/// cache folder ($XDG_CACHE_HOME, else ~/.cache).
[[nodiscard]] std::filesystem::path data_folder();

/// What --data takes, for --help.
[[nodiscard]] std::string data_help();

/// Loads what --data names: "digits", a data set of published_datasets(), a folder of MNIST-like
/// files (as find_image_folder() finds them) or of train.csv and test.csv, one CSV file, or an NPZ
/// file like Keras's mnist.npz.
/// @throws DataError  nothing there, or not readable; the message says what was looked for
[[nodiscard]] Dataset load_dataset(const std::string& name, Team& team);

/// What a model was trained on, from the run.json beside it.
/// @throws ValueError  there is none
/// @throws DataError   it is a file or folder that is not there
[[nodiscard]] std::string data_of_run(const std::string& model);

/// One line about it: what it is called, how many samples of which shape, how many classes.
[[nodiscard]] std::string describe(const Dataset& dataset);

}  // namespace gradus::cli

// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "gradus/core/parallel.hpp"
#include "gradus/data/dataset.hpp"
#include "gradus/runs/run_record.hpp"

namespace gradus::cli {

/// Where downloaded data sets are kept, a folder each: $GRADUS_DATA_DIR, else gradus in the user's
/// cache folder ($XDG_CACHE_HOME, else ~/.cache).
[[nodiscard]] std::filesystem::path data_folder();

/// What --data takes, for --help.
[[nodiscard]] std::string data_help();

/// Loads what --data names: "digits", a data set of published_datasets(), a folder of train.csv and
/// test.csv, of MNIST-like files (as find_image_folder() finds them) or of pictures, a folder for
/// each class (data/picture_folder), one CSV file, or an NPZ file like Keras's mnist.npz.
/// @throws DataError  nothing there, or not readable; the message says what was looked for
[[nodiscard]] Dataset load_dataset(const std::string& name, Team& team);

/// The model that is meant by a run's folder, or by the file itself.
/// @throws DataError  it is the folder of a run that has none
[[nodiscard]] std::string model_path(const std::string& name);

/// What a model was trained on, from the run.json beside it.
/// @throws ValueError  there is none
/// @throws DataError   it is a file or folder that is not there
[[nodiscard]] std::string data_of_run(const std::string& model);

/// A run's model, and how it does.
/// @param data  what --data says; empty: what the run learned from
/// @throws DataError, ShapeError  as gradus::look_inside()
[[nodiscard]] RunInside look_inside(const RunRecord& run, const std::string& data);

/// One line about it: what it is called, how many samples of which shape, how many classes.
[[nodiscard]] std::string describe(const Dataset& dataset);

/// What else there is to say about it, a line each: names of classes, and what was done to its
/// images while they were read. None for most data sets.
[[nodiscard]] std::vector<std::string> details(const Dataset& dataset);

}  // namespace gradus::cli

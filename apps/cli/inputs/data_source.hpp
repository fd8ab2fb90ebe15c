// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "gradus/core/parallel.hpp"
#include "gradus/data/csv_dataset.hpp"
#include "gradus/data/dataset.hpp"
#include "gradus/runs/run_record.hpp"

namespace gradus::cli {

/// Where downloaded data sets are kept, a folder each: $GRADUS_DATA_DIR, else gradus in the user's
/// cache folder ($XDG_CACHE_HOME, else ~/.cache).
[[nodiscard]] std::filesystem::path data_folder();

/// What --data takes, for --help.
[[nodiscard]] std::string data_help();

/// Loads what --data names: "digits", data in the plane (runs/plane_name), a data set of
/// published_datasets(), a folder of train.csv and test.csv, of MNIST-like files (as
/// find_image_folder() finds them) or of pictures, a folder for each class (data/picture_folder), a
/// table, or an NPZ file like Keras's mnist.npz.
/// @param table  what the columns mean, where it is a table
/// @throws DataError   nothing there, or not readable; the message says what was looked for
/// @throws ValueError  columns are named, but it is no table
[[nodiscard]] Dataset load_dataset(const std::string& name, const TableOptions& table, Team& team);

/// Whether --data names a table, or a folder of two.
[[nodiscard]] bool is_table(const std::string& name);

/// The model that is meant by a run's folder, or by the file itself.
/// @throws DataError  it is the folder of a run that has none
[[nodiscard]] std::string model_path(const std::string& name);

/// What a run learned from.
struct RunData {
  std::string name;
  TableOptions table;
};

/// What a model was trained on, from the run.json beside it.
/// @throws ValueError  there is none
/// @throws DataError   it is a file or folder that is not there
[[nodiscard]] RunData data_of_run(const std::string& model);

/// A run's model, and how it does.
/// @param data  what --data says; empty: what the run learned from
/// @throws DataError, ShapeError  as gradus::look_inside()
[[nodiscard]] RunInside look_inside(const RunRecord& run, const std::string& data);

/// One line about it: what it is called, how many samples of which shape, how many classes.
[[nodiscard]] std::string describe(const Dataset& dataset);

}  // namespace gradus::cli

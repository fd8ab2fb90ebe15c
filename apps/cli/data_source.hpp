// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "gradus/core/parallel.hpp"
#include "gradus/data/dataset.hpp"

namespace gradus::cli {

/// Loads what --data names: "digits", "mnist", a folder of MNIST-like files or of train.csv and
/// test.csv, one CSV file, or an NPZ file like Keras's mnist.npz.
/// @throws DataError  nothing there, or not readable; the message says what was looked for
[[nodiscard]] Dataset load_dataset(const std::string& name, Team& team);

/// What a model was trained on, from the run.json beside it.
/// @throws ValueError  there is none
[[nodiscard]] std::string data_of_run(const std::string& model);

/// One line about it: what it is called, how many samples of which shape, how many classes.
[[nodiscard]] std::string describe(const Dataset& dataset);

}  // namespace gradus::cli

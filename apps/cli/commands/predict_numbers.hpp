// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "gradus/train/model.hpp"
#include "inputs/sample_file.hpp"

namespace gradus::cli {

/// What a model of numbers says about the samples of some files: a table, or with `is_json` a line
/// of JSON for each. Nothing is printed when an answer is not finite.
/// @throws DataError  one is not
template <Real T>
void predict_numbers(Model<T> model, const std::vector<SampleFile>& files, bool is_json);

}  // namespace gradus::cli

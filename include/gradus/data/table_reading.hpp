// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace gradus {

/// Why a column was taken for the label.
enum class LabelReason {
  asked,           // somebody said so
  named,           // it is called label, class, species, ...
  only_text,       // it is the only column of text
  first_of_pixels  // the first before a row of pixels, as in Kaggle's and MNIST's tables
};

/// What was noticed while a table was read, for people to see.
struct TableReading {
  LabelReason label_reason = LabelReason::asked;
  std::size_t num_dropped_rows = 0;  // with a missing cell
  std::size_t num_filled_cells = 0;
  std::vector<std::size_t> counting;  // columns that number the rows, counted from 0
  std::vector<std::size_t> rounded;   // columns with whole numbers that float does not hold
};

}  // namespace gradus

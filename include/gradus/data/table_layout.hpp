// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace gradus {

/// A column of a table whose cells are features of samples: numbers, or words of a small set. A
/// column of words is an input for each of them: 1 for the word that is there, 0 for the others.
struct FeatureColumn {
  std::string name;                // empty when the table has no header
  std::vector<std::string> words;  // in alphabetical order; empty for numbers
  std::optional<double> fill;      // what stands for a missing cell: a number, or a word's index

  /// How many inputs of a network it becomes.
  [[nodiscard]] std::size_t num_inputs() const { return words.empty() ? 1 : words.size(); }
};

/// What the columns of a table mean, so that other tables can be read in the same way.
struct TableLayout {
  std::vector<FeatureColumn> features;    // in the order in which a network gets them
  std::string label;                      // the name of the label's column; empty: none, no header
  std::size_t label_column = 0;           // where it was, counted from 0
  std::vector<std::string> target_names;  // of the columns of numbers to learn, if any
  std::vector<std::size_t> target_columns;
  std::size_t num_columns = 0;  // of the table it is from

  /// D: the inputs of a network that takes these columns.
  [[nodiscard]] std::size_t num_inputs() const {
    std::size_t sum = 0;
    for (const FeatureColumn& column : features) {
      sum += column.num_inputs();
    }
    return sum;
  }
};

}  // namespace gradus

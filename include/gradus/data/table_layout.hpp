// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace gradus {

/// What becomes of rows in which a cell is missing.
enum class MissingCells {
  refuse,  // an error that names row and column
  drop,    // such rows are left out
  fill     // a number becomes the mean of the training rows, a word the most frequent one
};

/// A column of a table whose cells are features of samples: numbers, or words of a small set. A
/// column of words is an input for each of them: 1 for the word that is there, 0 for the others.
struct FeatureColumn {
  std::string name;                // empty when the table has no header
  std::size_t place = 0;           // in the table, counted from 0
  std::vector<std::string> words;  // in alphabetical order; empty for numbers
  std::optional<double> fill;      // for a missing cell: a number, or the index of a word

  /// How many inputs of a network it becomes.
  [[nodiscard]] std::size_t num_inputs() const { return words.empty() ? 1 : words.size(); }
};

/// A column with what is to be learned: a class, or a number.
struct AnswerColumn {
  std::string name;  // empty when the table has no header
  std::size_t place = 0;
};

/// What the columns of a table mean, so that other tables can be read in the same way.
struct TableLayout {
  std::vector<FeatureColumn> features;  // in the order in which a network gets them
  std::vector<AnswerColumn> answers;    // the label; or the targets, of numbers
  std::size_t num_columns = 0;          // of the table, those that are ignored too; 0: no table
  MissingCells missing = MissingCells::refuse;

  /// D: the inputs of a network that takes these columns.
  [[nodiscard]] std::size_t num_inputs() const {
    std::size_t sum = 0;
    for (const FeatureColumn& column : features) {
      sum += column.num_inputs();
    }
    return sum;
  }
};

/// What a network that learned from a table knows of it.
struct TableKnowledge {
  TableLayout layout;           // empty when it was no table
  std::size_t num_classes = 0;  // 0 when numbers were learned
  std::vector<std::string> class_names;
};

/// How a column is called in a message: column 5 "species", or column 5. Counted from 1.
[[nodiscard]] std::string column_title(std::size_t place, const std::string& name);

}  // namespace gradus

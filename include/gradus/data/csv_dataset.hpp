// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "gradus/data/dataset.hpp"
#include "gradus/data/table_layout.hpp"

namespace gradus {

/// What the columns of a table mean. A column is called by its name, in capitals or not, or by its
/// number, counted from 1.
struct TableOptions {
  std::string label = {};                 // the column of classes; empty: see read_csv_dataset()
  std::vector<std::string> targets = {};  // columns of numbers to learn, instead of a class
  std::vector<std::string> ignored = {};  // columns that are left out
  MissingCells missing = MissingCells::refuse;

  [[nodiscard]] bool says_anything() const {
    return !label.empty() || !targets.empty() || !ignored.empty() ||
           missing != MissingCells::refuse;
  }
};

/// Reads samples from a table, one per row: what is to be learned of it, and the features.
///
/// The label is the column that the options name, else
///   - the one called label or class; else target, outcome, species, category, diagnosis, survived
///     or digit; else y, when it can hold classes and none is called x; in capitals or not
///   - the only one that is text
///   - the first one, when it has whole numbers below 100 and all others are pixels
/// and otherwise the table is refused: nothing else tells a class from a feature.
///
/// Classes are what the label's column holds, in alphabetical order or that of numbers; those that
/// are not written as 0, 1, ..., C - 1 keep their names. Other columns are numbers, or words, at
/// most max_feature_words of them.
///
/// Pixels   whole numbers from 0 to 255, some above 100, in at least 64 columns: a square number of
///          them, which are then images of that side, or three times one. They are kept as bytes.
///
/// A table has no test samples of its own: a sixth of its rows, drawn at random but the same for
/// every seed and every program, is kept for testing. A class that would have no training row keeps
/// all of its rows for training. To choose them yourself, use a folder.
///
/// @throws DataError  unreadable; columns that the options name are not there; no label can be
///                    told; a label that is no class, only one class, more classes than half the
///                    rows (of more than 20 that are numbers: than a fifth), or a label far from
///                    all others; a column that is neither numbers nor few words; a missing cell
///                    that is refused; fewer than 6 rows
[[nodiscard]] Dataset read_csv_dataset(const std::filesystem::path& path,
                                       const TableOptions& options = {});

/// Reads train.csv and test.csv of a folder, without splitting anything. The columns of test.csv
/// may be in another order when they have names.
/// @throws DataError  as read_csv_dataset(); a column that the other has is missing, or a class
///                    that training never has
[[nodiscard]] Dataset read_csv_folder(const std::filesystem::path& folder,
                                      const TableOptions& options = {});

enum class Answers { needed, left_out };

/// Reads all rows of another table as a network takes them that has learned from one. Columns are
/// found by their names, in any order; without names by their places, in a table of as many columns
/// as the first, or of the features alone.
///
/// @param answers  needed: each row has its label, or its targets, too; left_out: a column with
///                 them may be there, and is not looked at
/// @throws DataError  unreadable; a column is missing, or there are others than can be told apart;
///                    an unknown word or class; a missing cell that nothing stands for
[[nodiscard]] Samples read_csv_samples(const std::filesystem::path& path,
                                       const TableKnowledge& knowledge, Answers answers);

/// The layout that read_csv_dataset() would find, for a network that knows none.
/// @throws DataError  as read_csv_dataset(), of the columns
[[nodiscard]] TableLayout find_layout(const std::filesystem::path& path,
                                      const TableOptions& options);

/// Rows of numbers for a network that knows no layout and takes so many features: the columns of
/// the table, but for a label where one is called so.
/// @throws DataError  unreadable, another number of columns, or cells that are no numbers
[[nodiscard]] Samples read_csv_features(const std::filesystem::path& path,
                                        std::size_t num_features);

/// More different words than this are names or notes, and no feature.
inline constexpr std::size_t max_feature_words = 50;

/// What the names of tables end in.
inline constexpr std::array<std::string_view, 7> table_endings{".csv",   ".tsv",  ".tab", ".data",
                                                               ".train", ".test", ".txt"};

/// Whether the name of a file has one of these endings, in capitals or not.
[[nodiscard]] bool is_table_name(const std::filesystem::path& path);

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "gradus/data/csv_dataset.hpp"
#include "gradus/data/table_reading.hpp"
#include "gradus/formats/csv.hpp"

namespace gradus {

/// Which columns of a table are what. Places are counted from 0.
struct ColumnChoice {
  std::vector<std::size_t> answers;  // the label; or targets
  bool are_targets = false;
  LabelReason label_reason = LabelReason::asked;
  std::vector<std::size_t> features;  // in the order of the table
};

/// Chooses as read_csv_dataset() says.
/// @param path  for messages
/// @throws DataError  as read_csv_dataset()
[[nodiscard]] ColumnChoice choose_columns(const std::string& path, const CsvTable& table,
                                          const TableOptions& options);

/// The column whose name says that it is the label, among these.
/// @throws DataError  there are two
[[nodiscard]] std::optional<std::size_t> named_label(const std::string& path, const CsvTable& table,
                                                     const std::vector<std::size_t>& columns);

/// Whether these columns hold the pixels of images, as read_csv_dataset() says.
[[nodiscard]] bool are_pixels(const CsvTable& table, const std::vector<std::size_t>& columns);

/// The side of a square image of so many pixels; 0 when they make none.
[[nodiscard]] std::size_t image_side(std::size_t num_pixels);

/// Columns that number the rows: the first one, when it has no name or counts up by one. A network
/// could learn the order of the rows by it.
[[nodiscard]] std::vector<std::size_t> counting_columns(const CsvTable& table,
                                                        const std::vector<std::size_t>& features);

}  // namespace gradus

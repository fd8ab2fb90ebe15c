// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "gradus/data/csv_dataset.hpp"
#include "gradus/formats/csv.hpp"

namespace gradus {

/// Finds the columns of a layout in another table, as read_csv_samples() says.
/// @returns  the layout with the places of this table; without answers when they are left out
/// @throws DataError  as read_csv_samples()
[[nodiscard]] TableLayout place_columns(const std::string& path, const CsvTable& table,
                                        TableLayout layout, Answers answers);

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include "csv_scanner.hpp"
#include "gradus/formats/csv.hpp"

namespace gradus {

/// Writes a cell's text as its column shows it: doubled quotes become one.
[[nodiscard]] std::string text_of(const CsvCell& cell);

/// Fills in what the columns of text hold: their words, and in `values` the words' indices.
/// @param scanner  at the first row of `values`
void read_words(CsvScanner scanner, CsvTable& table);

}  // namespace gradus

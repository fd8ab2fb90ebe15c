// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace gradus {

/// A table of numbers, one sample per row.
struct CsvTable {
  std::vector<std::string> names;  // of the columns; empty when the file has no header
  std::size_t num_rows = 0;        // without the header
  std::size_t num_cols = 0;
  std::vector<float> values;  // (num_rows, num_cols), row-major; all finite
};

/// Reads comma-separated numbers; docs/formats.md has the grammar.
///
///   header     the first row, when one of its cells is text: neither empty nor number-like
///   separator  tab, semicolon or comma: the first of these three that is in the first line
///   numbers    decimal with a point, whatever the locale: 7, -0.5, "1.5", +2e-3; rounded to the
///              nearest float, so one too small becomes 0
///
/// Cost  at most about three times the file in memory, the file included.
///
/// @throws DataError  unreadable, no rows, rows of different lengths, or a cell that is empty or
///                    text, NaN, infinite or too large for float; the message has row and column,
///                    both counted from 1, a header being row 1
[[nodiscard]] CsvTable read_csv(const std::filesystem::path& path);

/// As read_csv(), from text in memory.
/// @param name  what stands for the path in messages
[[nodiscard]] CsvTable parse_csv(std::string_view name, std::string_view text);

}  // namespace gradus

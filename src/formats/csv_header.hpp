// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

#include "csv_scanner.hpp"

namespace gradus {

/// Whether the first row of a table names its columns. It does when it has text, and
///
///   - there are numbers below that text, and the first row has no numbers itself, or only such
///     that count up by one, like the names 0, 1, 2 of pixels; or
///   - there is text below all of it, none of its cells comes again in its column, as a class
///     would, and it has no number itself, or two and more that count up by one.
///
/// So a first row of numbers with a gap or a slip in it is none, nor is one of numbers and a class.
/// Cost  reads at most 1,000 rows
///
/// @param scanner      at the first row
/// @param num_columns  of the first row
[[nodiscard]] bool is_csv_header(CsvScanner scanner, std::size_t num_columns);

}  // namespace gradus

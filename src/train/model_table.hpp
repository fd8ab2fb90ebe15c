// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "gradus/data/table_layout.hpp"
#include "gradus/formats/safetensors.hpp"
#include "metadata_reader.hpp"

namespace gradus {

// What a model knows of the table it learned from, as metadata of its file: "classes", an array of
// names, and "table", an object, both as JSON. docs/formats.md has their grammar.

/// Adds what there is to add.
void add_table(const std::vector<std::string>& class_names, const TableLayout& layout,
               SafetensorsMetadata& metadata);

/// @param num_classes  that the layers tell apart; the last may have no name
/// @returns  empty when the file has none
/// @throws DataError  more names, or no JSON of them
[[nodiscard]] std::vector<std::string> read_class_names(const MetadataReader& reader,
                                                        std::size_t num_classes);

/// @returns  an empty layout when the file has none
/// @throws DataError  it does not make so many inputs, or is no JSON of a layout
[[nodiscard]] TableLayout read_layout(const MetadataReader& reader, std::size_t num_inputs);

}  // namespace gradus

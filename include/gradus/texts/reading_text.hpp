// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "gradus/data/dataset.hpp"
#include "gradus/texts/texts.hpp"

namespace gradus {

/// Something to know of how a data set was read.
struct ReadingNote {
  std::string about;     // a word: "label"
  std::string sentence;  // column 5 "species", the only one of text; 3 classes: ...
};

/// Of a table: which column is learned and why, what became of words and of missing cells. Of
/// pictures: their classes, and what was done to them. Empty for most other data.
[[nodiscard]] std::vector<ReadingNote> reading_notes(Language language, const Dataset& dataset);

}  // namespace gradus

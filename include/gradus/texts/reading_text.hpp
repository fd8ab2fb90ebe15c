// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "gradus/data/dataset.hpp"
#include "gradus/texts/texts.hpp"

namespace gradus {

/// Something to know of how a table was read.
struct ReadingNote {
  std::string about;     // a word: "label"
  std::string sentence;  // column 5 "species", the only one of text; 3 classes: ...
};

/// Which column is learned and why, what became of words and of missing cells. Empty for data that
/// are no table.
[[nodiscard]] std::vector<ReadingNote> reading_notes(Language language, const Dataset& dataset);

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "gradus/texts/texts.hpp"

namespace gradus {

/// Whether a sentence is, or contains, a text with some values put in.
inline bool contains_text(std::string_view sentence, std::string_view text) {
  std::size_t found = 0;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('{', begin), text.size());
    found = sentence.find(text.substr(begin, end - begin), found);
    if (found == std::string_view::npos) {
      return false;
    }
    found += end - begin;
    begin = end == text.size() ? end + 1 : text.find('}', end) + 1;
  }
  return true;
}

/// Fails for each text of a group that is in none of the sentences.
inline void expect_all_used(Language language, std::string_view group,
                            const std::vector<std::string>& sentences) {
  const std::string start = std::string(group) + ".";
  for (const std::string& id : text_ids(language)) {
    if (id.starts_with(start)) {
      const std::string& wanted = text(language, group, id.substr(start.size()));
      EXPECT_TRUE(
          std::any_of(sentences.begin(), sentences.end(),
                      [&](const std::string& sentence) { return contains_text(sentence, wanted); }))
          << id << " is used by nothing";
    }
  }
}

}  // namespace gradus

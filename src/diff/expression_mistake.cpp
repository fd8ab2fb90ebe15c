// SPDX-License-Identifier: MIT
#include "expression_mistake.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "gradus/core/error.hpp"

namespace gradus {
namespace {

constexpr std::size_t characters_around = 30;

/// Bytes of the UTF-8 character at the beginning; 0 when there is none.
std::size_t length_of_character(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  const std::size_t length = first < 0x80                    ? 1
                             : first >= 0xC2 && first < 0xE0 ? 2
                             : first >= 0xE0 && first < 0xF0 ? 3
                             : first >= 0xF0 && first < 0xF5 ? 4
                                                             : 0;
  if (length == 0 || length > text.size()) {
    return 0;
  }
  const std::string_view others = text.substr(1, length - 1);
  return std::all_of(others.begin(), others.end(),
                     [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; })
             ? length
             : 0;
}

/// Takes the first character off a text that is not empty.
std::string_view take_character(std::string_view& text) {
  const std::string_view character =
      text.substr(0, std::max<std::size_t>(1, length_of_character(text)));
  text.remove_prefix(character.size());
  return character;
}

std::string printable(std::string_view character) {
  const auto first = static_cast<unsigned char>(character[0]);
  const bool is_control =
      first < 0x20 || first == 0x7F ||
      (first == 0xC2 && character.size() > 1 && static_cast<unsigned char>(character[1]) < 0xA0);
  return is_control || length_of_character(character) == 0 ? "?" : std::string(character);
}

std::size_t num_characters(std::string_view text) {
  std::size_t count = 0;
  while (!text.empty()) {
    static_cast<void>(take_character(text));
    ++count;
  }
  return count;
}

}  // namespace

std::string first_character(std::string_view text) {
  return printable(take_character(text));
}

std::string excerpt(std::string_view text, std::size_t offset) {
  const std::size_t place = num_characters(text.substr(0, offset));
  const std::size_t begin = place > characters_around ? place - characters_around : 0;
  const std::size_t end = place + characters_around;
  std::string shown = begin > 0 ? "..." : "";
  for (std::size_t i = 0; !text.empty(); ++i) {
    if (i == end) {
      return shown + "...";
    }
    const std::string_view character = take_character(text);
    shown += i >= begin ? printable(character) : "";
  }
  return shown;
}

void fail_in_expression(std::string_view text, std::size_t offset, const std::string& what) {
  throw ValueError(fmt::format("expression: column {}: {} in \"{}\"",
                               num_characters(text.substr(0, offset)) + 1, what,
                               excerpt(text, offset)));
}

}  // namespace gradus

// SPDX-License-Identifier: MIT
#include "plain_text.hpp"

#include <algorithm>
#include <array>

#include "expression_mistake.hpp"

namespace gradus {
namespace {

struct Likeness {
  std::string_view typed;
  std::string_view plain;
};

constexpr std::array<Likeness, 41> likenesses{{
    {"{", "("},          {"}", ")"},          {"[", "("},          {"]", ")"},
    {"\u2212", "-"},     {"\u2010", "-"},     {"\u2011", "-"},     {"\u2013", "-"},
    {"\u2014", "-"},     {"\u00B7", "*"},     {"\u22C5", "*"},     {"\u2219", "*"},
    {"\u00D7", "*"},     {"\u2217", "*"},     {"\u00F7", "/"},     {"\u2215", "/"},
    {"\u2044", "/"},     {"\u2223", "|"},     {"\u03C0", " pi "},  {"\U0001D70B", " pi "},
    {"\U0001D465", "x"}, {"\U0001D466", "y"}, {"\U0001D467", "z"}, {"\U0001D452", "e"},
    {"\u00A0", " "},     {"\u2009", " "},     {"\u200A", " "},     {"\u200B", " "},
    {"\u202F", " "},     {"\u3000", " "},     {"\uFEFF", " "},     {"\u2080", "0"},
    {"\u2081", "1"},     {"\u2082", "2"},     {"\u2083", "3"},     {"\u2084", "4"},
    {"\u2085", "5"},     {"\u2086", "6"},     {"\u2087", "7"},     {"\u2088", "8"},
    {"\u2089", "9"},
}};

constexpr std::array<Likeness, 12> superscripts{{{"\u2070", "0"},
                                                 {"\u00B9", "1"},
                                                 {"\u00B2", "2"},
                                                 {"\u00B3", "3"},
                                                 {"\u2074", "4"},
                                                 {"\u2075", "5"},
                                                 {"\u2076", "6"},
                                                 {"\u2077", "7"},
                                                 {"\u2078", "8"},
                                                 {"\u2079", "9"},
                                                 {"\u207A", "+"},
                                                 {"\u207B", "-"}}};

/// The entry that the text begins with; null when there is none.
template <std::size_t n>
const Likeness* find(const std::array<Likeness, n>& table, std::string_view text) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const auto& entry) { return text.starts_with(entry.typed); });
  return found == table.end() ? nullptr : &*found;
}

/// The ASCII character that a wide one of East Asian fonts stands for; 0 when it is none.
char narrow(std::string_view text) {
  constexpr std::size_t length = 3;
  if (text.size() < length || text[0] != '\xEF') {
    return 0;
  }
  const int code = (static_cast<unsigned char>(text[1]) & 0x3F) << 6 |
                   (static_cast<unsigned char>(text[2]) & 0x3F);
  constexpr int first = 0xF01;  // U+FF01 without its highest bits
  constexpr int last = 0xF5E;
  const bool is_wide =
      (static_cast<unsigned char>(text[1]) & 0xC0) == 0x80 && code >= first && code <= last;
  return is_wide ? static_cast<char>(code - first + '!') : '\0';
}

}  // namespace

PlainText::PlainText(std::string_view typed) : typed_(typed) {
  bool is_raised = false;  // inside an exponent written high
  std::size_t at = 0;
  while (at < typed.size()) {
    const std::string_view rest = typed.substr(at);
    const Likeness* const raised = find(superscripts, rest);
    if ((raised != nullptr) != is_raised) {
      add(is_raised ? ")" : "^(", at);
      is_raised = !is_raised;
    }
    if (raised != nullptr) {
      add(raised->plain, at);
      at += raised->typed.size();
    } else if (const Likeness* const likeness = find(likenesses, rest)) {
      add(likeness->plain, at);
      at += likeness->typed.size();
    } else if (const char c = narrow(rest); c != 0) {
      const Likeness* const bracket = find(likenesses, std::string_view(&c, 1));
      add(bracket != nullptr ? bracket->plain : std::string_view(&c, 1), at);
      at += 3;
    } else {
      add(rest.substr(0, 1), at);
      ++at;
    }
  }
  if (is_raised) {
    add(")", at);
  }
  offsets_.push_back(static_cast<std::uint32_t>(typed.size()));
}

void PlainText::add(std::string_view plain, std::size_t offset) {
  plain_ += plain;
  offsets_.insert(offsets_.end(), plain.size(), static_cast<std::uint32_t>(offset));
}

std::string PlainText::typed(std::size_t begin, std::size_t end) const {
  return std::string(typed_.substr(offsets_[begin], offsets_[end] - offsets_[begin]));
}

void PlainText::fail(std::size_t offset, const std::string& what) const {
  fail_in_expression(typed_, offsets_[offset], what);
}

}  // namespace gradus

// SPDX-License-Identifier: MIT
#include "terminal/text_layout.hpp"

#include <algorithm>
#include <cstdint>

namespace gradus::cli {
namespace {

/// Hangul, and the full-width signs that come with it.
bool is_wide(std::uint32_t code_point) {
  return (code_point >= 0x1100 && code_point <= 0x115f) ||
         (code_point >= 0x2e80 && code_point <= 0xa4cf) ||
         (code_point >= 0xac00 && code_point <= 0xd7a3) ||
         (code_point >= 0xff00 && code_point <= 0xff60);
}

std::string spaces(std::size_t width, std::size_t taken) {
  return std::string(width > taken ? width - taken : 0, ' ');
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    std::uint32_t code_point = lead & (0xffU >> length);
    for (std::size_t j = 1; j < length && i + j < text.size(); ++j) {
      code_point = code_point << 6U | (static_cast<unsigned char>(text[i + j]) & 0x3fU);
    }
    width += is_wide(code_point) ? std::size_t{2} : std::size_t{1};
    i += length;
  }
  return width;
}

std::string padded_right(std::string_view text, std::size_t width) {
  return std::string(text) + spaces(width, display_width(text));
}

std::string padded_left(std::string_view text, std::size_t width) {
  return spaces(width, display_width(text)) + std::string(text);
}

std::string wrapped(std::string_view text, std::size_t width, std::size_t indent) {
  std::string lines;
  std::size_t used = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    const std::string_view word = text.substr(begin, end - begin);
    const std::size_t word_width = display_width(word);
    if (begin > 0 && used + 1 + word_width > width) {
      lines += "\n" + std::string(indent, ' ');
      used = indent;
    } else if (begin > 0) {
      lines += ' ';
      ++used;
    }
    lines += word;
    used += word_width;
    begin = end + 1;
  }
  return lines;
}

}  // namespace gradus::cli

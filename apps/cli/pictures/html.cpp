// SPDX-License-Identifier: MIT
#include "pictures/html.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>

namespace gradus::cli {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

/// The length of the UTF-8 character that begins the text; 0 when there is none.
std::size_t character_length(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const unsigned first = byte(0);
  const std::size_t length = first < 0x80                     ? 1
                             : first >= 0xC2 && first < 0xE0  ? 2
                             : first >= 0xE0 && first < 0xF0  ? 3
                             : first >= 0xF0 && first <= 0xF4 ? 4
                                                              : 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) {
      return 0;
    }
  }
  const unsigned second = byte(1);
  const bool is_too_long = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  const bool is_no_character = (first == 0xED && second > 0x9F) || (first == 0xF4 && second > 0x8F);
  return is_too_long || is_no_character ? 0 : length;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::size_t length = character_length(text);
    const char c = text.front();
    const bool is_control = length == 1 && ((c >= 0 && c < ' ' && c != '\n') || c == 0x7F);
    if (length == 0 || is_control) {
      result += replacement;
    } else if (c == '&') {
      result += "&amp;";
    } else if (c == '<') {
      result += "&lt;";
    } else if (c == '>') {
      result += "&gt;";
    } else if (c == '"') {
      result += "&quot;";
    } else if (c == '\'') {
      result += "&#39;";
    } else {
      result += text.substr(0, length);
    }
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return result;
}

std::string data_url(std::string_view type, std::span<const std::uint8_t> bytes) {
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string url = fmt::format("data:{};base64,", type);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    unsigned bits = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      bits = bits << 8U | (j < count ? bytes[i + j] : 0U);
    }
    for (std::size_t j = 0; j < 4; ++j) {
      url += j <= count ? digits[bits >> (18 - 6 * j) & 63U] : '=';
    }
  }
  return url;
}

std::string inline_svg(std::span<const std::uint8_t> svg, std::string_view prefix,
                       std::string_view label) {
  std::string text(svg.begin(), svg.end());
  text.erase(0, text.find("<svg"));
  const std::size_t title = text.find("<title>");
  const std::size_t description_end = text.find("</desc>");
  if (title != std::string::npos && description_end != std::string::npos) {
    text.erase(title, description_end + 7 - title);  // they say only that it is gnuplot's
  }
  for (const std::string_view quote : {"'", "\""}) {
    replace_all(text, fmt::format(" id={}", quote), fmt::format(" id={}{}-", quote, prefix));
    replace_all(text, fmt::format("xlink:href={}#", quote),
                fmt::format("xlink:href={}#{}-", quote, prefix));
  }
  return "<svg role=\"img\" aria-label=\"" + escaped(label) + "\"" + text.substr(4);
}

}  // namespace gradus::cli

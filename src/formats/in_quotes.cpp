// SPDX-License-Identifier: MIT
#include "in_quotes.hpp"

#include <fmt/core.h>

#include <cstddef>

namespace gradus {
namespace {

bool is_inside_character(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

}  // namespace

std::string in_quotes(std::string_view text) {
  std::size_t size = 40;
  if (text.size() <= size) {
    return fmt::format("{:?}", text);
  }
  while (size > 0 && is_inside_character(text[size])) {  // not in the middle of UTF-8
    --size;
  }
  return fmt::format("{:?}...", text.substr(0, size));
}

}  // namespace gradus

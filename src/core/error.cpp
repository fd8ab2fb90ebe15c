// SPDX-License-Identifier: MIT
#include "gradus/core/error.hpp"

#include <fmt/core.h>

namespace gradus {
namespace {

/// Control characters, as a file may have them in a name, are shown as \x0d: it stays one line.
std::string in_one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_control = byte < ' ' || byte == 0x7F;
    line += is_control ? fmt::format("\\x{:02x}", byte) : std::string(1, c);
  }
  return line;
}

std::string data_message(std::string_view path, std::optional<std::uint64_t> offset,
                         std::string_view reason) {
  return offset ? fmt::format("{}: at byte {}: {}", path, *offset, in_one_line(reason))
                : fmt::format("{}: {}", path, in_one_line(reason));
}

}  // namespace

DataError::DataError(std::string_view path, std::optional<std::uint64_t> offset,
                     std::string_view reason)
    : Error(data_message(path, offset, reason)), path_(path), offset_(offset) {
}

}  // namespace gradus

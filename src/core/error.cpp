// SPDX-License-Identifier: MIT
#include "gradus/core/error.hpp"

#include <fmt/format.h>

namespace gradus {
namespace {

std::string data_message(std::string_view path, std::optional<std::uint64_t> offset,
                         std::string_view reason) {
  return offset ? fmt::format("{}: at byte {}: {}", path, *offset, reason)
                : fmt::format("{}: {}", path, reason);
}

}  // namespace

DataError::DataError(std::string_view path, std::optional<std::uint64_t> offset,
                     std::string_view reason)
    : Error(data_message(path, offset, reason)), path_(path), offset_(offset) {
}

}  // namespace gradus

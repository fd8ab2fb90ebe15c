// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace gradus {

/// A number with what it counts, for a message: "0 rows", "1 row", "2 rows".
[[nodiscard]] inline std::string counted(std::uint64_t count, std::string_view one,
                                         std::string_view many) {
  return std::to_string(count).append(" ").append(count == 1 ? one : many);
}

/// As above, of words whose plural is made with an s.
[[nodiscard]] inline std::string counted(std::uint64_t count, std::string_view one) {
  return counted(count, one, std::string(one) + "s");
}

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace gradus {

/// For a message: `red or blue`.
[[nodiscard]] std::string joined_with_or(std::span<const std::string_view> names);

/// The names that somebody who typed `name` may have meant, for a message: `tangent or partial`.
/// The names with the fewest letters to change; all of them when none is near.
[[nodiscard]] std::string nearest_names(std::string_view name,
                                        std::span<const std::string_view> names);

}  // namespace gradus

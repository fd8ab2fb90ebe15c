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

/// The names that are a misspelling away, for a message: `tangent`; empty when none is.
[[nodiscard]] std::string near_names(std::string_view name,
                                     std::span<const std::string_view> names);

/// For a message about a name that is not there: `did you mean tangent?`, or
/// `there are tangent, partial, ...` when none is near.
[[nodiscard]] std::string names_to_choose(std::string_view name,
                                          std::span<const std::string_view> names);

}  // namespace gradus

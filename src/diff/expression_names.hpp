// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gradus {

/// Which coordinate a name is: x0, x1, ..., or y, z. Not x, which depends on where it stands.
[[nodiscard]] std::optional<std::uint32_t> coordinate_index(std::string_view name);

/// The place of a function in ElementaryFunctions.
[[nodiscard]] std::optional<std::size_t> elementary_index(std::string_view name);

/// A function's own name, of another that it goes by: atan of arctan. Any other name as it is.
[[nodiscard]] std::string_view meant_name(std::string_view name);

/// Whether a name takes arguments.
[[nodiscard]] bool is_function_name(std::string_view name);

/// A hint for an unknown name: what may have been meant, or else what there is.
[[nodiscard]] std::string explain_unknown_name(std::string_view name);

}  // namespace gradus

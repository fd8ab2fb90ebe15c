// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace gradus {

/// Text from a file as a message shows it: in quotes, on one line, control characters escaped, cut
/// when long.
[[nodiscard]] std::string in_quotes(std::string_view text);

}  // namespace gradus

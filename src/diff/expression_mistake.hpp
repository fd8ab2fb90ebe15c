// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gradus {

/// The UTF-8 character a text begins with, for a message; ? where there is none that can be
/// printed.
[[nodiscard]] std::string first_character(std::string_view text);

/// The text of an expression as a message quotes it: in one line, and of a long one only what is
/// around the byte at `offset`.
[[nodiscard]] std::string excerpt(std::string_view text, std::size_t offset);

/// Throws ValueError: at which column the byte at `offset` stands, and what is wrong there.
[[noreturn]] void fail_in_expression(std::string_view text, std::size_t offset,
                                     const std::string& what);

}  // namespace gradus

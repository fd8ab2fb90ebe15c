// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gradus::cli {

/// How many columns of a terminal a text takes; Korean letters take two.
/// @param text  UTF-8
[[nodiscard]] std::size_t display_width(std::string_view text);

/// With spaces behind, or in front, up to a width.
[[nodiscard]] std::string padded_right(std::string_view text, std::size_t width);
[[nodiscard]] std::string padded_left(std::string_view text, std::size_t width);

/// Broken between words into lines of at most `width` columns, all but the first indented. Only a
/// word that is longer by itself is wider.
[[nodiscard]] std::string wrapped(std::string_view text, std::size_t width, std::size_t indent = 0);

}  // namespace gradus::cli

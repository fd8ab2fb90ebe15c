// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace gradus::cli {

/// Text as HTML shows it, between tags or in an attribute's quotes; what is not UTF-8, or a control
/// character, becomes a question mark in a diamond.
[[nodiscard]] std::string escaped(std::string_view text);

/// A file's content as an address, so that a page needs no other file.
/// @param type  image/png
[[nodiscard]] std::string data_url(std::string_view type, std::span<const std::uint8_t> bytes);

/// An svg that gnuplot wrote, to be put into a page beside others.
/// @param prefix  makes its ids its own: letters
/// @param label   what a screen reader says of it
[[nodiscard]] std::string inline_svg(std::span<const std::uint8_t> svg, std::string_view prefix,
                                     std::string_view label);

}  // namespace gradus::cli

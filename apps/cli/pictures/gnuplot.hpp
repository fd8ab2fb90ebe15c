// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

#include "gradus/lab/figure.hpp"
#include "gradus/texts/texts.hpp"

namespace gradus::cli {

/// @param option   whose value it is, for the message
/// @throws ValueError  the name does not end in .png, .svg or .pdf
void check_picture_name(std::string_view option, const std::filesystem::path& picture);

/// Draws figures side by side.
/// @param group     of the texts that the figures name
/// @param terminal  png, svg or pdf
/// @returns  what a file of that kind holds
/// @throws FileError  gnuplot is not there, and the message says what to install; or it did not
///                    draw
[[nodiscard]] std::vector<std::uint8_t> draw_figures(const std::vector<Figure>& figures,
                                                     Language language, std::string_view group,
                                                     std::string_view terminal);

/// Draws figures into a file, the whole of it or nothing.
/// @param picture       one that check_picture_name() takes
/// @param keeps_script  leaves gnuplot's script beside the picture: NAME.png.gnuplot
/// @throws FileError  as draw_figures(); or the picture could not be written
void plot(const std::vector<Figure>& figures, Language language, std::string_view group,
          const std::filesystem::path& picture, bool keeps_script);

}  // namespace gradus::cli

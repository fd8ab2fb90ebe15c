// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <vector>

#include "gradus/lab/figure.hpp"
#include "gradus/lab/texts.hpp"

namespace gradus::cli {

/// Draws figures into a file, the whole of it or nothing.
/// @param picture       ends in .png, .svg or .pdf
/// @param keeps_script  leaves what gnuplot was told beside the picture: NAME.png.gnuplot
/// @throws ValueError  another ending
/// @throws FileError   gnuplot is not there, and the message says what to install; it did not draw;
///                     or the picture could not be written
void plot(const std::vector<Figure>& figures, Language language, std::string_view group,
          const std::filesystem::path& picture, bool keeps_script);

}  // namespace gradus::cli

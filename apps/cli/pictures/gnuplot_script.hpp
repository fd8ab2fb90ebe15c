// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gradus/lab/figure.hpp"
#include "gradus/texts/texts.hpp"

namespace gradus::cli {

/// A script that makes gnuplot draw the figures side by side into one picture; the data are in it.
/// @param group     of the texts that the figures name
/// @param terminal  png, svg or pdf
/// @param output    where gnuplot is to write the picture
[[nodiscard]] std::string gnuplot_script(const std::vector<Figure>& figures, Language language,
                                         std::string_view group, std::string_view terminal,
                                         std::string_view output);

}  // namespace gradus::cli

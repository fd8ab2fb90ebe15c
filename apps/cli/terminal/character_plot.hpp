// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "gradus/lab/figure.hpp"
#include "gradus/texts/texts.hpp"

namespace gradus::cli {

/// The lines and points of a figure in braille characters, for a terminal; the range of each axis
/// is written beside it. Empty when the figure has neither, or no number that is finite.
/// @param group  of the texts that the figure names
[[nodiscard]] std::string character_plot(const Figure& figure, Language language,
                                         std::string_view group);

}  // namespace gradus::cli

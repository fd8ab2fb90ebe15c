// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gradus/texts/named_value.hpp"

namespace gradus {

enum class SeriesKind {
  line,           // y over x
  trace,          // the same, thin and pale: many noisy values beneath a line
  guide,          // a line, dashed and grey: what helps to read the picture
  points,         // y over x
  hollow_points,  // the same, not filled: beside others of their group
  bars,           // a bar of height y at each x
  arrows,         // from (x, y) by (dx, dy)
  contour,        // lines of equal z over a grid
  surface,        // z over a grid, in perspective; then the whole figure is
  regions,        // z, the number of a group, as its pale colour over a grid
  image,          // z as the shade of the cells of a grid; then y runs downwards, as rows do
};

/// line, trace, guide, points, hollow_points, bars, arrows, contour, surface, regions, image: as
/// JSON has it.
[[nodiscard]] std::string_view to_string(SeriesKind kind) noexcept;

/// Whether such a series has a z for each pair of an x and a y.
[[nodiscard]] bool is_over_grid(SeriesKind kind) noexcept;

/// What is drawn: numbers, and the id of the text that says what they are.
struct Series {
  SeriesKind kind;
  std::string label = {};               // a text; empty: not in the legend
  std::vector<NamedValue> values = {};  // in the label
  std::vector<double> x = {};
  std::vector<double> y = {};
  std::vector<double> z = {};   // over a grid: z[i * y.size() + j] is at (x[i], y[j])
  std::vector<double> dx = {};  // of arrows
  std::vector<double> dy = {};
  std::optional<std::size_t> group = {};  // whose colour and marker it has; else its own
};

struct Axis {
  std::string
      label;  // a text, with the unit where there is one; empty: nothing is measured along it
  bool is_log = false;
  std::optional<std::pair<double, double>> range = {};  // else what the numbers need
  std::vector<std::string> names = {};  // of the places 0, 1, 2, ... instead of numbers
  std::vector<NamedValue> values = {};  // in the label
};

/// A picture as a description: whoever shows the result draws it, with gnuplot or on a page.
/// A number that is not finite is a gap.
///
/// An image without a negative number goes from white to dark, one with numbers of both signs from
/// blue over white to orange, with 0 white.
struct Figure {
  std::string title;                    // a text
  std::vector<NamedValue> values = {};  // in the title
  Axis x;
  Axis y;
  std::optional<Axis> z = {};  // of a surface; of an image that is to be read off, not looked at
  std::vector<Series> series = {};
  bool has_equal_scales = false;  // one unit is as long across as it is up
};

}  // namespace gradus

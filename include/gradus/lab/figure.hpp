// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gradus/lab/named_value.hpp"

namespace gradus {

enum class SeriesKind {
  line,     // y over x
  guide,    // the same, dashed and grey: what helps to read the picture
  points,   // y over x
  bars,     // a bar of height y at each x
  arrows,   // from (x, y) by (dx, dy)
  contour,  // lines of equal z over a grid
  surface,  // z over a grid, seen from aside; then all of the figure is
};

/// line, guide, points, bars, arrows, contour, surface: as JSON has it.
[[nodiscard]] std::string_view to_string(SeriesKind kind) noexcept;

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
};

struct Axis {
  std::string label;  // a text, with the unit where there is one
  bool is_log = false;
  std::optional<std::pair<double, double>> range = {};  // else what the numbers need
};

/// A picture as a description: whoever shows the result draws it, with gnuplot or on a page.
/// A number that is not finite is a gap.
struct Figure {
  std::string title;                    // a text
  std::vector<NamedValue> values = {};  // in the title
  Axis x;
  Axis y;
  std::optional<Axis> z = {};  // of a surface
  std::vector<Series> series = {};
  bool has_equal_scales = false;  // one unit is as long across as it is up
};

}  // namespace gradus

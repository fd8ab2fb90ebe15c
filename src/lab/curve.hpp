// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "gradus/diff/expression.hpp"
#include "gradus/lab/figure.hpp"

namespace gradus {

/// From low to high, both included.
/// @param num_points  at least 2
[[nodiscard]] std::vector<double> evenly_spaced(double low, double high, std::size_t num_points);

/// f at one number.
[[nodiscard]] double at(const Expression& f, double x);

/// f(x) over evenly spaced x, both ends included.
[[nodiscard]] Series curve(std::string label, const Expression& f, double low, double high,
                           std::size_t num_points = 201);

/// The straight line through (x, y) of this slope, from `low` to `high`.
[[nodiscard]] Series straight_line(std::string label, double x, double y, double slope, double low,
                                   double high);

/// f over a square grid, num_points a side.
/// @param kind  contour or surface
[[nodiscard]] Series over_grid(SeriesKind kind, std::string label, const Expression& f, double low,
                               double high, std::size_t num_points);

/// f over a square grid of these places along both axes.
[[nodiscard]] Series over_grid(SeriesKind kind, std::string label, const Expression& f,
                               std::vector<double> places);

}  // namespace gradus

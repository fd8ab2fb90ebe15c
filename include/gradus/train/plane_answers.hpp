// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "gradus/core/label.hpp"
#include "gradus/train/model.hpp"

namespace gradus {

// What a network has learned of a plane, to be drawn: the class it answers everywhere, or the
// number it answers along a line. Features are in the units in which they are stored.

/// Whether a model tells classes apart by two numbers.
[[nodiscard]] bool has_regions(const AnyModel& model);

/// Whether a model answers one number with others.
[[nodiscard]] bool has_curves(const AnyModel& model);

/// The class at each node of a grid.
/// @param model  one that has_regions()
/// @returns      (X * Y) that at (x[i], y[j]) is number i * Y + j
[[nodiscard]] std::vector<Label> classes_over_grid(const AnyModel& model, std::span<const double> x,
                                                   std::span<const double> y);

/// The answers at some places, in the units of the target.
/// @param model   one that has_curves()
/// @param target  which of its K numbers
/// @returns       (X)
[[nodiscard]] std::vector<double> answers_along(const AnyModel& model, std::span<const double> x,
                                                std::size_t target);

}  // namespace gradus

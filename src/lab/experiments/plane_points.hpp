// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "gradus/data/dataset.hpp"
#include "gradus/data/plane.hpp"

namespace gradus {

/// The kinds of points in the plane that are of two classes.
[[nodiscard]] std::vector<std::string_view> two_class_kinds();

/// Few points to learn from, and as many others to judge by as an experiment wants.
/// @param options  of the training points; the others are those of another seed
[[nodiscard]] Dataset plane_points(const PlaneOptions& options, std::size_t num_test);

}  // namespace gradus

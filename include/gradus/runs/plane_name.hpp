// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>

#include "gradus/data/plane.hpp"

namespace gradus {

/// Whether a name of data is one of data in the plane: a kind, and perhaps a colon and options.
[[nodiscard]] bool is_plane_name(std::string_view name);

/// The data that are meant by a name: "moons", "moons:noise=0.2,n=500,seed=3".
/// @param name  one that is_plane_name()
/// @throws ValueError  an option that is unknown, given twice or has no such value; the message
///                     begins with the name
[[nodiscard]] PlaneOptions parse_plane_name(std::string_view name);

}  // namespace gradus

// SPDX-License-Identifier: MIT
// The parameters that experiments about functions of two variables have in common.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "gradus/lab/parameter.hpp"

namespace gradus {

inline constexpr double largest_coordinate = 1e6;

/// A function of x0 and x1: the textbook's, if nothing else is given.
constexpr Parameter function_of_plane(std::span<const std::string_view> tries) {
  return {.id = "f",
          .kind = ParameterKind::function,
          .initial = "x0^2 + x1^2",
          .tries = tries,
          .max_count = 2};
}

/// Two coordinates.
constexpr Parameter place_in_plane(std::string_view id, std::string_view initial,
                                   std::span<const std::string_view> tries) {
  return {.id = id,
          .kind = ParameterKind::numbers,
          .initial = initial,
          .tries = tries,
          .minimum = -largest_coordinate,
          .maximum = largest_coordinate,
          .min_count = 2,
          .max_count = 2};
}

/// How many steps a descent has.
constexpr Parameter number_of_steps(std::string_view initial,
                                    std::span<const std::string_view> tries) {
  return {.id = "steps",
          .kind = ParameterKind::integer,
          .initial = initial,
          .tries = tries,
          .minimum = 1,
          .maximum = 1000};
}

inline std::vector<std::string_view> ways_to_differentiate() {
  return {"numerical", "exact"};
}

/// Whether a gradient is computed from values, as in the textbook, or exactly.
constexpr Parameter way_to_differentiate() {
  return {.id = "gradient",
          .kind = ParameterKind::choice,
          .initial = "numerical",
          .choices = ways_to_differentiate};
}

}  // namespace gradus

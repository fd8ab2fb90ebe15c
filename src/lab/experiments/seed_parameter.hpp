// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <string_view>

#include "gradus/lab/parameter.hpp"

namespace gradus {

inline constexpr std::array<std::string_view, 1> other_seeds{"2"};

/// What random numbers an experiment draws.
inline constexpr Parameter seed_parameter{.id = "seed",
                                          .kind = ParameterKind::integer,
                                          .initial = "1",
                                          .tries = other_seeds,
                                          .minimum = 0,
                                          .maximum = 1e9};

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "gradus/lab/settings.hpp"

namespace gradus {

// What experiments share that train nets with several numbers of hidden units, some runs of each.

/// The numbers of hidden units that are given as "units".
/// @throws ValueError  they are not whole, or do not grow
[[nodiscard]] std::vector<std::size_t> numbers_of_units(const Settings& given);

/// The seed of one run: no run of a "seed" has that of another.
[[nodiscard]] std::uint64_t seed_of_run(const Settings& given, std::size_t run);

}  // namespace gradus

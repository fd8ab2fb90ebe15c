// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gradus {

/// Vector kernels are compiled for several instruction sets, and use the best that the processor
/// has. Each adds in its own order, so the last bits of a sum depend on the set.

/// The sets that the kernels may use on this machine, the best first. They use the first.
[[nodiscard]] std::vector<std::string> instruction_sets();

/// Limits the whole program to `name` and lesser sets from now on: to get the bits of a machine
/// that has no better one, or for tests. Call it before other threads compute.
/// @param name  one of instruction_sets(), in small or large letters
/// @throws ValueError  the machine has no such set
void limit_instruction_set(std::string_view name);

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gradus {

/// Vector kernels are compiled for several instruction sets, and use the best that the processor
/// has. Another one adds in another order, so the last bits of a sum are those of the set.

/// Those the kernels may use here, the best first: it is the one they use.
[[nodiscard]] std::vector<std::string> instruction_sets();

/// Uses no better one than `name` from now on, in this whole program: for the bits of a machine
/// that has no more, or to test. To be called before other threads compute.
/// @param name  one of instruction_sets(), in small or large letters
/// @throws ValueError  it is none of them
void limit_instruction_set(std::string_view name);

}  // namespace gradus

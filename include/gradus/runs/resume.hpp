// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "gradus/runs/given_options.hpp"

namespace gradus {

// What must hold so that a run can go on as it was begun. `folder` is for messages, `stored` is
// the run's run.json.

/// @param data_sha256  of the data it would learn from now
/// @throws ValueError  it learned from other data; where they lie does not matter
void check_same_data(const std::string& folder, const Json& stored, const std::string& data_sha256);

/// @param options  all as they would be now
/// @param given    where they are from
/// @throws ValueError  some option differs; the message names it
/// @throws DataError   that option is from a file, which is named too
void check_same_options(const std::string& folder, const Json& stored, const RunOptions& options,
                        const GivenOptions& given);

/// Computes from now on with the instruction set of the run, which the last bits depend on.
/// @returns  its name when this machine does not have it, and the last bits will be others
[[nodiscard]] std::optional<std::string> use_instructions_of(const Json& stored);

}  // namespace gradus

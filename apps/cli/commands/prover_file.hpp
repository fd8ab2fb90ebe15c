// SPDX-License-Identifier: MIT
#pragma once

#include "proof/prover.hpp"

namespace gradus::cli {

/// The prover, loaded from its file beside the program or where it is installed; null when there is
/// none, or not the libraries that it needs.
[[nodiscard]] const proof::Prover* find_prover();

/// The same.
/// @throws std::runtime_error  there is none; the message has the reason
[[nodiscard]] const proof::Prover& get_prover();

}  // namespace gradus::cli

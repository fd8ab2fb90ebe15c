// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "gradus/diff/derivative_estimate.hpp"
#include "gradus/texts/texts.hpp"

namespace gradus {

/// Why there is no derivative.
[[nodiscard]] const std::string& reason_text(Language language, Refusal refusal);

}  // namespace gradus

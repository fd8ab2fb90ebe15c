// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "gradus/diff/check_claim.hpp"
#include "gradus/texts/texts.hpp"

namespace gradus {

/// What a claimed derivative is: right, wrong by how much and where, or why it cannot be told.
[[nodiscard]] std::string claim_text(Language language, const ClaimCheck& check);

}  // namespace gradus

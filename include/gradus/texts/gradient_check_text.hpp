// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "gradus/diff/gradient_check.hpp"
#include "gradus/texts/texts.hpp"

namespace gradus {

// Why a gradient check, or one block of it, got its verdict.

[[nodiscard]] std::string reason_text(Language language, const GradientReport& report);
[[nodiscard]] std::string reason_text(Language language, const BlockCheck& check);

}  // namespace gradus

// SPDX-License-Identifier: MIT
#pragma once

#include "gradus/optim/gradient_descent.hpp"
#include "gradus/texts/explanation.hpp"
#include "gradus/texts/texts.hpp"

namespace gradus {

/// How a descent ended, and why. There is no advice where all is well.
[[nodiscard]] Explanation explain(Language language, const DescentOutcome& outcome);

/// How large a learning rate may be where the descent came to; empty where that is not known.
[[nodiscard]] std::string rate_text(Language language, const DescentOutcome& outcome);

}  // namespace gradus

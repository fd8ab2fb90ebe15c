// SPDX-License-Identifier: MIT
#pragma once

#include "gradus/optim/gradient_descent.hpp"
#include "gradus/texts/explanation.hpp"
#include "gradus/texts/texts.hpp"

namespace gradus {

/// How a descent ended, and why. There is no advice where all is well.
[[nodiscard]] Explanation explain(Language language, const DescentOutcome& outcome);

}  // namespace gradus

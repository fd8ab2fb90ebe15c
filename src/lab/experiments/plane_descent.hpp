// SPDX-License-Identifier: MIT
// What the experiments with gradient descent in the plane have in common.
#pragma once

#include "gradus/lab/settings.hpp"
#include "gradus/optim/gradient_descent.hpp"

namespace gradus {

/// From the parameter "start" over the parameter "f", for as many steps as "steps" says.
/// @param is_numerical  the gradient by central differences with the textbook's h, else exact
[[nodiscard]] DescentResult descend(const Settings& given, double learning_rate, bool is_numerical);

}  // namespace gradus
